"""The words that a base knows: how rare they are, and which of them a misspelt word was meant to be."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.matching.spellings import Spellings
from knowledge.matching.vectors import word_vectors
from knowledge.text.stems import stem

_SHORTEST_MENDED = 4
_LONG = 8
_LEAST_RARITY = 0.3
STEP = 0.5
"""By what numbers are told apart that say how rare a word is, as natural logarithms."""
_LIKE = 0.7
"""The least similarity (OSA, 0 to 1) at which one stem partly meets another."""
_SHORTEST_LIKE = 5
"""Letters of a stem, at least, that another may be like without being the same."""
NEAR = 0.3
"""The least cosine at which a word partly means another."""
_REMEMBERED = 1 << 14


class Vocabulary:
    """Words and stems of a part of a base, on top of those of another part that it stands beside."""

    def __init__(
        self,
        words: Iterable[str],
        stems: Iterable[Iterable[str]],
        names: Mapping[str, frozenset[str]] = MappingProxyType({}),
        beside: "Vocabulary | None" = None,
        language: str = "",
    ) -> None:
        """Take all words that a part holds, the stems of each of its phrasings, and its names (see `names`).

        The words' own stems are cut in the language.
        """
        self._names = names
        self._beside = beside
        self._words = frozenset(words)
        telling = sorted(self._words)
        self._stem_of = [stem(word, language) for word in telling]
        self._mendable = Spellings(w for w in telling if len(w) >= _SHORTEST_MENDED and w.isalpha())
        self._stems = Spellings({s for s in self._stem_of if len(s) >= _SHORTEST_LIKE})
        self._vectors = word_vectors().texts([[word] for word in telling])
        # Words come again and again, and to look through thousands for each of them is most of a question's time.
        self._likes = lru_cache(_REMEMBERED)(self._look_for_likes)
        self._nears = lru_cache(_REMEMBERED)(self._look_for_nears)
        self._met = lru_cache(_REMEMBERED)(self._look_for_met)
        self._mended = lru_cache(_REMEMBERED)(self._mend_word)
        phrasings = [set(phrasing) for phrasing in stems]
        self._seen = Counter(stem for phrasing in phrasings for stem in phrasing)
        self.size: int = len(phrasings) + (beside.size if beside else 0)
        """How many phrasings there are."""

    def rarity(self, stem: str) -> float:
        """Return how much a stem tells: its inverse document frequency over the phrasings, in steps.

        A new phrasing makes a step of few stems only: what it changes can be foreseen without asking everything again.
        """
        return STEP * (_steps(self.size) - _steps(self.times(stem))) + _LEAST_RARITY

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

    def likes(self, wanted: str) -> Mapping[str, float]:
        """Return the stems that a stem meets, and how well: itself, 1, and like ones that the base holds, less."""
        return self._likes(wanted)

    def nears(self, word: str) -> Mapping[str, float]:
        """Return the stems of known words that mean nearly what a word does, each with the cosine, 0 to 1."""
        return self._nears(word)

    def met(self, stem: str, word: str, held: frozenset[str]) -> tuple[float, float]:
        """Return how well a stem, that of a word, is met by stems that are held: in spelling and in meaning, 0 to 1.

        By the same stem wholly.
        """
        return (1.0, 1.0) if stem in held else self._met(stem, word, held)

    def _look_for_met(self, stem: str, word: str, held: frozenset[str]) -> tuple[float, float]:
        nears = self.nears(word)
        like = next((like for other, like in self.likes(stem).items() if other in held), 0.0)
        return like, max((nears[other] for other in nears.keys() & held), default=0.0)

    def _look_for_nears(self, word: str) -> Mapping[str, float]:
        nears = dict(self._beside.nears(word)) if self._beside else {}
        vector = word_vectors().text([word])
        cosines = self._vectors @ vector
        near = np.flatnonzero(cosines >= NEAR)
        for at, cosine in zip(near.tolist(), cosines[near].tolist(), strict=True):
            s = self._stem_of[at]
            if cosine > nears.get(s, 0.0):
                nears[s] = cosine
        return MappingProxyType(nears)

    def _look_for_likes(self, wanted: str) -> Mapping[str, float]:
        likes = dict(self._beside.likes(wanted)) if self._beside else {wanted: 1.0}
        if (size := len(wanted)) >= _SHORTEST_LIKE:
            longest = int(size / _LIKE)
            near = self._stems.near(wanted, math.ceil(_LIKE * size), longest, int((1 - _LIKE) * longest))
            found = process.extract(
                wanted, near, scorer=OSA.normalized_similarity, score_cutoff=_LIKE, limit=None
            )
            likes |= {other: like for other, like, _ in found}
        return MappingProxyType(dict(sorted(likes.items(), key=lambda found: -found[1])))

    def _mend_word(self, word: str) -> str:
        if self.knows(word) or len(word) < _SHORTEST_MENDED or not word.isalpha():
            return word
        return min(self.nearest(word, 1 if len(word) < _LONG else 2), default=(0.0, word))[1]

    def nearest(self, word: str, slips: int) -> list[tuple[float, str]]:
        """Return the nearest words within some slips, at most one of each part, each with its distance."""
        near = self._mendable.near(word, len(word) - slips, len(word) + slips, slips)
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
        others = self._beside.nearest(word, slips) if self._beside else []
        return [*sorted((distance, other) for other, distance, _ in found)[:1], *others]


def _steps(times: int) -> int:
    return round(math.log(1 + times) / STEP)
