"""`pullquote eval`: how good the answers are, and guards that fail when they get worse."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.progress import track

from bot.cli.compared import Compared
from bot.cli.group import WrongUseError
from bot.cli.guards import Guard, broken
from bot.cli.loading import Knowledge
from bot.cli.measured import Measured, print_report, report
from bot.cli.replies import send
from bot.cli.screen import console
from knowledge.answering import Base
from knowledge.errors import SafeError
from knowledge.evaluation import Expected, Judged, calibrate, evaluate, leave_out, read_questions, rows
from knowledge.model import Entry, Strictness

_Item = TypeVar("_Item")

LEFT_OUT = "left_out"
"""The figure for which every phrasing is asked with itself left out: a guard on it asks for that too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured: the questions of some files, the phrasings of the entries, or both."""

    files: Sequence[Path] = ()
    uncurated: bool = False
    """Whether questions that no entry is about are set apart."""
    leave_one_out: bool = False


def measure(
    knowledge: Knowledge, wanted: Wanted, guards: Sequence[Guard], *, as_json: bool, show: int
) -> tuple[str, ...]:
    """Measure, and print how good the answers are; return a sentence for each broken guard.

    `show`: how many of the questions that went wrong, and of the pairs that are confused, are printed.
    """
    is_left_out = wanted.leave_one_out or any(guard.figure == LEFT_OUT for guard in guards)
    if not wanted.files and not is_left_out:
        raise WrongUseError("There is nothing to measure: name files of questions, or give --leave-one-out.")
    questions = [one for file in wanted.files for one in read_questions(_text_of(file), str(file))]
    base = asyncio.run(knowledge.base())
    measured = _measure(
        base,
        questions,
        is_uncurated=wanted.uncurated,
        is_compared=bool(questions) and knowledge.strictness is None,
        is_left_out=is_left_out,
    )
    sentences = broken(guards, measured.figures)
    if as_json:
        send(report(measured, show))
    else:
        print_report(console(), measured, show)
    return sentences


def _measure(
    base: Base, questions: Sequence[Expected], *, is_uncurated: bool, is_compared: bool, is_left_out: bool
) -> Measured:
    entries = [*base.own, *(entry for pack in base.packs for entry in pack.entries)] if is_uncurated else None
    judged = evaluate(base.answer, _watched(questions, "Questions"), entries)
    compared = _compare(base, questions, judged, entries) if is_compared else None
    left_out = leave_out(base, _watched(rows(base), "Phrasings, each left out")) if is_left_out else None
    return Measured(judged, calibrate(judged, base.answer_from), compared, left_out)


def _compare(
    base: Base, questions: Sequence[Expected], judged: Sequence[Judged], entries: Sequence[Entry] | None
) -> Compared:
    """Judge the questions at each strictness; as the base is set, they were `judged` already.

    They are asked again, as more than the outcome changes: what is not sure enough is looked for elsewhere too.
    """

    def judged_at(strictness: Strictness) -> Sequence[Judged]:
        if strictness is base.settings.strictness:
            return judged
        return evaluate(base.at(strictness).answer, _watched(questions, f"Questions, {strictness}"), entries)

    return {strictness: judged_at(strictness) for strictness in Strictness}


def _watched(items: Sequence[_Item], what: str) -> Iterable[_Item]:
    """Show how far it is, to somebody who waits at a terminal."""
    screen = console(error=True)
    return track(items, what, console=screen, transient=True, disable=not screen.is_terminal)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SafeError(f"{file} is not UTF-8 (byte {error.start + 1}).") from None
