"""What speaks for and against a candidate, as numbers that a person can read."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.matching.asked import Asked
from knowledge.matching.groups import Group, allied, meanings
from knowledge.matching.index import neighbours
from knowledge.matching.part import Part
from knowledge.model import SourceKind

_VOTERS = 10
"""Nearest phrasings that are counted in `Evidence.votes`."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a candidate; the order of the fields is that of the confidence model's weights."""

    margin: float
    """How far its score is above the best rival's: a candidate that rests on other lines."""
    opposed: float
    """The score of the best gap; for a gap, that of the best candidate that is none."""
    told: float
    """The share of the question's words, by rarity, that stand in its phrasings, its answer or its excerpts."""
    least: float
    """How well the least met word of the question is met, 1 where all of them stand in it."""
    meant: float
    """The same by meaning: a word counts as far as the likest of theirs means it."""
    length: float
    """How many words of the question carry meaning (natural logarithm of one more than that)."""
    kind: float
    """The share of its phrasings that ask for the same kind of answer (a person, a number ...)."""
    has_kind: float
    """1 where the question asks for a certain kind of answer at all."""
    denial: float
    """1 where the question denies something and hardly a phrasing of it does."""
    numbers: float
    """Numbers in the question that neither its phrasings nor its answer and excerpts hold."""
    names: float
    """Names of the story in the question that it is not about, though a phrasing or an excerpt may mention them."""
    overlap: float
    """rapidfuzz's token_set_ratio with the nearest phrasing, 0 to 1: one may say more than the other."""
    alignment: float
    """rapidfuzz's token_sort_ratio with the nearest phrasing, 0 to 1: both say the same words."""
    votes: float
    """The share of the ten nearest phrasings that are its own or its allies'."""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate: the group, its nearest phrasing, and the evidence."""

    group: Group
    phrasing: int
    likeness: float
    evidence: Evidence
    uncovered: tuple[str, ...]
    """Words of the question (as stems) that nothing of the candidate meets."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """A group with what the regression says about it."""

    group: Group
    score: float
    likeness: float
    phrasing: int


class _Field:
    """All groups near a question, best first, and what each of them has to beat."""

    def __init__(self, scored: Sequence[_Scored], voters: Sequence[Group]) -> None:
        self.scored = scored
        self._voters = Counter(voters)
        self._sides = {is_gap: [s for s in scored if s.group.is_gap == is_gap] for is_gap in (False, True)}

    def rival(self, group: Group) -> float:
        """Return the score of the best on a group's own side that rests on other lines; 0 for none."""
        return next((s.score for s in self._sides[group.is_gap] if not allied(s.group, group)), 0.0)

    def opposed(self, group: Group) -> float:
        """Return the score of the best on the other side; 0 for none."""
        return next((s.score for s in self._sides[not group.is_gap]), 0.0)

    def votes(self, group: Group) -> float:
        """Return the share of the nearest phrasings that stand by a group."""
        own_side = (n for v, n in self._voters.items() if v.is_gap == group.is_gap and allied(v, group))
        return sum(own_side) / _VOTERS


def matches(
    asked: Asked,
    parts: Sequence[Part],
    *,
    limit: int,
    kinds: frozenset[SourceKind] = frozenset(SourceKind),
    usable: Callable[[Group], bool] = lambda _: True,
) -> tuple[Match, ...]:
    """Return the best matches of a question by score; only those of some kinds.

    A group that is not `usable` is no candidate, no rival and no voter.
    """
    field = _near(asked, parts, usable) if parts else _Field((), ())
    chosen = [s for s in field.scored if s.group.source.kind in kinds][:limit]
    return tuple(_match(s, field, asked) for s in chosen)


def _near(asked: Asked, parts: Sequence[Part], usable: Callable[[Group], bool]) -> _Field:
    """Find the usable groups near a question and score them."""
    near = neighbours([p.index for p in parts], [asked.nearest(p) for p in parts])
    totals: dict[tuple[int, int], list[float]] = {}
    columns = (near.part, near.row, near.group, near.likeness, near.pull)
    for part, row, group, likeness, pull in zip(*(column.tolist() for column in columns), strict=True):
        if (part, group) in totals:
            totals[part, group][0] += pull
        else:
            # Nearest phrasings come first, so the first of a group is its nearest.
            totals[part, group] = [pull, likeness, parts[part].phrasing_of[row][1]]
    groups = {(p, g): group for p, g in totals if usable(group := parts[p].groups[g])}
    scored = [_Scored(group, t[0], t[1], int(t[2])) for at, group in groups.items() for t in [totals[at]]]
    # A server's own entry wins over a pack's that says the same.
    scored.sort(key=lambda s: (-round(s.score, 3), not s.group.own))
    voters = zip(near.part[:_VOTERS].tolist(), near.group[:_VOTERS].tolist(), strict=True)
    return _Field(scored, [groups[at] for at in voters if at in groups])


def _match(mine: _Scored, field: _Field, asked: Asked) -> Match:
    group, held = mine.group, mine.group.held
    nearest = " ".join(group.folded[mine.phrasing])
    met, meant = asked.met(held)
    evidence = Evidence(
        margin=mine.score - field.rival(group),
        opposed=field.opposed(group),
        told=asked.share(met),
        least=min(met, default=1.0),
        meant=asked.share(meant),
        length=math.log1p(len(asked.stems)),
        kind=max((group.kinds.get(kind, 0.0) for kind in asked.kinds), default=0.0),
        has_kind=float(bool(asked.kinds)),
        denial=float(asked.denies and not group.denies),
        numbers=float(len(asked.numbers - held)),
        names=_unmet_names(mine, asked),
        overlap=fuzz.token_set_ratio(asked.text, nearest) / 100,
        alignment=fuzz.token_sort_ratio(asked.text, nearest) / 100,
        votes=field.votes(group),
    )
    return Match(
        group, mine.phrasing, mine.likeness, evidence, tuple(s for s in asked.stems if s not in held)
    )


def _unmet_names(mine: _Scored, asked: Asked) -> float:
    if not asked.names:
        return 0.0
    nearest = meanings(mine.group.folded[mine.phrasing], asked.language)
    about = mine.group.firm.union(nearest)
    return float(sum(family.isdisjoint(about) for family in asked.names))
