"""Why a question was answered as it was: how it was read, and what spoke for and against each candidate."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from knowledge.answering import path
from knowledge.answering.weighing import MARGIN, Refusal, Weighed, is_rivalled, needed, refusals
from knowledge.matching.confidence import contributions
from knowledge.matching.evidence import Evidence
from knowledge.matching.groups import meanings
from knowledge.matching.passages import Near
from knowledge.model import Answer, AnswerSource, Question
from knowledge.text.stems import stem

if TYPE_CHECKING:
    from knowledge.answering.base import Base


@dataclass(frozen=True, slots=True)
class Weight:
    """One kind of evidence: a field of `Evidence`, its value, and what it adds to the log-odds of the confidence."""

    field: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate, and why it was or was not the answer."""

    source: AnswerSource
    phrasing: str
    """Its phrasing nearest to the question."""
    likeness: float
    """The similarity of that phrasing to the question, 0 to 1."""
    confidence: float
    start: float
    """The log-odds of the confidence before any evidence."""
    evidence: tuple[Weight, ...]
    """In the order of the fields of `Evidence`."""
    refusals: tuple[Refusal, ...]
    """What keeps it from being given as the answer."""
    uncovered: tuple[str, ...]
    """Words of the question that nothing of it meets."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What stands in a question, and the words it was taken for: those that the base knows, or those that are meant."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence something is said, 0 to 1; `knowledge.answering.path` tells each."""

    sure: float
    margin: float
    possible: float
    near: float
    """This one is a nearness of lines, not a confidence."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reply and how it came about."""

    answer: Answer
    asked: tuple[str, ...]
    """The folded words that were looked up, mended."""
    mended: tuple[Mended, ...]
    short_forms: tuple[Mended, ...]
    """The server's short forms, and what they were read as."""
    is_follow_up: bool
    """Whether it was read with the question before it."""
    uncovered: tuple[str, ...]
    """Telling words of the question that no candidate meets."""
    candidates: tuple[Considered, ...]
    """Best first."""
    lines: tuple[Near, ...]
    """The nearest passages, nearest first."""
    thresholds: Thresholds


def explain(base: "Base", question: Question) -> Explanation:
    """Answer a question, and tell why."""
    asked, best = path.read(base, question)
    read = base.vocabulary.mend(asked)
    word_of = {stem(word, base.compiled.language): word for word in read}
    considered = tuple(
        _considered(base, best, place, word_of) for place in range(min(len(best), path.CANDIDATES))
    )
    telling = [word_of.get(s, s) for s in meanings(read, base.compiled.language)]
    return Explanation(
        answer=path.answer(base, question),
        asked=read,
        mended=tuple(Mended(a, b) for a, b in zip(asked, read, strict=True) if a != b),
        is_follow_up=asked != base.words_of(question.text),
        uncovered=tuple(word for word in telling if all(word in one.uncovered for one in considered)),
        candidates=considered,
        lines=path.passages(base, asked, question.story, best),
        short_forms=tuple(Mended(a, b) for a, b in base.short_forms(question.text)),
        thresholds=Thresholds(
            needed(best[0], base.sure) if best else base.sure, MARGIN, path.POSSIBLE, path.NEAR
        ),
    )


def _considered(base: "Base", best: list[Weighed], place: int, word_of: Mapping[str, str]) -> Considered:
    weighed = best[place]
    match = weighed.match
    added = contributions(match.evidence, is_closer=weighed.is_closer)
    refused = refusals(weighed, base.sure)
    if place == 0 and not refused and is_rivalled(best):
        refused = (Refusal.RIVAL,)
    return Considered(
        source=match.group.source,
        phrasing=match.group.phrasings[match.phrasing],
        likeness=match.likeness,
        confidence=weighed.confidence,
        start=added["bias"],
        evidence=tuple(
            Weight(f.name, float(getattr(match.evidence, f.name)), added[f.name]) for f in fields(Evidence)
        ),
        refusals=refused,
        uncovered=tuple(word_of.get(s, s) for s in match.uncovered),
    )
