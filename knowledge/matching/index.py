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

import numpy as np

from knowledge.matching.features import Floats, Ints, Rows

NEIGHBOURS = 128
"""Phrasings that a question's regression is fitted to."""
RIDGE = 1.0
"""How strongly the regression is held back from following single phrasings."""


class Index:
    """Phrasings by their features; `group_of[i]` is the group that phrasing `i` belongs to."""

    def __init__(self, rows: Rows, group_of: Sequence[int]) -> None:
        self.rows = rows
        self.group_of = np.asarray(group_of, dtype=np.int64)
        order = np.argsort(rows.buckets, kind="stable")
        self._row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))[order]
        self._value = rows.values[order]
        # Only the buckets in use: a server with one entry must not cost as much memory as a pack.
        self._buckets, sizes = np.unique(rows.buckets, return_counts=True)
        self._post = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])

        self._left_out: int | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def without(self, row: int) -> "Index":
        """Return the same index, without a copy of its arrays, in which one phrasing is like no question."""
        lacking = copy(self)
        lacking._left_out = row  # noqa: SLF001  its own class
        return lacking

    def similarities(self, question: Rows) -> Floats:
        """Return the similarity of a question (one row) to every phrasing, 0 to 1."""
        first = np.searchsorted(self._buckets, question.buckets, side="left")
        starts = self._post[first]
        sizes = self._post[np.searchsorted(self._buckets, question.buckets, side="right")] - starts
        at = _spread(starts, sizes)
        weights = self._value[at] * np.repeat(question.values, sizes)
        found = np.bincount(self._row[at], weights=weights, minlength=len(self)).astype(np.float32)
        if self._left_out is not None:
            found[self._left_out] = 0.0
        return found


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


def neighbours(indexes: Sequence[Index], question: Sequence[Rows]) -> Neighbours:
    """Find the phrasings nearest to a question and fit the regression to them.

    `question[i]` is the question as the i-th index weighs it. Phrasings with nothing in common with it are left out.
    """
    found = [index.similarities(q) for index, q in zip(indexes, question, strict=True)]
    part = np.repeat(np.arange(len(found)), [len(f) for f in found])
    row = np.concatenate([np.arange(len(f)) for f in found])
    likeness = np.concatenate(found)
    size = min(NEIGHBOURS, len(likeness))
    chosen = np.argpartition(-likeness, size - 1)[:size] if size else np.arange(0)
    chosen = chosen[likeness[chosen] > 0]
    chosen = chosen[np.argsort(-likeness[chosen], kind="stable")]
    part, row, likeness = part[chosen], row[chosen], likeness[chosen]
    kernel = _kernel(indexes, part, row)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    pull = np.linalg.solve(kernel, likeness)
    pairs = zip(part.tolist(), row.tolist(), strict=True)
    group = np.array([indexes[p].group_of[r] for p, r in pairs], dtype=np.int64)
    return Neighbours(part, row, group, likeness, pull.astype(np.float32))


def _kernel(indexes: Sequence[Index], part: Ints, row: Ints) -> Floats:
    """Return the similarities of some phrasings to one another."""
    places, buckets, values = [], [], []
    for i, index in enumerate(indexes):
        mine = np.flatnonzero(part == i)
        starts = index.rows.starts[row[mine]]
        sizes = index.rows.starts[row[mine] + 1] - starts
        at = _spread(starts, sizes)
        places.append(np.repeat(mine, sizes))
        buckets.append(index.rows.buckets[at])
        values.append(index.rows.values[at])
    used, column = np.unique(np.concatenate(buckets), return_inverse=True)
    dense = np.zeros((len(row), len(used)), np.float32)
    dense[np.concatenate(places), column] = np.concatenate(values)
    return dense @ dense.T


def _spread(starts: Ints, sizes: Ints) -> Ints:
    """Return the positions `starts[i], starts[i] + 1, ...`, `sizes[i]` of them, for each i, behind one another."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return np.repeat(starts - before[:-1], sizes) + np.arange(before[-1])
