"""How good the answers are, on questions whose right answers are known.

right       the outcome is `answer`, what is said is right and so is what it cites
wrong       the outcome is `answer`, but what is said or cited is not right, or there is nothing right to say
offered     the outcome is `choices`, and one of the first three suggestions rests on a right excerpt
held back   anything else: the best there is for an unanswerable question

Only the first three citations count, and an excerpt over 350 characters counts as none. A question that no
entry is about can be set apart as *uncurated*: there `closest` with a right excerpt first is what a bot can
do, and is right.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.evaluation.questions import Expected
from knowledge.model import Answer, Entry, Outcome, Question

_CITATIONS_THAT_COUNT = 3
_LONGEST_EXCERPT = 350
_SHORTEST_PART = 12
"""Code points that an excerpt has at least, to be right as a mere part of a right span."""

_ONE_STYLE = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\xa0", "''\"\"-- ")


class Verdict(StrEnum):
    """What became of a question."""

    RIGHT = "right"
    WRONG = "wrong"
    OFFERED = "offered"
    HELD_BACK = "held back"


class Kind(StrEnum):
    """What could be done about a question: answer it, only show a near line, or nothing."""

    ANSWERABLE = "answerable"
    UNCURATED = "uncurated"
    UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its reply and what became of it."""

    expected: Expected
    answer: Answer
    kind: Kind
    verdict: Verdict


def judge(expected: Expected, answer: Answer) -> Verdict:
    """Say what became of a question; the rules stand at the head of this module."""
    if answer.outcome is Outcome.CHOICES and expected.answerable:
        excerpts = [suggestion.excerpt for suggestion in answer.suggestions[:_CITATIONS_THAT_COUNT]]
        offered = any(_supports(expected, _fold(excerpt)) for excerpt in excerpts)
        return Verdict.OFFERED if offered else Verdict.HELD_BACK
    if answer.outcome is not Outcome.ANSWER:
        return Verdict.HELD_BACK
    return Verdict.RIGHT if expected.answerable and _is_right(expected, answer) else Verdict.WRONG


def evaluate(
    ask: Callable[[Question], Answer], questions: Iterable[Expected], entries: Sequence[Entry] | None = None
) -> tuple[Judged, ...]:
    """Ask every question and judge the replies; with `entries`, set apart those that no entry is about."""
    return tuple(_judged(expected, ask(expected.question), entries) for expected in questions)


def _judged(expected: Expected, answer: Answer, entries: Sequence[Entry] | None) -> Judged:
    verdict = judge(expected, answer)
    if not expected.answerable:
        return Judged(expected, answer, Kind.UNANSWERABLE, verdict)
    if entries is None or _is_curated(expected, entries):
        return Judged(expected, answer, Kind.ANSWERABLE, verdict)
    if answer.outcome is Outcome.CLOSEST and _is_right(expected, answer, citations=1):
        verdict = Verdict.RIGHT
    return Judged(expected, answer, Kind.UNCURATED, verdict)


def _is_right(expected: Expected, answer: Answer, citations: int = _CITATIONS_THAT_COUNT) -> bool:
    cited = (one.citation.excerpt for one in answer.citations[:citations])
    excerpts = [_fold(excerpt) for excerpt in cited if len(excerpt) <= _LONGEST_EXCERPT]
    said = "\n".join([_fold(answer.text), *excerpts])
    complete = all(any(_fold(text) in said for text in group) for group in expected.says)
    return complete and any(_supports(expected, excerpt) for excerpt in excerpts)


def _supports(expected: Expected, folded: str) -> bool:
    spans = map(_fold, expected.cites)
    return any(span in folded or (len(folded) >= _SHORTEST_PART and folded in span) for span in spans)


def _is_curated(expected: Expected, entries: Sequence[Entry]) -> bool:
    excerpts = [_fold(citation.excerpt) for entry in entries for citation in entry.citations]
    spans = [_fold(span) for span in expected.cites]
    return any(span in excerpt or excerpt in span for span in spans for excerpt in excerpts)


def _fold(text: str) -> str:
    """Fold what does not count when texts are compared: case, the style of quotes and dashes, white space."""
    return re.sub(r"\s+", " ", text.translate(_ONE_STYLE)).strip().casefold()
