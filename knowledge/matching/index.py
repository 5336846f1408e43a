"""An inverted index over phrasings, and a small ridge regression around each question.

Every phrasing is a sparse vector; a question's similarity to all of them is one walk over the postings of its
features. Entries are then scored by kernel ridge regression on the nearest phrasings alone, solved anew for each
question ("local learning", Bottou and Vapnik, 1992): nothing has to be trained when a base is loaded or an entry is
saved, a new phrasing counts from the next question on, and it does at least as well as the same regression trained on
the whole base.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from threading import local

import numpy as np

from knowledge.matching.encoding import Encoded
from knowledge.matching.features import BUCKETS, Floats, Ints

NEIGHBOURS = 48
"""Phrasings that a question's regression is fitted to. More of them are no better, and slower: 32 to 128 measured."""
RIDGE = 0.5
"""How strongly the regression is held back from following single phrasings."""
MEANING_SHARE = 0.5
"""How much the likeness of meaning counts beside that of wording."""

_SAMPLED = 8
"""One phrasing in so many is looked at to guess from which likeness on the nearest are."""
LEAST = np.float32(0.05)
"""The similarity below which two texts have nothing in common."""

_NO_ROWS, _NO_WEIGHTS = np.zeros(0, np.int64), np.zeros(0)


class Index:
    """Phrasings by their features; `group_of[i]` is the group that phrasing `i` belongs to."""

    def __init__(self, texts: Encoded, group_of: Sequence[int]) -> None:
        self.rows = rows = texts.grams
        self.vectors = texts.vectors
        self.group_of = np.asarray(group_of, dtype=np.int64)
        order = np.argsort(rows.buckets, kind="stable")
        self._row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))[order]
        self._value = rows.values[order].astype(np.float64)  # as `np.bincount` takes them
        # Only the buckets in use: a server with one entry must not cost as much memory as a pack.
        used, sizes = np.unique(rows.buckets, return_counts=True)
        self._buckets = np.append(used, np.iinfo(np.int64).max)  # the last stands for all that is not in use
        self._post = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])

        self._left_out: int | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def without(self, row: int) -> "Index":
        """Return the same index, without a copy of its arrays, in which one phrasing is like no question."""
        lacking = copy(self)
        lacking._left_out = row  # noqa: SLF001  its own class
        return lacking

    def with_vectors(self, vectors: Floats) -> "Index":
        """Return the same index, without a copy of its arrays, with other vectors for what the phrasings mean."""
        other = copy(self)
        other.vectors = vectors
        return other

    def similarities(self, question: Encoded) -> "Similarities":
        """Return how like every phrasing is to a question (one row)."""
        grams = question.grams
        at = np.searchsorted(self._buckets, grams.buckets)
        known = np.flatnonzero(self._buckets[at] == grams.buckets)
        starts, ends = self._post[at[known]], self._post[at[known] + 1]
        # A posting list is copied faster as a whole than picked from number by number.
        lists = list(map(slice, starts.tolist(), ends.tolist()))
        weights = np.concatenate([_NO_WEIGHTS, *(self._value[one] for one in lists)])
        weights *= np.repeat(grams.values[known], ends - starts)
        rows = np.concatenate([_NO_ROWS, *(self._row[one] for one in lists)])
        wording = np.bincount(rows, weights=weights, minlength=len(self)).astype(np.float32)
        meaning = np.maximum(self.vectors @ question.vectors[0], 0)
        if self._left_out is not None:
            wording[self._left_out] = meaning[self._left_out] = 0.0
        return Similarities(wording, meaning)


@dataclass(frozen=True, slots=True)
class Similarities:
    """How like each phrasing of an index is to a question, 0 to 1."""

    wording: Floats
    meaning: Floats


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The phrasings nearest to a question over several indexes, nearest first; all arrays run along them."""

    part: Ints
    row: Ints
    group: Ints
    likeness: Floats
    """The similarity to the question, 0 to 1."""
    pull: Floats
    """What the phrasing adds to its group's score in the regression."""


