"""Word vectors: what a word means, as 192 small numbers, so that texts that share no word can still be near.

The table was distilled from sentence encoders by `benchmarks/distil_vectors.py`: the sum of the vectors of a text's
words points about where the encoder's vector of the whole text points, and how long a word's vector is says how much
the word tells. English words and pieces of words come from all-MiniLM-L6-v2 (Apache-2.0); words of other languages were
placed among them through multilingual-e5-small (MIT). A number takes four bits; a row has a scale of its own.
`VECTORS.md` beside the table has the notices.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

TABLE = Path(__file__).with_name("vectors.npz")
_INSIDE = "##"
"""Marks a piece that continues a word, in the manner of WordPiece."""
_REMEMBERED = 1 << 14


class Vectors:
    """The table, and how texts are looked up in it."""

    def __init__(self, path: Path = TABLE) -> None:
        """Load the table; a few milliseconds, and as much memory as the file has bytes, plus the words."""
        with np.load(path) as table:
            vocabulary = bytes(table["words"]).decode().split("\n")
            self._packed: NDArray[np.uint8] = table["packed"]
            self._scales: NDArray[np.float16] = table["scales"]
        self._row = {word: i for i, word in enumerate(vocabulary)}
        self.size: int = 2 * self._packed.shape[1]
        """How many numbers a vector has."""
        self._word = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def word(self, word: str) -> Floats:
        """Return the vector of a folded word, as long as the word tells; zero for a word of unknown letters."""
        return self._word(word)

    def text(self, words: Iterable[str]) -> Floats:
        """Return the vector of a text, given as its folded words, at unit length; zero where no word is known."""
        total = sum(map(self._word, words), np.zeros(self.size, np.float32))
        length = float(np.sqrt(total @ total))
        return total / length if length else total

    def texts(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Return the vectors of texts, one a row, at unit length."""
        together = np.zeros((len(texts), self.size), np.float32)
        for row, words in zip(together, texts, strict=True):
            for word in words:
                np.add(row, self._word(word), out=row)
        lengths = np.sqrt(np.einsum("ij,ij->i", together, together))
        together /= np.where(lengths, lengths, 1)[:, None]
        return together

    def pieces(self, word: str) -> tuple[str, ...]:
        """Return a word whole where the table has it, else its longest pieces from the left (WordPiece's way).

        What cannot be cut any further, such as letters of a script that the table does not have, is left out.
        """
        found: list[str] = []
        start, end = 0, len(word)
        while start < end:
            piece = (_INSIDE if start else "") + word[start:end]
            if piece in self._row:
                found.append(piece)
                start, end = end, len(word)
            else:
                end -= 1
        return tuple(found)

    def _look_up(self, word: str) -> Floats:
        vector = np.zeros(self.size, np.float32)
        for piece in self.pieces(word):
            row = self._row[piece]
            packed = self._packed[row]
            numbers = np.concatenate([packed & 15, packed >> 4]).astype(np.float32) - 8
            vector += numbers * np.float32(self._scales[row])
        vector.flags.writeable = False
        return vector


@cache
def word_vectors() -> Vectors:
    """Return the table that comes with the package, read once."""
    return Vectors()
