"""Words whose spelling may be near to that of another: all but a few are ruled out before they are aligned."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_LETTERS = 32
"""Letters are told apart by their code point modulo so many: those of an alphabet from one another."""


class Spellings:
    """Words by their length and by how often each letter stands in them."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words."""
        self._words = sorted(words, key=lambda word: (len(word), word))
        self._lengths = np.array(list(map(len, self._words)), np.int64)
        at = np.repeat(np.arange(len(self._words)), self._lengths)
        places = _letters("".join(self._words)) * len(self._words) + at
        counts = np.bincount(places, minlength=_LETTERS * len(self._words))
        self._counts = counts.reshape(_LETTERS, -1).astype(np.int16)

    def near(self, word: str, shortest: int, longest: int, slips: int) -> list[str]:
        """Return the words of some lengths that may be so many slips away from a word; none that is nearer is left out.

        A slip (a letter too much, too few, another, or two in each other's place) changes how many there are of two
        letters, by one each.
        """
        first, last = np.searchsorted(self._lengths, (shortest, longest + 1)).tolist()
        own = np.bincount(_letters(word), minlength=_LETTERS).astype(np.int16)
        apart = np.abs(self._counts[:, first:last] - own[:, None]).sum(axis=0, dtype=np.int16)
        return [self._words[first + i] for i in np.flatnonzero(apart <= 2 * slips).tolist()]


def _letters(text: str) -> NDArray[np.int64]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64) % _LETTERS
