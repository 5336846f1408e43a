"""Which entries are taken for one another: every phrasing is asked with itself left out.

It needs no graded questions. Phrasings of one entry are mostly written to differ from one another, so what is found
this way is less than what members find; the pairs that are confused are what it is for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.answering import Base, weighing
from knowledge.evaluation.figures import Share
from knowledge.matching.asked import Asked
from knowledge.matching.groups import Group, allied
from knowledge.model import AnswerSource

Row = tuple[int, int]
"""A phrasing: one of the base's `curated` parts, and the row of that part's index."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A phrasing that was asked with itself left out, and what it went to."""

    entry: AnswerSource
    phrasing: str
    went_to: AnswerSource | None
    """The best entry or gap; None where nothing came near."""
    is_found: bool
    """Whether that is its own, or says the same: an entry that rests on the same line, for a gap another gap."""
    is_answered: bool
    """Whether it is an entry, and the bot would be sure enough to answer with it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry whose phrasings, left out, go to another entry that does not say the same."""

    entry: AnswerSource
    taken_for: AnswerSource
    times: int
    of: int
    """How many of its phrasings were asked."""
    answered: int
    """How many times the bot would even answer with the other."""
    example: str


def rows(base: Base) -> tuple[Row, ...]:
    """Return the phrasings that can be left out: those of usable entries and gaps that have more than one."""
    return tuple(
        (i, row)
        for i, part in enumerate(base.curated)
        for row, (at, _) in enumerate(part.phrasing_of)
        if len(part.groups[at].phrasings) > 1 and base.usable(part.groups[at])
    )


def leave_out(base: Base, asked: Iterable[Row]) -> tuple[LeftOut, ...]:
    """Ask phrasings, each with itself left out."""
    return tuple(_left_out(base, part, row) for part, row in asked)


def found(left_out: Sequence[LeftOut]) -> Share:
    """Return how many went to their own entry or to one that says the same; there must be some."""
    return Share(sum(one.is_found for one in left_out), len(left_out))


def pairs(left_out: Sequence[LeftOut]) -> tuple[Pair, ...]:
    """Return the entries that are taken for others: those that would be answered wrongly first, then by how often."""
    asked: dict[AnswerSource, int] = defaultdict(int)
    confused: dict[tuple[AnswerSource, AnswerSource], list[LeftOut]] = defaultdict(list)
    for one in left_out:
        asked[one.entry] += 1
        if one.went_to is not None and not one.is_found:
            confused[one.entry, one.went_to].append(one)
    listed = (
        Pair(
            entry,
            taken_for,
            times=len(them),
            of=asked[entry],
            answered=sum(one.is_answered for one in them),
            example=max(them, key=lambda one: one.is_answered).phrasing,
        )
        for (entry, taken_for), them in confused.items()
    )
    return tuple(sorted(listed, key=lambda pair: (-pair.answered, -pair.times)))


def _left_out(base: Base, part: int, row: int) -> LeftOut:
    at, phrasing = base.curated[part].phrasing_of[row]
    mine = base.curated[part].groups[at]
    lacking = base.without(part, row)
    asked = Asked(mine.folded[phrasing], lacking.vocabulary, lacking.compiled.language)
    best = weighing.weigh_curated(lacking, asked, None)
    if not best:
        return LeftOut(mine.source, mine.phrasings[phrasing], None, is_found=False, is_answered=False)
    other = best[0].match.group
    return LeftOut(
        mine.source,
        mine.phrasings[phrasing],
        other.source,
        is_found=_say_the_same(mine, other),
        is_answered=weighing.is_given(best, base.sure),
    )


def _say_the_same(one: Group, other: Group) -> bool:
    if one.source == other.source:
        return True
    return one.is_gap == other.is_gap and (one.is_gap or allied(one, other))