def neighbours(indexes: Sequence[Index], found: Sequence[Similarities]) -> Neighbours:
    """Find the phrasings nearest to a question and fit the regression to them.

    `found[i]` is how like the phrasings of the i-th index are. Those with nothing in common with it are left out.
    """
    part = np.repeat(np.arange(len(found)), [len(index) for index in indexes])
    row = np.concatenate([np.arange(len(index)) for index in indexes])
    likeness = np.concatenate([_joined(one.wording, one.meaning) for one in found])
    chosen = _best(likeness)
    part, row, likeness = part[chosen], row[chosen], likeness[chosen]
    group = np.zeros(len(row), np.int64)
    for i, index in enumerate(indexes):
        group[part == i] = index.group_of[row[part == i]]
    # Squares make the few phrasings count that are really near, not many a bit alike.
    kernel = _joined(*_kernels(indexes, part, row)) ** 2
    kernel[np.diag_indices_from(kernel)] += RIDGE
    pull = np.linalg.solve(kernel, likeness**2).astype(np.float32)
    return Neighbours(part, row, group, likeness, pull)


def _best(likeness: Floats) -> Ints:
    """Return where the nearest phrasings are, nearest first; those with nothing in common are left out."""
    least = np.float32(0)
    if len(likeness) > _SAMPLED * NEIGHBOURS:
        # A sample tells where about the nearest begin, with twice as many as are needed, in half the time.
        sample = likeness[::_SAMPLED]
        few = 2 * NEIGHBOURS // _SAMPLED
        guessed = np.partition(sample, len(sample) - few)[-few]
        least = guessed if np.count_nonzero(likeness >= guessed) >= NEIGHBOURS else least
    near = np.flatnonzero(likeness >= max(least, LEAST))
    return near[np.argsort(-likeness[near], kind="stable")[:NEIGHBOURS]]


def _kernels(indexes: Sequence[Index], part: Ints, row: Ints) -> tuple[Floats, Floats]:
    """Return the similarities of some phrasings to one another, in wording and in meaning."""
    places, buckets, values = [], [], []
    vectors = np.zeros((len(row), indexes[0].vectors.shape[1]), np.float32)
    for i, index in enumerate(indexes):
        mine = np.flatnonzero(part == i)
        starts = index.rows.starts[row[mine]]
        sizes = index.rows.starts[row[mine] + 1] - starts
        at = _spread(starts, sizes)
        places.append(np.repeat(mine, sizes))
        buckets.append(index.rows.buckets[at])
        values.append(index.rows.values[at])
        vectors[mine] = index.vectors[row[mine]]
    column, used = _numbered(np.concatenate(buckets))
    dense = np.zeros((len(row), used), np.float32)
    dense[np.concatenate(places), column] = np.concatenate(values)
    return dense @ dense.T, np.maximum(vectors @ vectors.T, 0)


class _Scratch(local):
    """Room to number buckets in, for each thread."""

    def __init__(self) -> None:
        self.place = np.zeros(2 * BUCKETS, np.int64)


_SCRATCH = _Scratch()


def _numbered(buckets: Ints) -> tuple[Ints, int]:
    """Return a number from 0 for each bucket, the same for the same, and how many there are.

    Whoever writes last to a bucket's place gives it its number. `np.unique` does as much, but by sorting, and slower
    than all else that is done around a question.
    """
    at, place = np.arange(len(buckets)), _SCRATCH.place
    place[buckets] = at
    last = place[buckets]
    number = np.cumsum(last == at)
    return number[last] - 1, int(number[-1]) if len(number) else 0


def _joined(wording: Floats, meaning: Floats) -> Floats:
    return (1 - MEANING_SHARE) * wording + MEANING_SHARE * meaning


def _spread(starts: Ints, sizes: Ints) -> Ints:
    """Return the positions `starts[i], starts[i] + 1, ...`, `sizes[i]` of them, for each i, behind one another."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return np.repeat(starts - before[:-1], sizes) + np.arange(before[-1])
