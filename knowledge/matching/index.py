"""An inverted index over phrasings, and a small ridge regression around each question.

Every phrasing is a sparse vector. A walk over the postings of a question's rarer features, with what the texts mean,
tells which phrasings may be near; only these are compared in full. Entries are then scored by kernel ridge regression
on the nearest phrasings alone, solved anew for each question ("local learning", Bottou and Vapnik, 1992): nothing has
to be trained when a base is loaded or an entry is saved, a new phrasing counts from the next question on, and it does
at least as well as the same regression trained on the whole base.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from threading import local

import numpy as np

from knowledge.matching.encoding import Encoded, principal_axes
from knowledge.matching.features import BUCKETS, Floats, Ints, Rows

NEIGHBOURS = 48
"""Phrasings that a question's regression is fitted to. More of them are no better, and slower: 32 to 128 measured."""
RIDGE = 0.5
"""How strongly the regression is held back from following single phrasings."""
MEANING_SHARE = 0.5
"""How much the likeness of meaning counts beside that of wording."""

_SHORTLIST = 128
"""Phrasings that are compared in full: of the 48 nearest 99.5 % are among them, of the ten nearest all (BANKING77)."""
_RARE = 1 / 16
"""The share of phrasings up to which a feature is looked up: the others are nine tenths of the work."""
_FEW = 256
"""Phrasings up to which a feature is looked up whatever their share: they cost next to nothing."""
_MANY = 1024
"""Phrasings from which on the first look at what they mean goes by `_LEADING` numbers of each alone."""
_LEADING = 96
"""Half as many as there are: to read all of thousands of vectors from memory takes as long as all the rest."""
_SAMPLED = 8
"""One phrasing in so many is looked at to guess from which likeness on the nearest are."""
LEAST = np.float32(0.05)
"""The similarity below which two texts have nothing in common."""

_NOTHING = np.float32(1e-6)
"""The similarity below which one text has no word, or neither shares nor means anything of the other."""

_NO_ROWS, _NO_WEIGHTS = np.zeros(0, np.int32), np.zeros(0, np.float32)


class Index:
    """Phrasings by their features; `group_of[i]` is the group that phrasing `i` belongs to."""

    def __init__(
        self, texts: Encoded, group_of: Sequence[int], axes: Callable[[], Floats] | None = None
    ) -> None:
        """Take texts; `axes` gives the principal axes to look at them along (None: those of the texts themselves)."""
        self.rows = rows = texts.grams
        self._means(texts.vectors, axes)
        self.group_of = np.asarray(group_of, dtype=np.int64)
        order = np.argsort(rows.buckets, kind="stable")
        self._row = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))[order]
        self._value = rows.values[order]
        # Only the buckets in use: a server with one entry must not cost as much memory as a pack.
        held = rows.buckets[order]
        first = np.flatnonzero(np.diff(held, prepend=-1))
        used, sizes = held[first], np.diff(first, append=len(held))
        self._buckets = np.append(used, np.iinfo(np.int64).max)  # the last stands for all that is not in use
        self._sizes = np.append(sizes, 0)
        self._post = np.cumsum(self._sizes) - self._sizes
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
        other._means(vectors)  # noqa: SLF001  its own class
        return other

    def _means(self, vectors: Floats, axes: Callable[[], Floats] | None = None) -> None:
        """Take the vectors, and turn those of many phrasings so that their first numbers tell the most."""
        self.vectors = vectors
        self._axes: Floats | None = None
        if len(vectors) > _MANY:
            # Along the principal axes of a base, half of the numbers tell 86 to 95 % of its own texts.
            all_axes = axes() if axes else principal_axes(vectors)
            self._axes = all_axes[:, :_LEADING].copy()
        self._leading = vectors if self._axes is None else vectors @ self._axes

    def similarities(self, question: Encoded) -> "Similarities":
        """Return how like every phrasing is to a question (one row)."""
        meaning = np.maximum(self.vectors @ question.vectors[0], 0)
        return Similarities(self._shared(question.grams, len(self)), meaning)

    def nearest(self, question: Encoded) -> "Nearest":
        """Return the phrasings nearest to a question (one row), and how like they are to it."""
        vector = question.vectors[0]
        wording = self._shared(question.grams, max(_FEW, int(_RARE * len(self))))
        meaning = np.maximum(self._leading @ (vector if self._axes is None else vector @ self._axes), 0)
        row = _best(_joined(wording, meaning), _SHORTLIST)
        if self._left_out is not None:
            row = row[row != self._left_out]
        likeness = _joined(self._wording(question.grams, row), np.maximum(self.vectors[row] @ vector, 0))
        order = np.argsort(-likeness, kind="stable")[:NEIGHBOURS]
        return Nearest(row[order], likeness[order])

    def _shared(self, question: Rows, most: int) -> Floats:
        """Return how like the wording of all phrasings is to a question's, by features that at most so many hold."""
        at = np.searchsorted(self._buckets, question.buckets)
        sizes = self._sizes[at]
        known = np.flatnonzero((self._buckets[at] == question.buckets) & (sizes <= most))
        starts, sizes = self._post[at[known]], sizes[known]
        # A posting list is copied faster as a whole than picked from number by number.
        lists = list(map(slice, starts.tolist(), (starts + sizes).tolist()))
        weights = np.concatenate([_NO_WEIGHTS, *map(self._value.__getitem__, lists)])
        weights *= np.repeat(question.values[known], sizes)
        rows = np.concatenate([_NO_ROWS, *map(self._row.__getitem__, lists)])
        return np.bincount(rows, weights=weights, minlength=len(self)).astype(np.float32)

    def _wording(self, question: Rows, row: Ints) -> Floats:
        """Return how like the wording of some phrasings is to a question's, by all their features."""
        at, sizes = self.rows.places(row)
        weights = _SCRATCH.weight
        weights[question.buckets] = question.values
        met = self.rows.values.take(at) * weights.take(self.rows.buckets.take(at))
        weights[question.buckets] = 0
        # One number more, so that a row of no features at the end has a place, too.
        wording: Floats = np.add.reduceat(np.append(met, np.float32(0)), np.cumsum(sizes) - sizes) * (
            sizes > 0
        )
        return wording


