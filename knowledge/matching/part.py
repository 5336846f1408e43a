"""One part of a base, indexed: the groups of a set of packs, shared by all servers, or those of one server."""

from collections.abc import Sequence
from copy import copy

from knowledge.matching.encoding import CloserEncoder, Encoder, Progress, Sentences, joined
from knowledge.matching.groups import Group, without
from knowledge.matching.index import Index


class Part:
    """Groups and the index over their phrasings."""

    def __init__(self, groups: Sequence[Group], encoder: Encoder | None = None) -> None:
        """Index groups; the encoder is that of another part that this one is to be matched beside."""
        self.groups = tuple(groups)
        texts = [words for group in self.groups for words in group.folded]
        self.encoder, encoded = (encoder, encoder.encode(texts)) if encoder else Encoder.learnt(texts)
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
