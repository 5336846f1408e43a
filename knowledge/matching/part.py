"""One part of a base, indexed: the groups of a set of packs, shared by all servers, or those of one server."""

from collections.abc import Iterable, Sequence
from copy import copy
from itertools import accumulate

import numpy as np

from knowledge.matching.encoding import CloserEncoder, Encoded, Encoder, Progress, Sentences, joined
from knowledge.matching.groups import Group, without
from knowledge.matching.index import Index


class Part:
    """Groups and the index over their phrasings."""

    def __init__(
        self, groups: Sequence[Group], encoder: Encoder | None = None, before: "Part | None" = None
    ) -> None:
        """Index groups; the encoder is that of another part that this one is to be matched beside.

        Groups of the part `before` are not encoded again, if it had the same encoder.
        """
        self.groups = tuple(groups)
        if encoder is None:
            self.encoder, encoded = Encoder.learnt(_texts(self.groups))
        else:
            self.encoder, encoded = encoder, _encoded(encoder, self.groups, before)
        owners = [i for i, group in enumerate(self.groups) for _ in group.folded]
        self.index = Index(encoded, owners, lambda: self.encoder.axes)
        self.phrasing_of = tuple(
            (i, j) for i, group in enumerate(self.groups) for j in range(len(group.folded))
        )
        """For each row of the index: the group and which of its phrasings."""
        self.closer: Part | None = None
        """This part for a closer look, with what a sentence encoder says; None as long as that is not known."""

    def look_closer(self, sentences: Sentences, progress: Progress) -> None:
        """Make `closer`. That may take long, while this part can be matched in other threads."""
        closer = copy(self)
        closer.encoder = CloserEncoder(self.encoder, sentences)
        texts = [joined(words) for group in self.groups for words in group.folded]
        closer.index = self.index.with_vectors(sentences.curated(texts, progress))
        self.closer = closer

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
        lacking.closer = self.closer and self.closer.without(row, language)
        return lacking


def _encoded(encoder: Encoder, groups: Sequence[Group], before: Part | None) -> Encoded:
    if before is None or before.encoder is not encoder:
        return encoder.encode(_texts(groups))
    first = {before.groups[i]: row for row, (i, phrasing) in enumerate(before.phrasing_of) if not phrasing}
    new = [group for group in groups if group not in first]
    sizes = [len(group.folded) for group in new]
    first |= zip(new, accumulate(sizes, initial=len(before.index)), strict=False)
    row = [first[group] + phrasing for group in groups for phrasing in range(len(group.folded))]
    old = Encoded(before.index.rows, before.index.vectors)
    return old.followed_by(encoder.encode(_texts(new))).take(np.array(row))


def _texts(groups: Iterable[Group]) -> list[tuple[str, ...]]:
    return [words for group in groups for words in group.folded]
