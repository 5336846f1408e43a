"""One part of a base, indexed: the groups of a set of packs, shared by all servers, or those of one server."""

from collections.abc import Sequence
from copy import copy

from knowledge.matching.features import Weights, count
from knowledge.matching.groups import Group, without
from knowledge.matching.index import Index


class Part:
    """Groups and the index over their phrasings."""

    def __init__(self, groups: Sequence[Group], weights: Weights | None = None) -> None:
        """Index groups; `weights` are those of another part that this one is to be matched beside."""
        self.groups = tuple(groups)
        counts = count([words for group in self.groups for words in group.folded])
        self.weights = weights or Weights(counts)
        self.index = Index(
            self.weights.rows(counts), [i for i, group in enumerate(self.groups) for _ in group.folded]
        )
        self.phrasing_of = tuple(
            (i, j) for i, group in enumerate(self.groups) for j in range(len(group.folded))
        )
        """For each row of the index: the group and which of its phrasings."""

    def without(self, row: int, language: str) -> "Part":
        """Return this part as if one phrasing, a row of the index, were not there; the rarities stay as they are."""
        at, phrasing = self.phrasing_of[row]
        lacking = copy(self)
        lacking.groups = (
            *self.groups[:at],
            without(self.groups[at], phrasing, language),
            *self.groups[at + 1 :],
        )
        lacking.index = self.index.without(row)
        return lacking
