"""What a base says to a question, and what of the base that rests on."""

from dataclasses import dataclass
from itertools import chain

from knowledge.answering import Base
from knowledge.answering.path import lookups
from knowledge.answering.weighing import SAME, is_settled
from knowledge.matching.asked import Asked
from knowledge.matching.index import NEIGHBOURS
from knowledge.matching.part import Part
from knowledge.model import Answer, AnswerSource, Outcome, Question

NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Said:
    """What members read as the answer to a question."""

    outcome: Outcome
    text: str
    source: AnswerSource | None


def said(answer: Answer) -> Said:
    """Return what members read of an answer."""
    return Said(answer.outcome, answer.text, answer.source)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Words as they were looked up, and which changes of the base can change what was found."""

    words: tuple[str, ...]
    mended: tuple[str, ...]
    stems: tuple[str, ...]
    """Those whose rarity tells what is found; none where that is settled whatever their rarity."""
    reach: float
    """How like a phrasing has to be, at least, to be among those that are looked at."""
    own_reach: float
    """The same where the server's own phrasings are looked at alone; `NEVER` where none of them is like enough."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A question as a base saw it: the answer, and all that was looked up for it."""

    answer: Answer
    lookups: tuple[Lookup, ...]
    is_alone: bool
    """Whether nothing but the lookups makes up the answer: a sentence encoder tells more."""


def see(base: Base, text: str) -> Seen:
    """Ask a base a question, and find out what the answer rests on."""
    question = Question(text)
    noting = base.noting({})
    answer = noting.answer(question, with_candidates=False)
    looked_up = tuple(_look_up(noting, words) for words in lookups(base, question))
    return Seen(answer, looked_up, is_alone=base.closer is None)


def _look_up(base: Base, words: tuple[str, ...]) -> Lookup:
    asked = base.asked(words)
    _, reach = _nearest(asked, base.curated)
    likest, own_reach = _nearest(asked, (base.own_part,) if base.own_part else ())
    # The server's own entry is looked for alone, and used only where it is a mere wording of the question.
    if likest < SAME:
        return Lookup(words, asked.words, asked.stems, reach, NEVER)
    return Lookup(words, asked.words, () if is_settled(base, asked) else asked.stems, reach, own_reach)


def _nearest(asked: Asked, looked_at: tuple[Part, ...]) -> tuple[float, float]:
    """Return how like the likest phrasing is, and the least like of those that count (0 if more would count)."""
    near = sorted(chain.from_iterable(asked.nearest(part).likeness.tolist() for part in looked_at))
    likest = near[-1] if near else 0.0
    return likest, near[-NEIGHBOURS] if len(near) >= NEIGHBOURS else 0.0
