"""What a change does, told by the questions that a server knows: which would be answered otherwise, and how."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.answering import Base
from knowledge.effect.known import Known
from knowledge.effect.memory import Memory
from knowledge.effect.said import Said, said
from knowledge.evaluation import Verdict, is_answerable, verdict
from knowledge.model import Answer, Graded, Outcome, Question

_WORTH = {Verdict.RIGHT: 2, Verdict.OFFERED: 1, Verdict.HELD_BACK: 1, Verdict.WRONG: 0}


class Turn(StrEnum):
    """How a changed answer turns out."""

    WON = "won"
    """Right where it was not, or no longer wrong; where nobody knows what is right, answered where it was not."""
    LOST = "lost"
    """The opposite."""
    OTHER = "other"
    """Another answer, no better and no worse as far as anyone knows."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question that would be answered otherwise."""

    question: str
    before: Said
    after: Said
    turn: Turn


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does."""

    changed: tuple[Change, ...]
    """What is lost first, then what is won; in the order of the questions."""
    asked: int
    """How many questions had to be asked again; all others certainly stay as they are."""


def effect(memory: Memory, after: Base, questions: Iterable[Known]) -> Effect:
    """Foresee what becomes of known questions if a base is changed.

    `memory` is of the base before; `questions` are those that the server will know, with what will be right
    for them; those of the memory are looked at anyway. It is exact: what is not asked again is answered the same. Not
    for the event loop.
    """
    before = memory.base
    affected = memory.affected(after)
    every = {one.text: one for one in (*memory.questions, *questions)}
    changed: list[Change] = []
    asked = 0
    for text, one in every.items():
        seen = memory.seen.get(text)
        if seen is not None and text not in affected:
            continue
        asked += 1
        old = seen.answer if seen is not None else before.answer(Question(text), with_candidates=False)
        new = after.answer(Question(text), with_candidates=False)
        if said(old) != said(new):
            turn = _turn(_worth(before, after, one.graded, old), _worth(after, before, one.graded, new))
            changed.append(Change(text, said(old), said(new), turn))
    order = [Turn.LOST, Turn.WON, Turn.OTHER]
    return Effect(tuple(sorted(changed, key=lambda change: order.index(change.turn))), asked)


def _worth(base: Base, other: Base, graded: Graded | None, answer: Answer) -> int:
    """Return how good an answer is; by the other base where the right entry is only there."""
    if graded is None:
        return answer.outcome is Outcome.ANSWER
    return _WORTH[verdict(base if is_answerable(base, graded) else other, graded, answer)]


def _turn(before: int, after: int) -> Turn:
    if before == after:
        return Turn.OTHER
    return Turn.WON if after > before else Turn.LOST
