"""The words that a base knows: how rare they are, and which of them a misspelt word was meant to be."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_MENDED = 4
_LONG = 8


class Vocabulary:
    """Words and stems of a base."""

    def __init__(self, words: Iterable[str], stems: Iterable[Iterable[str]]) -> None:
        """Take all words that the base holds, and the set of stems of each of its phrasings."""
        self._words = frozenset(words)
        self._mendable = tuple(sorted(w for w in self._words if len(w) >= _SHORTEST_MENDED and w.isalpha()))
        self._seen: Counter[str] = Counter()
        self._size = 0
        for phrasing in stems:
            self._seen.update(set(phrasing))
            self._size += 1

    def joined(self, other: "Vocabulary") -> "Vocabulary":
        """Return the words of both."""
        both = Vocabulary(self._words | other._words, ())
        both._seen = self._seen + other._seen
        both._size = self._size + other._size
        return both

    def rarity(self, stem: str) -> float:
        """Return how much a stem tells: its inverse document frequency over the phrasings."""
        return math.log((1 + self._size) / (1 + self._seen[stem])) + 0.3

    def knows(self, word: str) -> bool:
        """Tell whether the base holds a word."""
        return word in self._words

    def mend(self, words: Sequence[str]) -> tuple[str, ...]:
        """Replace words that the base does not know by the nearest that it knows, one slip away (two in long words)."""
        return tuple(self._mended(word) for word in words)

    def _mended(self, word: str) -> str:
        if word in self._words or len(word) < _SHORTEST_MENDED or not word.isalpha():
            return word
        slips = 1 if len(word) < _LONG else 2
        found = process.extractOne(word, self._mendable, scorer=OSA.distance, score_cutoff=slips)
        return str(found[0]) if found else word
