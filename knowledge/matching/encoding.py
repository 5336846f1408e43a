"""Texts as the index compares them: n-grams for how they are worded, vectors for what they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from knowledge.matching.features import Floats, Rows, Weights, count
from knowledge.matching.vectors import word_vectors

Words = Sequence[str]
Progress = Callable[[int, int], None]
"""Told how many of how many texts are encoded."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts, a row each."""

    grams: Rows
    vectors: Floats


class Encoder:
    """Encodes texts by the rarities of the n-grams of one set of texts."""

    def __init__(self, weights: Weights) -> None:
        """Take the rarities."""
        self.weights = weights

    @classmethod
    def learnt(cls, texts: Sequence[Words]) -> tuple["Encoder", Encoded]:
        """Return the encoder that texts, each given as its folded words, make, and the texts encoded by it."""
        counts = count(texts)
        encoder = cls(Weights(counts))
        return encoder, Encoded(encoder.weights.rows(counts), word_vectors().texts(texts))

    def encode(self, texts: Sequence[Words]) -> Encoded:
        """Encode texts, each given as its folded words."""
        return Encoded(self.weights.rows(count(texts)), word_vectors().texts(texts))


class Sentences(Protocol):
    """A sentence encoder; its vectors have unit length."""

    def question(self, text: str) -> Floats:
        """Return the vector of a question; takes some milliseconds."""

    def curated(self, texts: Sequence[str], progress: Progress = ...) -> Floats:
        """Return the vectors of texts that are asked for again and again, one a row; may take a while."""


class CloserEncoder(Encoder):
    """Encodes a question as another encoder does, but tells what it means by a sentence encoder."""

    def __init__(self, encoder: Encoder, sentences: Sentences) -> None:
        """Weigh n-grams as `encoder` does."""
        super().__init__(encoder.weights)
        self._sentences = sentences

    def encode(self, texts: Sequence[Words]) -> Encoded:
        """Encode questions, each given as its folded words."""
        vectors = [self._sentences.question(joined(text)) for text in texts]
        return Encoded(self.weights.rows(count(texts)), np.array(vectors))


def joined(text: Words) -> str:
    """Return folded words as the text that a sentence encoder reads."""
    return " ".join(text)
