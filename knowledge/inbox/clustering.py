"""Put misses together that ask for the same, so that a moderator sees each question once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from knowledge.inbox.likeness import likeness
from knowledge.inbox.linkage import linked
from knowledge.matching.encoding import Encoder
from knowledge.matching.features import Floats
from knowledge.model import Miss
from knowledge.text.folding import Reading, words

ALIKE = 0.7
"""How alike, on average, the questions of two groups are that are put together.

A moderator acts on all of a cluster at once, so that it is better to show a question twice than two as one.
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Misses that ask for the same, most asked first; never empty."""

    misses: tuple[Miss, ...]
    typical: Miss
    """The one to show: it is most like the others, each counted as often as it was asked."""

    @property
    def times(self) -> int:
        """How often they were asked in all."""
        return sum(miss.times for miss in self.misses)

    @property
    def first(self) -> datetime:
        """When the first of them was asked."""
        return min(miss.first for miss in self.misses)

    @property
    def last(self) -> datetime:
        """When one of them was last asked."""
        return max(miss.last for miss in self.misses)


def clusters(misses: Iterable[Miss], read: Reading = words, *, least: float = ALIKE) -> tuple[Cluster, ...]:
    """Put misses together by likeness; most asked first, then those asked last.

    `read` folds a question to its words, as the server's aliases make it (`Base.words_of`). Questions that differ only
    in case, punctuation or the order of words are one. In which order the misses come does not matter. Some two
    seconds of one core for 5,000 questions, and up to 100 MB while it lasts: not for the event loop.
    """
    same: dict[tuple[str, ...], list[Miss]] = defaultdict(list)
    folded: dict[tuple[str, ...], tuple[str, ...]] = {}
    for miss in sorted(misses, key=_order):
        asked = read(miss.question)
        key = tuple(sorted(asked)) or (miss.question,)
        same[key].append(miss)
        folded.setdefault(key, asked)
    found = _clustered(list(same.values()), list(folded.values()), least)
    return tuple(sorted(found, key=lambda one: (-one.times, -one.last.timestamp(), _order(one.typical))))


def _clustered(
    asked: Sequence[list[Miss]], texts: Sequence[tuple[str, ...]], least: float
) -> Iterable[Cluster]:
    """Cluster questions, each with its misses and its folded words."""
    if not asked:
        return
    _encoder, encoded = Encoder.learnt(texts)
    near, alike = likeness(encoded, least)
    alone = np.setdiff1d(np.arange(len(asked)), near)
    for row in alone.tolist():
        yield _cluster([asked[row]], np.ones((1, 1), np.float32))
    for group in linked(alike.copy(), least):
        yield _cluster([asked[near[i]] for i in group], alike[np.ix_(group, group)])


def _cluster(asked: Sequence[list[Miss]], alike: Floats) -> Cluster:
    times = np.array([sum(miss.times for miss in misses) for misses in asked])
    np.fill_diagonal(alike, 1)
    central = int((alike @ times).argmax())
    return Cluster(tuple(sorted((m for misses in asked for m in misses), key=_order)), asked[central][0])


def _order(miss: Miss) -> tuple[int, str, datetime, str]:
    return (-miss.times, miss.question, miss.first, miss.ended)
