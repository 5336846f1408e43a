"""How good the answers are, on questions whose right answers are known.

right       the outcome is `answer`, what is said is right and so is what it cites
wrong       the outcome is `answer`, but what is said or cited is not right, or there is nothing right to say
offered     the outcome is `choices`, and one of the first three suggestions rests on a right excerpt
held back   anything else: the best there is for an unanswerable question

Only the first three citations count, and an excerpt over 350 characters counts as none. A question that no
entry is about can be set apart as *uncurated*: there `closest` with a right excerpt first is what a bot can
do, and is right.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.errors import SafeError
from knowledge.model import Answer, Entry, Outcome, Question

_CITATIONS_THAT_COUNT = 3
_LONGEST_EXCERPT = 350
_SHORTEST_PART = 12
"""Code points that an excerpt has at least, to be right as a mere part of a right span."""

_ONE_STYLE = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\xa0", "''\"\"-- ")

ALL_STYLES = "all"
"""The style under which a tally counts every style together."""


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
class Expected:
    """A question and what a right reply to it says and cites."""

    id: str
    question: Question
    style: str
    answerable: bool
    says: tuple[tuple[str, ...], ...] = ()
    """For each part of the question, the texts of which one must be said."""
    cites: tuple[str, ...] = ()
    """Verbatim spans; a cited excerpt must hold one of them or be part of one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its reply and what became of it."""

    expected: Expected
    answer: Answer
    kind: Kind
    verdict: Verdict


Tally = Counter[Verdict]


def read_questions(text: str, file: str) -> tuple[Expected, ...]:
    """Read questions with known answers from JSON Lines; blank lines are passed over.

    A line has `id`, `question`, `style` and `answerable`; an answerable one also `answer_any` (or, for
    several parts, `answer_all`) and `cite_any`; `after` and `story` as in a batch. Raises a `SafeError` that
    names the first bad line.
    """
    return tuple(
        _read_line(line, f"{file}:{number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )


def _read_line(line: str, where: str) -> Expected:
    try:
        said = json.loads(line)
        answerable = bool(said["answerable"])
        groups = said.get("answer_all") or [said["answer_any"]] if answerable else []
        return Expected(
            id=str(said.get("id", where)),
            question=Question(str(said["question"]), tuple(said.get("after", ())), said.get("story")),
            style=str(said.get("style", "")),
            answerable=answerable,
            says=tuple(tuple(map(str, group)) for group in groups),
            cites=tuple(map(str, said["cite_any"])) if answerable else (),
        )
    except ValueError as error:
        raise SafeError(f"{where}: not JSON ({error}).") from None
    except KeyError as error:
        raise SafeError(f"{where}: the field {error} is missing.") from None
    except (TypeError, AttributeError):
        raise SafeError(
            f"{where}: a field is not of the kind it should be (text, or a list of texts)."
        ) from None


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


def tally(judged: Iterable[Judged]) -> dict[tuple[Kind, str], Tally]:
    """Count the verdicts of each kind and style, and of a kind's styles together under `ALL_STYLES`."""
    counts: dict[tuple[Kind, str], Tally] = {}
    for one in judged:
        for style in (ALL_STYLES, one.expected.style):
            counts.setdefault((one.kind, style), Counter())[one.verdict] += 1
    return dict(sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] != ALL_STYLES, item[0][1])))


def figures(judged: Iterable[Judged]) -> dict[str, float]:
    """Return the figures that matter, as shares of 1; one whose kind of question was not asked is left out.

    `right`, `wrong`, `offered` and `helped` (right or offered) of the answerable questions; `answered` of the
    unanswerable ones; `uncurated`: how many of those got their line.
    """
    counts = tally(judged)
    shares: dict[str, float] = {}
    if answerable := counts.get((Kind.ANSWERABLE, ALL_STYLES)):
        right, offered = answerable[Verdict.RIGHT], answerable[Verdict.OFFERED]
        whole = answerable.total()
        shares |= {"right": right / whole, "wrong": answerable[Verdict.WRONG] / whole}
        shares |= {"offered": offered / whole, "helped": (right + offered) / whole}
    if unanswerable := counts.get((Kind.UNANSWERABLE, ALL_STYLES)):
        shares["answered"] = unanswerable[Verdict.WRONG] / unanswerable.total()
    if uncurated := counts.get((Kind.UNCURATED, ALL_STYLES)):
        shares["uncurated"] = uncurated[Verdict.RIGHT] / uncurated.total()
    return shares


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