@dataclass(frozen=True, slots=True)
class Similarities:
    """How like each phrasing of an index is to a question, 0 to 1."""

    wording: Floats
    meaning: Floats


@dataclass(frozen=True, slots=True)
class Nearest:
    """The phrasings of an index that are nearest to a question, nearest first, and how like it they are, 0 to 1."""

    row: Ints
    likeness: Floats

    @property
    def likest(self) -> float:
        """How like the first of them is; 0 where there is none."""
        return float(self.likeness[0]) if len(self.likeness) else 0.0


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


def neighbours(indexes: Sequence[Index], found: Sequence[Nearest]) -> Neighbours:
    """Find the phrasings nearest to a question and fit the regression to them.

    `found[i]` are those of the i-th index. Those with nothing in common with the question are left out.
    """
    likeness = np.concatenate([one.likeness for one in found])
    chosen = np.argsort(-likeness, kind="stable")[:NEIGHBOURS]
    chosen = chosen[likeness[chosen] >= LEAST]
    part = np.repeat(np.arange(len(found)), [len(one.row) for one in found])[chosen]
    row, likeness = np.concatenate([one.row for one in found])[chosen], likeness[chosen]
    group = np.zeros(len(row), np.int64)
    for i, index in enumerate(indexes):
        group[part == i] = index.group_of[row[part == i]]
    # Squares make the few phrasings count that are really near, not many a bit alike.
    kernel = _joined(*_kernels(indexes, part, row)) ** 2
    kernel[np.diag_indices_from(kernel)] += RIDGE
    pull = np.linalg.solve(kernel, likeness**2).astype(np.float32)
    return Neighbours(part, row, group, likeness, pull)


def _best(likeness: Floats, most: int) -> Ints:
    """Return which phrasings are nearest, so many at most, in their order; none that has nothing in common at all."""
    least = np.float32(0)
    if len(likeness) > _SAMPLED * most:
        # A sample tells where about the nearest begin, with twice as many as are needed, in half the time.
        sample = likeness[::_SAMPLED]
        few = 2 * most // _SAMPLED
        guessed = np.partition(sample, len(sample) - few)[-few]
        least = guessed if np.count_nonzero(likeness >= guessed) >= most else least
    near = np.flatnonzero(likeness >= max(least, _NOTHING))
    return np.sort(near[np.argsort(-likeness[near], kind="stable")[:most]])


def _kernels(indexes: Sequence[Index], part: Ints, row: Ints) -> tuple[Floats, Floats]:
    """Return the similarities of some phrasings to one another, in wording and in meaning."""
    places, buckets, values = [], [], []
    vectors = np.zeros((len(row), indexes[0].vectors.shape[1]), np.float32)
    for i, index in enumerate(indexes):
        mine = np.flatnonzero(part == i)
        chosen = row[mine]
        at, sizes = index.rows.places(chosen)
        places.append(np.repeat(mine, sizes))
        buckets.append(index.rows.buckets.take(at))
        values.append(index.rows.values.take(at))
        vectors[mine] = index.vectors[chosen]
    column, used = _numbered(np.concatenate(buckets))
    dense = np.zeros((len(row), used), np.float32)
    dense[np.concatenate(places), column] = np.concatenate(values)
    return dense @ dense.T, np.maximum(vectors @ vectors.T, 0)


class _Scratch(local):
    """Room for a number in each bucket, for each thread."""

    def __init__(self) -> None:
        self.place = np.zeros(2 * BUCKETS, np.int64)
        self.weight = np.zeros(2 * BUCKETS, np.float32)
        """Zero but while it is used."""


_SCRATCH = _Scratch()


def _numbered(buckets: Ints) -> tuple[Ints, int]:
    """Return a number from 0 for each bucket, the same for the same, and how many there are.

    Whoever writes last to a bucket's place gives it its number. `np.unique` does as much, but by sorting, and slower
    than all else that is done around a question.
    """
    at, place = np.arange(len(buckets)), _SCRATCH.place
    place[buckets] = at
    last = place.take(buckets)
    number = np.cumsum(last == at)
    return number.take(last) - 1, int(number[-1]) if len(number) else 0


def _joined(wording: Floats, meaning: Floats) -> Floats:
    return (1 - MEANING_SHARE) * wording + MEANING_SHARE * meaning
