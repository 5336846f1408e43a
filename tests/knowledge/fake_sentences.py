"""A sentence encoder that knows some synonyms, asks nothing of the machine, and counts what it is given."""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

SIZE = 64
SYNONYMS = {
    "quaffle": "price", "sums": "price", "bibliothek": "library", "sketched": "drew", "inaugurated": "opened",
}  # fmt: skip
"""Words that the encoder takes for others; no table of word vectors knows what is meant here."""


class FakeSentences:
    """Words point wherever their letters say, and a text where its words do together."""

    def __init__(
        self,
        *,
        gate: threading.Event | None = None,
        fails: bool = False,
        raw: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Take a gate that encoding waits at, whether it fails behind it, and what whole texts mean."""
        self._raw = raw
        self.asked: Counter[str] = Counter()
        self.encoded: list[str] = []
        self._gate = gate
        self._fails = fails

    def question(self, text: str) -> np.ndarray:
        self.asked[text] += 1
        return self._vector(text)

    def curated(
        self, texts: Sequence[str], progress: Callable[[int, int], None] = lambda *_: None
    ) -> np.ndarray:
        for i, text in enumerate(texts):
            if self._gate is not None:
                self._gate.wait(10)
            if self._fails:
                raise MemoryError("no memory for that many texts")
            self.encoded.append(text)
            progress(i + 1, len(texts))
        return np.array([self._vector(text) for text in texts], np.float32).reshape(len(texts), SIZE)

    def _vector(self, text: str) -> np.ndarray:
        text = self._raw.get(text.lower(), text.lower())
        total = sum((_meaning(word) for word in text.split()), np.zeros(SIZE))
        return (total / max(np.linalg.norm(total), 1e-9)).astype(np.float32)


def _meaning(word: str) -> np.ndarray:
    digest = hashlib.blake2b(SYNONYMS.get(word, word).encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest)).normal(size=SIZE)
