"""Words that are spelt alike: misspellings, compounds, and cognates of other languages."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from knowledge.matching.features import Ints
from knowledge.text.letters import latin

_SHORTEST = 4
"""Letters of a word, at least, for its spelling to tell anything."""
_LEAST = 0.4
"""Likeness from which a word counts as near."""
_SIZE = 3
_REMEMBERED = 4096


class NearWords:
    """Words, by the trigrams of their letters; other alphabets than the Latin are read as it (see `letters`)."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words, each once."""
        self._words = tuple(word for word in words if len(word) >= _SHORTEST)
        holders: dict[str, list[int]] = {}
        sizes = []
        for at, word in enumerate(self._words):
            grams = _trigrams(word)
            sizes.append(len(grams))
            for gram in grams:
                holders.setdefault(gram, []).append(at)
        self._sizes = np.array(sizes, np.int64)
        self._holders: dict[str, Ints] = {gram: np.array(at, np.int64) for gram, at in holders.items()}
        self.near = lru_cache(maxsize=_REMEMBERED)(self._near)

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return the words near to a word and not the same, least near first, each with its likeness, 0.4 to 1.

        The likeness is Dice's coefficient of the trigrams, the ends of the words marked.
        """
        if len(word) < _SHORTEST:
            return ()
        grams = _trigrams(word)
        held = [self._holders[gram] for gram in grams if gram in self._holders]
        if not held:
            return ()
        shared = np.bincount(np.concatenate(held), minlength=len(self._words))
        likeness = 2 * shared / (len(grams) + self._sizes)
        found = np.flatnonzero(likeness >= _LEAST)
        ranked = found[np.argsort(likeness[found], kind="stable")].tolist()
        return tuple((self._words[i], float(likeness[i])) for i in ranked if self._words[i] != word)


def _trigrams(word: str) -> frozenset[str]:
    marked = f"<{latin(word)}>"
    return frozenset(marked[i : i + _SIZE] for i in range(len(marked) - _SIZE + 1))
