"""The words that a base knows: how rare they are, and which of them a misspelt word was meant to be."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_MENDED = 4
_LONG = 8
_LEAST_RARITY = 0.3


class Vocabulary:
    """Words and stems of a part of a base, on top of those of another part that it stands beside."""

    def __init__(
        self,
        words: Iterable[str],
        stems: Iterable[Iterable[str]],
        names: Mapping[str, frozenset[str]] = MappingProxyType({}),
        beside: "Vocabulary | None" = None,
    ) -> None:
        """Take all words that a part holds, the stems of each of its phrasings, and its names (see `names`)."""
        self._names = names
        self._beside = beside
        self._words = frozenset(words)
        self._mendable = tuple(sorted(w for w in self._words if len(w) >= _SHORTEST_MENDED and w.isalpha()))
        phrasings = [set(phrasing) for phrasing in stems]
        self._seen = Counter(stem for phrasing in phrasings for stem in phrasing)
        self.size: int = len(phrasings) + (beside.size if beside else 0)
        """How many phrasings there are."""

    def rarity(self, stem: str) -> float:
        """Return how much a stem tells: its inverse document frequency over the phrasings."""
        return math.log((1 + self.size) / (1 + self.times(stem))) + _LEAST_RARITY

    def times(self, stem: str) -> int:
        """Return how many phrasings hold a stem."""
        return self._seen[stem] + (self._beside.times(stem) if self._beside else 0)

    def knows(self, word: str) -> bool:
        """Tell whether the base holds a word."""
        return word in self._words or (self._beside is not None and self._beside.knows(word))

    def named_with(self, word: str) -> frozenset[str]:
        """Return the words that stand with a name in the base's stories, and itself; nothing for what is no name."""
        beside = self._beside.named_with(word) if self._beside else frozenset()
        return self._names.get(word, frozenset()) | beside

    def mend(self, words: Sequence[str]) -> tuple[str, ...]:
        """Replace words that the base does not know by the nearest it knows: one slip away, two in long words."""
        return tuple(self._mended(word) for word in words)

    def _mended(self, word: str) -> str:
        if self.knows(word) or len(word) < _SHORTEST_MENDED or not word.isalpha():
            return word
        return min(self.nearest(word, 1 if len(word) < _LONG else 2), default=(0.0, word))[1]

    def nearest(self, word: str, slips: int) -> list[tuple[float, str]]:
        """Return the nearest words within some slips, at most one of each part, each with its distance."""
        found = process.extractOne(word, self._mendable, scorer=OSA.distance, score_cutoff=slips)
        others = self._beside.nearest(word, slips) if self._beside else []
        return [(found[1], found[0]), *others] if found else others
