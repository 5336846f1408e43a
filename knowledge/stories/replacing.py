"""Replacing a story by its corrected text: every citation is looked up again, and none is bent to fit."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.model import Citation, Entry, Story
from knowledge.stories.citing import closest_span, holds, occurrences

Span = tuple[int, int]

_WITHIN_WORD = re.compile(r"(?<=\w)(?=\w)|(?<=\d)(?=[.,]\d)|(?<=\d[.,])(?=\d)")
"""A place inside a word or number: "18 goals" stands in "118 goals" to the letter, and is another number there."""


class Fate(StrEnum):
    """What became of a citation."""

    KEPT = "kept"
    """It stands where it stood."""
    MOVED = "moved"
    """It stands elsewhere, to the letter."""
    STALE = "stale"
    """It no longer stands there, or nobody can tell which of several it would be."""


@dataclass(frozen=True, slots=True)
class Relocated:
    """A citation of the old text, and what became of it in the new one."""

    before: Citation
    now: Citation | None
    """The citation of the new text; None for a stale one."""
    nearest: Citation | None = None
    """For a stale one the span of the new text that is most like it, if anything is near."""

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.now is None:
            return Fate.STALE
        return Fate.KEPT if self.now.start == self.before.start else Fate.MOVED


@dataclass(frozen=True, slots=True)
class Affected:
    """An entry that cites the story, as it is to be kept from now on."""

    entry: Entry
    """With the citations that were found; those that were not stand as they did, and make it stale."""
    relocated: tuple[Relocated, ...]
    """Its citations of this story, in their order."""

    @property
    def is_stale(self) -> bool:
        """Whether one of them no longer stands."""
        return any(each.now is None for each in self.relocated)


def relocate(old: Story, new: Story, citations: Iterable[Citation]) -> tuple[Relocated, ...]:
    """Look up citations of an old text in the new one, in their order.

    The same words are found again between the same neighbours: the passages around them that stand once in either
    text, in the same order (the anchors of a patience diff). If they stand there as often as before, it is the same
    one of them; if not, but once in either text, it is that one; else the citation is stale. Where they have become a
    part of a longer word or number they do not count. Takes time in proportion to the text for each citation, and more
    for each stale one.
    """
    anchors = _Anchors(old, new)
    return tuple(_relocated(old, new, citation, anchors) for citation in citations)


def affected(old: Story, new: Story, entries: Iterable[Entry]) -> tuple[Affected, ...]:
    """Return the entries that cite a story whose text is replaced; citations of other stories stay as they are."""
    citing = [entry for entry in entries if any(each.story == old.slug for each in entry.citations)]
    cited = dict.fromkeys(each for entry in citing for each in entry.citations if each.story == old.slug)
    found = dict(zip(cited, relocate(old, new, cited), strict=True))
    return tuple(_affected(entry, found) for entry in citing)


def _affected(entry: Entry, found: Mapping[Citation, Relocated]) -> Affected:
    citations = (found[each].now or each if each in found else each for each in entry.citations)
    relocated = (found[each] for each in entry.citations if each in found)
    return Affected(replace(entry, citations=tuple(citations)), tuple(relocated))


def _relocated(old: Story, new: Story, citation: Citation, anchors: "_Anchors") -> Relocated:
    words = citation.excerpt
    start = _start_in(old, new, citation, anchors) if words else None
    if start is None:
        return Relocated(citation, None, closest_span(new, words))
    return Relocated(citation, Citation(new.slug, start, start + len(words), words, new.text_hash))


def _start_in(old: Story, new: Story, citation: Citation, anchors: "_Anchors") -> int | None:
    length = len(citation.excerpt)
    did_hold = holds(old, citation)
    cuts = _cuts(old.text, citation.start, length) if did_hold else set()
    everywhere = [s for s in occurrences(new.text, citation.excerpt) if _cuts(new.text, s, length) <= cuts]
    if not did_hold:
        return everywhere[0] if len(everywhere) == 1 else None
    stood = [s for s in occurrences(old.text, citation.excerpt) if _cuts(old.text, s, length) <= cuts]
    before, after = anchors.around(citation)
    were, are = _within(stood, before, length), _within(everywhere, after, length)
    if len(were) == len(are):
        return are[were.index(citation.start)]
    return everywhere[0] if len(everywhere) == len(stood) == 1 else None


def _cuts(text: str, start: int, length: int) -> set[int]:
    """Return which ends of a span, 0 and its length, lie inside a word or number."""
    return {end for end in (0, length) if _WITHIN_WORD.match(text, start + end)}


def _within(starts: list[int], span: Span, length: int) -> list[int]:
    """Return those of the sorted starts whose words lie within the span."""
    return starts[bisect_left(starts, span[0]) : bisect_right(starts, span[1] - length)]


class _Anchors:
    """Passages that stand once in either text, as many as are in the same order in both."""

    def __init__(self, old: Story, new: Story) -> None:
        once_in_new = {passage.text: passage for passage in new.passages}
        counts = Counter(passage.text for passage in new.passages)
        olds = Counter(passage.text for passage in old.passages)
        pairs = [
            ((passage.start, passage.end), (other.start, other.end))
            for passage in old.passages
            if olds[passage.text] == counts[passage.text] == 1
            for other in [once_in_new[passage.text]]
        ]
        self.pairs = [pairs[at] for at in _longest_rising([after for _, after in pairs])]
        self.whole: tuple[Span, Span] = (0, len(old.text)), (0, len(new.text))

    def around(self, citation: Citation) -> tuple[Span, Span]:
        """Return what lies between the nearest anchors in the old and the new text, the anchors included."""
        first = bisect_right(self.pairs, citation.start, key=lambda pair: pair[0][0]) - 1
        last = bisect_left(self.pairs, citation.end, key=lambda pair: pair[0][1])
        before = self.pairs[first] if first >= 0 else self.whole
        after = self.pairs[last] if last < len(self.pairs) else self.whole
        return (before[0][0], after[0][1]), (before[1][0], after[1][1])


def _longest_rising(spans: list[Span]) -> list[int]:
    """Return the indexes of a longest rising subsequence (patience sorting, n log n)."""
    tops: list[Span] = []
    piles: list[int] = []
    below: list[int] = []
    for index, span in enumerate(spans):
        pile = bisect_left(tops, span)
        below.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(span)
            piles.append(index)
        else:
            tops[pile], piles[pile] = span, index
    chain: list[int] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(at)
        at = below[at]
    return chain[::-1]
