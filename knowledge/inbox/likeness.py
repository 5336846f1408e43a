"""How alike questions are to one another: by what they mean, and by how they are worded where they mean about the same.

To hold thousands of questions against one another, all are compared by their vectors, which is one product of
matrices; n-grams are compared only for the pairs that can still come to be alike enough.
"""

from dataclasses import dataclass

import numpy as np

from knowledge.matching.encoding import Encoded
from knowledge.matching.features import BUCKETS, Floats, Ints, Rows

MEANING_SHARE = 0.8
"""How much the likeness of meaning counts beside that of wording, as `benchmarks/clustering.py` measures it."""
_BLOCK = 256
"""Questions that are held against all others at once."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of questions, `one` before `other`, each pair once, and something about each."""

    one: Ints
    other: Ints
    value: Floats


def likeness(texts: Encoded, least: float) -> tuple[Ints, Floats]:
    """Return which texts have another that is at least so alike (0 to 1), and how alike these are to one another.

    Of texts that cannot come to be `least` alike, however they are worded, only the meaning is compared.
    """
    pairs = _pairs(texts, least)
    is_alike = pairs.value >= least
    rows = np.unique(np.concatenate([pairs.one[is_alike], pairs.other[is_alike]]))
    place = np.full(len(texts.vectors), -1)
    place[rows] = np.arange(len(rows))
    vectors = texts.vectors[rows]
    together = MEANING_SHARE * np.maximum(vectors @ vectors.T, 0)
    one, other = place[pairs.one], place[pairs.other]
    is_known = (one >= 0) & (other >= 0)
    one, other = one[is_known], other[is_known]
    together[one, other] = together[other, one] = pairs.value[is_known]
    return rows, together


def _pairs(texts: Encoded, least: float) -> _Pairs:
    """Return how alike the pairs are that mean so nearly the same that they may be `least` alike."""
    near = (least - (1 - MEANING_SHARE)) / MEANING_SHARE
    blocks = [_near_in_meaning(texts.vectors, start, near) for start in range(0, len(texts.vectors), _BLOCK)]
    one, other, meaning = (np.concatenate(columns) for columns in zip(*blocks, strict=True))
    wording = _wording(texts.grams, one, other)
    return _Pairs(one, other, MEANING_SHARE * meaning + (1 - MEANING_SHARE) * wording)


def _near_in_meaning(vectors: Floats, start: int, least: float) -> tuple[Ints, Ints, Floats]:
    """Return the pairs whose first is in the block that starts there, with the cosine of each."""
    meaning = vectors[start : start + _BLOCK] @ vectors[start:].T
    one, other = np.nonzero(meaning >= least)
    is_once = one < other
    one, other = one[is_once], other[is_once]
    return start + one, start + other, meaning[one, other]


def _wording(grams: Rows, one: Ints, other: Ints) -> Floats:
    """Return the dot products of pairs of rows; `one` rises."""
    found = np.zeros(len(one), np.float32)
    dense = np.zeros(2 * BUCKETS, np.float32)
    sizes = np.diff(grams.starts)
    firsts, begins = np.unique(one, return_index=True)
    for first, begin, end in zip(firsts, begins, np.append(begins, len(one))[1:], strict=True):
        mine, others = slice(grams.starts[first], grams.starts[first + 1]), other[begin:end]
        dense[grams.buckets[mine]] = grams.values[mine]
        ends = np.cumsum(sizes[others])
        at = np.repeat(grams.starts[others + 1] - ends, sizes[others]) + np.arange(ends[-1])
        sums = np.cumsum(dense[grams.buckets[at]] * grams.values[at], dtype=np.float64)
        # A text without any feature has no sum of its own: it ends where the one before it does.
        found[begin:end] = np.diff(np.append(0.0, sums)[ends], prepend=0.0)
        dense[grams.buckets[mine]] = 0
    return found
