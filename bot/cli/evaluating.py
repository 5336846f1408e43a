"""`pullquote eval`: a table of how good the answers are, and guards that fail when they get worse."""

import asyncio
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from bot.cli.group import WrongUseError
from bot.cli.loading import Knowledge
from bot.cli.replies import reply, send
from bot.cli.screen import console, say
from knowledge.errors import SafeError
from knowledge.evaluation import (
    ALL_STYLES,
    Judged,
    Kind,
    Verdict,
    evaluate,
    figures,
    read_questions,
    tally,
)

FIGURES = ("right", "wrong", "offered", "helped", "answered", "uncurated")
"""What a guard can be set on; `knowledge.evaluation.figures` says what each is."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A figure that must not fall below a floor, or not rise above a ceiling."""

    figure: str
    share: float
    is_floor: bool

    def broken_by(self, value: float) -> str:
        """Return a sentence that tells how the figure breaks this guard; "" if it keeps to it."""
        if self.is_floor and value < self.share:
            return f"{self.figure} is {value:.1%}, below its floor of {self.share:.1%}."
        if not self.is_floor and value > self.share:
            return f"{self.figure} is {value:.1%}, above its ceiling of {self.share:.1%}."
        return ""


def read_guards(floors: Iterable[str], ceilings: Iterable[str]) -> tuple[Guard, ...]:
    """Read guards written as `figure=share`; `WrongUseError` for what is none."""
    return (
        *(_read_guard(text, is_floor=True) for text in floors),
        *(_read_guard(text, is_floor=False) for text in ceilings),
    )


def _read_guard(text: str, *, is_floor: bool) -> Guard:
    figure, _, share = text.partition("=")
    try:
        value = float(share)
    except ValueError:
        value = -1.0
    if figure not in FIGURES or not 0 <= value <= 1:
        raise WrongUseError(f"{text!r} is no guard: write right=0.5, with one of {', '.join(FIGURES)}.")
    return Guard(figure, value, is_floor)


def measure(
    knowledge: Knowledge,
    files: Sequence[Path],
    guards: Sequence[Guard],
    *,
    as_json: bool,
    uncurated: bool,
    show: int,
) -> tuple[str, ...]:
    """Ask the files' questions and print how the replies were; return a sentence for each broken guard."""
    questions = [one for file in files for one in read_questions(_text_of(file), str(file))]
    base = asyncio.run(knowledge.base())
    entries = [*base.own, *(entry for pack in base.packs for entry in pack.entries)] if uncurated else None
    judged = evaluate(base.answer, questions, entries)
    shares = figures(judged)
    if missing := [guard.figure for guard in guards if guard.figure not in shares]:
        raise WrongUseError(f"These files have no questions that measure {missing[0]!r}.")
    if as_json:
        send(_report(judged, shares, show))
    else:
        _print_report(judged, shares, show)
    return tuple(filter(None, (guard.broken_by(shares[guard.figure]) for guard in guards)))


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SafeError(f"{file} is not UTF-8 (byte {error.start + 1}).") from None


def _report(judged: Sequence[Judged], shares: dict[str, float], show: int) -> dict[str, object]:
    return {
        "questions": len(judged),
        "figures": {name: round(share, 4) for name, share in shares.items()},
        "tally": [
            {"kind": kind, "style": style, **{verdict: counts[verdict] for verdict in Verdict}}
            for (kind, style), counts in tally(judged).items()
        ],
        "shown": [
            {"id": one.expected.id, "verdict": one.verdict, **reply(one.answer)}
            for one in _gone_wrong(judged)[:show]
        ],
    }


def _print_report(judged: Sequence[Judged], shares: dict[str, float], show: int) -> None:
    screen = console()
    table = Table("", "n", *Verdict, box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for (kind, style), counts in tally(judged).items():
        whole = counts.total()
        table.add_row(
            f"{kind}" if style == ALL_STYLES else f"  {style}",
            str(whole),
            *(f"{counts[verdict] / whole:.1%}" for verdict in Verdict),
            style="bold" if style == ALL_STYLES else "",
        )
    screen.print(table)
    say(screen, "   ".join(f"{name} {share:.1%}" for name, share in shares.items()))
    for one in _gone_wrong(judged)[:show]:
        say(screen, f"\n{one.verdict}: {one.expected.id} {one.expected.question.text}")
        said = [one.answer.text, *(cited.citation.excerpt for cited in one.answer.citations)]
        say(
            screen,
            " | ".join(filter(None, said)) or "nothing",
            first=f"  {one.answer.outcome}: ",
            rest="    ",
        )
    sys.stdout.flush()


def _gone_wrong(judged: Iterable[Judged]) -> list[Judged]:
    def best(one: Judged) -> Verdict:
        return Verdict.HELD_BACK if one.kind is Kind.UNANSWERABLE else Verdict.RIGHT

    return [one for one in judged if one.verdict is not best(one)]
