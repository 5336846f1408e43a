"""An inverted index over phrasings, and a small ridge regression around each question.

Every phrasing is a sparse vector; a question's similarity to all of them is one walk over the postings of its features.
Entries are then scored by kernel ridge regression on the nearest phrasings alone, solved anew for each question ("local"
learning, Bottou and Vapnik, 1992): nothing has to be trained when a base is loaded or an entry is saved, a new phrasing
counts from the next question on, and it beats the same regression trained on the whole base.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.matching.features import BUCKETS, Floats, Ints, Rows

NEIGHBOURS = 128
"""Phrasings that a question's regression is fitted to."""
RIDGE = 1.0
"""How strongly the regression is held back from following single phrasings."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The groups (entries) that hold a question's nearest phrasings; all arrays run along `groups`."""

    groups: Ints
    scores: Floats
    """What the regression says: near 1 for a group that the question clearly belongs to."""
    likeness: Floats
    """The similarity of the group's nearest phrasing, 0 to 1."""
    nearest: Ints
    """The row of that phrasing."""


class Index:
    """Phrasings by their features; `group_of[i]` is the entry that phrasing `i` belongs to."""

    def __init__(self, rows: Rows, group_of: Sequence[int]) -> None:
        self._rows = rows
        self._group_of = np.asarray(group_of, dtype=np.int64)
        order = np.argsort(rows.buckets, kind="stable")
        self._row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))[order]
        self._value = rows.values[order]
        self._post = np.concatenate([[0], np.cumsum(np.bincount(rows.buckets, minlength=2 * BUCKETS))])

    def __len__(self) -> int:
        return len(self._rows)

    def similarities(self, question: Rows) -> Floats:
        """Return the similarity of a question (one row) to every phrasing."""
        starts = self._post[question.buckets]
        sizes = self._post[question.buckets + 1] - starts
        # The postings of all the question's features behind one another.
        at = np.repeat(starts - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
        weights = self._value[at] * np.repeat(question.values, sizes)
        return np.bincount(self._row[at], weights=weights, minlength=len(self)).astype(np.float32)

    def score(self, question: Rows) -> Scored:
        """Score the groups whose phrasings are nearest to a question (one row), best first."""
        near = self.similarities(question)
        chosen = np.argpartition(-near, NEIGHBOURS)[:NEIGHBOURS] if len(near) > NEIGHBOURS else np.arange(len(near))
        chosen = chosen[near[chosen] > 0]
        kernel = self._kernel(chosen)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        pull = np.linalg.solve(kernel, near[chosen]) if len(chosen) else near[chosen]
        groups, place = np.unique(self._group_of[chosen], return_inverse=True)
        scores = np.bincount(place, weights=pull, minlength=len(groups)).astype(np.float32)
        by_likeness = np.lexsort((-near[chosen], place))
        nearest = chosen[by_likeness[np.searchsorted(place[by_likeness], np.arange(len(groups)))]]
        best = np.argsort(-scores, kind="stable")
        return Scored(groups[best], scores[best], near[nearest][best], nearest[best])

    def _kernel(self, chosen: Ints) -> Floats:
        """Return the similarities of some phrasings to one another."""
        starts, sizes = self._rows.starts[chosen], np.diff(self._rows.starts)[chosen]
        at = np.repeat(starts - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
        used, column = np.unique(self._rows.buckets[at], return_inverse=True)
        dense = np.zeros((len(chosen), len(used)), np.float32)
        dense[np.repeat(np.arange(len(chosen)), sizes), column] = self._rows.values[at]
        return dense @ dense.T
