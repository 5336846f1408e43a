"""Texts as the index compares them: n-grams for how they are worded, vectors for what they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from knowledge.matching.features import Floats, Ints, Rows, Weights, count
from knowledge.matching.vectors import word_vectors

Words = Sequence[str]
Progress = Callable[[int, int], None]
"""Told how many of how many texts are encoded."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts, a row each."""

    grams: Rows
    vectors: Floats

    def take(self, chosen: Ints) -> "Encoded":
        """Return some of the texts, in the order given."""
        return Encoded(self.grams.take(chosen), self.vectors.take(chosen, axis=0))

    def followed_by(self, other: "Encoded") -> "Encoded":
        """Return these texts and, behind them, others."""
        return Encoded(self.grams.followed_by(other.grams), np.concatenate([self.vectors, other.vectors]))


class Encoder:
    """Encodes texts by the rarities of the n-grams of one set of texts, and knows the axes of what these mean.

    Where that set is empty, all n-grams count the same, which finds as much (BANKING77 and HINT3, within two per cent).
    """

    def __init__(self, weights: Weights, vectors: Floats) -> None:
        """Take the rarities, and the vectors of the texts that they are of."""
        self.weights = weights
        self._vectors = vectors

    @cached_property
    def axes(self) -> Floats:
        """The principal axes of what the texts mean.

        Texts that are matched beside these are looked at along the same: what is saved later does not turn them.
        """
        return (
            principal_axes(self._vectors)
            if len(self._vectors)
            else np.eye(word_vectors().size, dtype=np.float32)
        )

    @classmethod
    def learnt(cls, texts: Sequence[Words]) -> tuple["Encoder", Encoded]:
        """Return the encoder that texts, each given as its folded words, make, and the texts encoded by it."""
        counts, vectors = count(texts), word_vectors().texts(texts)
        encoder = cls(Weights(counts), vectors)
        return encoder, Encoded(encoder.weights.rows(counts), vectors)

    def encode(self, texts: Sequence[Words]) -> Encoded:
        """Encode texts, each given as its folded words."""
        return Encoded(self.weights.rows(count(texts)), word_vectors().texts(texts))


def principal_axes(vectors: Floats) -> Floats:
    """Return the principal axes of vectors as columns, those along which they differ most first; about 10 ms."""
    axes: Floats = np.linalg.eigh(vectors.T @ vectors)[1][:, ::-1]
    return axes


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
        super().__init__(encoder.weights, encoder._vectors)  # noqa: SLF001  its own class
        self._sentences = sentences

    def encode(self, texts: Sequence[Words]) -> Encoded:
        """Encode questions, each given as its folded words."""
        vectors = [self._sentences.question(joined(text)) for text in texts]
        return Encoded(self.weights.rows(count(texts)), np.array(vectors))


def joined(text: Words) -> str:
    """Return folded words as the text that a sentence encoder reads."""
    return " ".join(text)
