"""What speaks for and against a candidate, as numbers that a person can read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.matching.features import count
from knowledge.matching.groups import Group, meanings
from knowledge.matching.index import neighbours
from knowledge.matching.part import Part
from knowledge.matching.vocabulary import Vocabulary
from knowledge.text.asking import VAGUE, denies, kinds

_VOTERS = 10
"""Nearest phrasings that are counted in `Evidence.votes`."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a candidate; the order of the fields is that of the confidence model's weights."""

    score: float
    """What the regression over the nearest phrasings gives it."""
    margin: float
    """How far its score is above the best rival's: a candidate that rests on other lines."""
    opposed: float
    """The score of the best gap; for a gap, that of the best candidate that is none."""
    opposed_likeness: float
    """The similarity of the nearest phrasing on that other side, 0 to 1."""
    asked: float
    """The share of the question's words, by rarity, that stand in its phrasings."""
    told: float
    """The same, in its phrasings, its answer or its excerpts."""
    opposed_asked: float
    """The share that stands in the phrasings of the best on the other side."""
    least: float
    """How well the least met word of the question is met, 1 where all of them stand in it."""
    unknown: float
    """The share of the question's words, by rarity, that nothing in the base holds."""
    length: float
    """How many words of the question carry meaning (natural logarithm of one more than that)."""
    kind: float
    """The share of its phrasings that ask for the same kind of answer (a person, a number ...)."""
    has_kind: float
    """1 where the question asks for a certain kind of answer at all."""
    denial: float
    """1 where the question denies something and no phrasing of it does."""
    numbers: float
    """Numbers in the question that neither its phrasings nor its answer and excerpts hold."""
    names: float
    """Names of the story in the question that neither its phrasings nor its answer and excerpts hold."""
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
    uncovered: tuple[str, ...] = field(default=())
    """Words of the question (as stems) that nothing of the candidate meets."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """A group with what the regression says about it."""

    group: Group
    score: float
    likeness: float
    phrasing: int


def matches(
    question: Sequence[str], parts: Sequence[Part], vocabulary: Vocabulary, language: str, *, limit: int
) -> tuple[Match, ...]:
    """Return the best matches of a question, given as its folded words, by score; gaps are among them."""
    mended = vocabulary.mend(question)
    scored, votes = _scored(mended, parts)
    if not scored:
        return ()
    asked = _Asked(question, mended, vocabulary, language)
    return tuple(_match(s, scored, votes, asked) for s in scored[:limit])


def _scored(question: Sequence[str], parts: Sequence[Part]) -> tuple[list[_Scored], list[Group]]:
    """Return the groups near a question, best first, and the groups of the nearest phrasings."""
    counts = count([question])
    near = neighbours([p.index for p in parts], [p.weights.rows(counts) for p in parts])
    totals: dict[tuple[int, int], list[float]] = {}
    for part, row, group, likeness, pull in zip(
        near.part.tolist(),
        near.row.tolist(),
        near.group.tolist(),
        near.likeness.tolist(),
        near.pull.tolist(),
        strict=True,
    ):
        # Nearest phrasings come first, so the first of a group is its nearest.
        totals.setdefault((part, group), [0.0, likeness, parts[part].phrasing_of[row][1]])[0] += pull
    scored = [_Scored(parts[p].groups[g], t[0], t[1], int(t[2])) for (p, g), t in totals.items()]
    # A server's own entry wins over a pack's that says the same.
    scored.sort(key=lambda s: (-round(s.score, 3), not s.group.own))
    voters = zip(near.part[:_VOTERS].tolist(), near.group[:_VOTERS].tolist(), strict=True)
    return scored, [parts[p].groups[g] for p, g in voters]


_SHORTEST_LIKE = 4
_LIKE = 0.7


def _likest(stem: str, held: frozenset[str]) -> float:
    """Return the similarity of the likest stem held; 0 where none is like, and for short stems."""
    if len(stem) < _SHORTEST_LIKE:
        return 0.0
    others = [other for other in held if len(other) >= _SHORTEST_LIKE]
    found = process.extractOne(stem, others, scorer=OSA.normalized_similarity, score_cutoff=_LIKE)
    return float(found[1]) if found else 0.0


class _Asked:
    """The question, looked at once for all candidates."""

    def __init__(
        self, raw: Sequence[str], mended: Sequence[str], vocabulary: Vocabulary, language: str
    ) -> None:
        self.words = mended
        self.text = " ".join(mended)
        self.stems = meanings(mended, language)
        self.weights = [vocabulary.rarity(s) for s in self.stems]
        self.total = sum(self.weights) or 1.0
        known = frozenset(s for w in mended if vocabulary.knows(w) for s in meanings([w], language))
        self.unknown = 1.0 - self.share([float(s in known) for s in self.stems])
        self.kinds = kinds(mended) - VAGUE
        self.denies = denies(mended)
        self.numbers = {w for w in raw if w.isdigit()}
        self.names = {s for w in mended if vocabulary.is_name(w) for s in meanings([w], language)}

    def met(self, held: frozenset[str]) -> list[float]:
        """Return how well each word of the question is met by stems: 1 for the same, less for a like one, else 0."""
        return [1.0 if s in held else _likest(s, held) for s in self.stems]

    def share(self, met: Sequence[float]) -> float:
        """Return the share of the question's words, by rarity, that are met."""
        return sum(m * w for m, w in zip(met, self.weights, strict=True)) / self.total


def _match(mine: _Scored, scored: Sequence[_Scored], votes: Sequence[Group], asked: _Asked) -> Match:
    group = mine.group
    opposed = [s for s in scored if s.group.is_gap != group.is_gap]
    rivals = [s.score for s in scored if s.group.is_gap == group.is_gap and not _allied(s.group, group)]
    met, held = asked.met(group.asked), group.asked | group.told
    told = [max(pair) for pair in zip(met, asked.met(group.told), strict=True)]
    nearest = group.folded[mine.phrasing]
    evidence = Evidence(
        score=mine.score,
        margin=mine.score - max(rivals, default=0.0),
        opposed=opposed[0].score if opposed else 0.0,
        opposed_likeness=max((s.likeness for s in opposed), default=0.0),
        asked=asked.share(met),
        told=asked.share(told),
        opposed_asked=asked.share(asked.met(opposed[0].group.asked)) if opposed else 0.0,
        least=min(told, default=1.0),
        unknown=asked.unknown,
        length=math.log1p(len(asked.stems)),
        kind=max((group.kinds.get(kind, 0.0) for kind in asked.kinds), default=0.0),
        has_kind=float(bool(asked.kinds)),
        denial=float(asked.denies and not group.denies),
        numbers=float(len(asked.numbers - held)),
        names=float(len(asked.names - held)),
        overlap=fuzz.token_set_ratio(asked.text, " ".join(nearest)) / 100,
        alignment=fuzz.token_sort_ratio(asked.text, " ".join(nearest)) / 100,
        votes=sum(_allied(v, group) for v in votes if v.is_gap == group.is_gap) / _VOTERS,
    )
    uncovered = tuple(s for s in asked.stems if s not in held)
    return Match(group, mine.phrasing, mine.likeness, evidence, uncovered)


def _allied(one: Group, other: Group) -> bool:
    """Tell whether two groups are one, or rest on a line that both cite: then the one does not contradict the other."""
    return one is other or bool(one.spans & other.spans)
