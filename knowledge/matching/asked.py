"""A question, looked at once for all its candidates."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.matching.groups import Held, meanings
from knowledge.matching.vocabulary import Vocabulary
from knowledge.text.asking import VAGUE, denies, kinds

_LIKE = 0.7
"""The least similarity (OSA, 0 to 1) at which one stem partly meets another."""


class Asked:
    """The words of a question, mended, with how much each of them tells and what they ask for."""

    def __init__(self, question: Sequence[str], vocabulary: Vocabulary, language: str) -> None:
        """Take the folded words of a question, and the vocabulary and language of the base that is asked."""
        self.words = vocabulary.mend(question)
        self.text = " ".join(self.words)
        self.stems = meanings(self.words, language)
        self.kinds = kinds(self.words) - VAGUE
        self.denies = denies(self.words)
        self.numbers = frozenset(word for word in question if word.isdigit())
        self.names = [
            frozenset(meanings(family, language))
            for family in dict.fromkeys(map(vocabulary.named_with, self.words))
            if family
        ]
        """For each name in the question, the stems that may stand for it."""
        self._weights = [vocabulary.rarity(stem) for stem in self.stems]
        self._total = sum(self._weights) or 1.0
        known = {s for w in self.words if vocabulary.knows(w) for s in meanings([w], language)}
        self.unknown = 1.0 - self.share([float(stem in known) for stem in self.stems])
        """The share of the question's words, by rarity, that nothing in the base holds."""

    def met(self, held: Held) -> list[float]:
        """Return how well each stem of the question is met: 1 by the same stem, less by a like one, else 0."""
        return [1.0 if stem in held.stems else _likest(stem, held) for stem in self.stems]

    def share(self, met: Sequence[float]) -> float:
        """Return the share of the question's words, by rarity, that are met."""
        return sum(m * w for m, w in zip(met, self._weights, strict=True)) / self._total


def _likest(stem: str, held: Held) -> float:
    found = process.extractOne(stem, held.long, scorer=OSA.normalized_similarity, score_cutoff=_LIKE)
    return float(found[1]) if found and len(stem) >= Held.SHORTEST else 0.0
