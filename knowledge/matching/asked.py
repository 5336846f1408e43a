"""A question, looked at once for all its candidates."""

from collections.abc import Sequence

from knowledge.matching.encoding import Encoded, Encoder
from knowledge.matching.groups import meanings
from knowledge.matching.index import Nearest
from knowledge.matching.part import Part
from knowledge.matching.vocabulary import Vocabulary
from knowledge.text.asking import VAGUE, denies, kinds


class Asked:
    """The words of a question, mended, with how much each of them tells and what they ask for."""

    def __init__(self, question: Sequence[str], vocabulary: Vocabulary, language: str) -> None:
        """Take the folded words of a question, and the vocabulary and language of the base that is asked."""
        self.language = language
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
        self._vocabulary = vocabulary
        word_of = {stem: word for word in reversed(self.words) for stem in meanings([word], language)}
        self._word_of = {stem: word_of[stem] for stem in self.stems}
        self._weights = [vocabulary.rarity(stem) for stem in self.stems]
        self._total = sum(self._weights) or 1.0
        self._encoded: dict[Encoder, Encoded] = {}
        self._nearest: dict[Part, Nearest] = {}

    def nearest(self, part: Part) -> Nearest:
        """Return the phrasings of a part that are nearest to the question; worked out once."""
        if part not in self._nearest:
            if part.encoder not in self._encoded:
                self._encoded[part.encoder] = part.encoder.encode([self.words])
            self._nearest[part] = part.index.nearest(self._encoded[part.encoder])
        return self._nearest[part]

    def met(self, held: frozenset[str]) -> tuple[list[float], list[float]]:
        """Return how well each stem of the question is met by those that are held.

        In spelling: 1 by the same stem, less by a like one, else 0. In meaning: 1 by the same stem, else how near the
        likest comes.
        """
        met = [self._vocabulary.met(stem, word, held) for stem, word in self._word_of.items()]
        return [like for like, _ in met], [near for _, near in met]

    def share(self, met: Sequence[float]) -> float:
        """Return the share of the question's words, by rarity, that are met."""
        return sum(m * w for m, w in zip(met, self._weights, strict=True)) / self._total
