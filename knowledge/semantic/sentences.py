"""What texts mean, as vectors: curated texts from the cache where they are known, members' questions never kept.

Encoders put all texts into a corner of their space: with multilingual-e5-small, two that have nothing in common still
have a cosine of 0.75. So the mean of ordinary questions is taken out of every vector ("All-but-the-top", Mu and
Viswanath, 2018), and what is left compares well, whatever the encoder.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.semantic.cache import VectorCache
from knowledge.semantic.encoder import SentenceEncoder

Floats = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Told how many of how many texts are encoded."""

_STEP = 128
"""Texts after which what was encoded is written to disk, and progress is told."""
_REMEMBERED = 64
_ORDINARY = (
    "who is coming tonight", "what is the name of the river", "when does the train leave", "where can I park my car",
    "why is the sky blue", "how do I bake bread", "how much does a ticket cost", "how many people live there",
    "which team won the match", "is the shop open on Sunday", "can I return a broken phone", "what did the doctor say",
    "who wrote the song", "how old is the house", "qui a peint ce tableau", "combien coûte le billet",
    "quand ouvre le musée", "wer hat das Spiel gewonnen", "wann fährt der nächste Zug", "wie alt ist das Haus",
    "quién escribió la canción", "cuándo empieza el partido", "dónde está la estación", "hvem vant kampen",
    "når åpner butikken", "кто написал эту книгу", "когда начинается матч", "sklep jest otwarty w niedzielę",
)  # fmt: skip
"""Questions that have nothing in common but that they are some."""


class Sentences:
    """Gives texts their vectors; may be used from several threads."""

    def __init__(self, encoder: SentenceEncoder, cache: VectorCache) -> None:
        """Encode with an encoder, and keep the vectors of curated texts in a cache."""
        self._encoder = encoder
        self._cache = cache
        self._mean = self._kept(_ORDINARY, lambda _done, _of: None).mean(axis=0)
        self._one = lru_cache(maxsize=_REMEMBERED)(self._encoded)

    def question(self, text: str) -> Floats:
        """Return the vector of a question, of unit length. It is kept in memory a while, as one is looked up twice."""
        return self._one(text)

    def curated(self, texts: Sequence[str], progress: Progress = lambda _done, _all: None) -> Floats:
        """Return the vectors of curated texts, one a row. Some 8 ms for each that is not in the cache."""
        return self._centred(self._kept(texts, progress))

    def _kept(self, texts: Sequence[str], progress: Progress) -> Floats:
        wanted = list(dict.fromkeys(texts))
        known = self._cache.read(wanted)
        missing = [text for text in wanted if text not in known]
        for start in range(0, len(missing), _STEP):
            # As exact as what is kept, so that a base answers alike whether its texts were kept or not.
            fresh = {text: _rounded(self._encoder.encode(text)) for text in missing[start : start + _STEP]}
            self._cache.write(fresh)
            known |= fresh
            progress(min(start + _STEP, len(missing)), len(missing))
        return np.array([known[text] for text in texts], np.float32).reshape(len(texts), self._encoder.size)

    def _encoded(self, text: str) -> Floats:
        vector: Floats = self._centred(self._encoder.encode(text)[None])[0]
        vector.flags.writeable = False
        return vector

    def _centred(self, vectors: Floats) -> Floats:
        vectors = vectors - self._mean
        unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return unit


def _rounded(vector: Floats) -> Floats:
    return vector.astype(np.float16).astype(np.float32)
