"""What a base says to a question, and what of the base that rests on."""

from dataclasses import dataclass

from knowledge.answering import Base
from knowledge.answering.several import parts
from knowledge.answering.weighing import SAME
from knowledge.matching.asked import Asked
from knowledge.matching.index import NEIGHBOURS, neighbours
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
class Seen:
    """A question as a base saw it: the answer, and which changes of the base can change it."""

    answer: Answer
    words: tuple[str, ...]
    """As they were asked, folded."""
    mended: tuple[str, ...]
    """As they were looked up."""
    stems: tuple[str, ...]
    reach: float
    """How like a phrasing has to be, at least, to be among those that the question is answered by."""
    own_reach: float
    """The same where the server's own phrasings are looked at alone; `NEVER` where none of them is like enough."""
    is_alone: bool
    """Whether all that it rests on is told here: not for several questions in one, or with a sentence encoder."""


def see(base: Base, text: str) -> Seen:
    """Ask a base a question, and find out what the answer rests on."""
    words = base.words_of(text)
    asked = Asked(words, base.vocabulary, base.compiled.language)
    _, reach = _nearest(asked, base.curated)
    likest, own_reach = _nearest(asked, own_parts(base))
    return Seen(
        answer=base.answer(Question(text)),
        words=words,
        mended=asked.words,
        stems=asked.stems,
        reach=reach,
        # The server's own entry is looked for alone, and used only where it is a mere wording of the question.
        own_reach=own_reach if likest >= SAME else NEVER,
        is_alone=not parts(text) and base.closer is None,
    )


def own_parts(base: Base) -> tuple[Part, ...]:
    """Return the part that holds the server's own entries, if there is any."""
    return tuple(part for part in base.curated if part.groups[0].own)


def _nearest(asked: Asked, looked_at: tuple[Part, ...]) -> tuple[float, float]:
    """Return how like the likest phrasing is, and the least like of those that count (0 if more would count)."""
    if not looked_at:
        return 0.0, 0.0
    indexes = [part.index for part in looked_at]
    near = neighbours(indexes, [asked.similarities(part) for part in looked_at]).likeness
    return float(near[0]) if len(near) else 0.0, float(near[-1]) if len(near) == NEIGHBOURS else 0.0
