"""What `pullquote eval` measured: as a JSON report for programs, as tables for people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.certainty import too_few
from bot.cli.compared import Compared, certified, compared_report, compared_table
from bot.cli.replies import reply
from bot.cli.safe_text import safe
from bot.cli.screen import say
from knowledge.evaluation import (
    ALL_STYLES,
    LOW_IS_GOOD,
    Calibration,
    Judged,
    Kind,
    LeftOut,
    Pair,
    Share,
    Verdict,
    found,
    pairs,
    shares,
    tally,
)
from knowledge.model import AnswerSource, SourceKind

_WIDEST_ID = 22


@dataclass(frozen=True)
class Measured:
    """The judged questions, how well confidence means what it says, and what was asked beside that (None: it was not).

    `compared` has the questions as each strictness would answer them, `left_out` the phrasings left out.
    """

    judged: Sequence[Judged]
    calibration: Calibration
    compared: Compared | None
    left_out: Sequence[LeftOut] | None

    @cached_property
    def shares(self) -> dict[str, Share]:
        """The figures that are shares of the questions, a sample of all that people may ask."""
        return shares(self.judged)

    @cached_property
    def figures(self) -> dict[str, float]:
        """Everything that a guard can be set on, as far as it was measured."""
        values = {name: share.value for name, share in self.shares.items()}
        if self.calibration.count:
            values["calibration"] = self.calibration.error
        if self.left_out:
            values["left_out"] = found(self.left_out).value
        return values


def report(measured: Measured, show: int) -> dict[str, Any]:
    """Return the report as a JSON object; all shares are of 1.

    `questions`     how many were asked
    `figures`       each figure by its name, as guards call it
    `certified`     for each figure that is a share of the questions: `count`, `of`, and the bounds `least` and
                    `most`, each of which holds with a certainty of 95 %
    `tally`         for each `kind` and `style` of question: how many ended `right`, `wrong`, `offered`, `held back`
    `calibration`   `error`, how many `candidates`, and ten `bins`: `from`, `to`, `count`, `stated`, `observed`
    `strictness`    what `careful`, `balanced` and `eager` would do, by `compared_report`; null where it was not asked
    `left_out`      null where it was not asked for; else how many `phrasings`, how many were `found`, and `pairs`:
                    `entry` and `taken_for` (`kind` and `id`), `times`, `of`, `answered`, `example`
    `shown`         up to `show` replies that are not as they should be, each with its question's `id` and `verdict`
    """
    return {
        "questions": len(measured.judged),
        "figures": {name: round(value, 4) for name, value in measured.figures.items()},
        "certified": {name: certified(share) for name, share in measured.shares.items()},
        "tally": [
            {"kind": kind, "style": style, **{verdict: counts[verdict] for verdict in Verdict}}
            for (kind, style), counts in tally(measured.judged).items()
        ],
        "calibration": _calibration(measured.calibration),
        "strictness": None if measured.compared is None else compared_report(measured.compared),
        "left_out": None if measured.left_out is None else _left_out(measured.left_out),
        "shown": [
            {"id": one.expected.id, "verdict": one.verdict, **reply(one.answer)}
            for one in _gone_wrong(measured.judged)[:show]
        ],
    }


def _calibration(calibration: Calibration) -> dict[str, Any]:
    bins = [
        {
            "from": one.start,
            "to": one.end,
            "count": one.count,
            "stated": round(one.stated, 4),
            "observed": round(one.observed, 4),
        }
        for one in calibration.bins
    ]
    return {"candidates": calibration.count, "error": round(calibration.error, 4), "bins": bins}


def _left_out(left_out: Sequence[LeftOut]) -> dict[str, Any]:
    listed = [
        {
            "entry": _source(pair.entry),
            "taken_for": _source(pair.taken_for),
            "times": pair.times,
            "of": pair.of,
            "answered": pair.answered,
            "example": pair.example,
        }
        for pair in pairs(left_out)
    ]
    return {"phrasings": len(left_out), "found": sum(one.is_found for one in left_out), "pairs": listed}


def _source(source: AnswerSource) -> dict[str, str]:
    return {"kind": str(source.kind), "id": source.id}


def print_report(screen: Console, measured: Measured, show: int) -> None:
    """Show the report to a person; questions that went wrong, and confused pairs, up to `show` of each."""
    if measured.judged:
        screen.print(_tally_table(measured.judged))
        screen.print(_figures_table(measured.shares))
    low = [(share, name) for name, share in measured.shares.items() if name in LOW_IS_GOOD]
    for sentence in filter(None, starmap(too_few, low)):
        say(screen, sentence)
    if measured.compared:
        say(screen, "\nWhat each strictness would do")
        screen.print(compared_table(measured.compared))
    if measured.calibration.count:
        say(screen, f"\nCalibration error {measured.calibration.error:.1%}: stated and observed confidence")
        screen.print(_calibration_table(measured.calibration))
    for one in _gone_wrong(measured.judged)[:show]:
        _print_gone_wrong(screen, one)
    if measured.left_out:
        _print_left_out(screen, measured.left_out, show)


def _tally_table(judged: Sequence[Judged]) -> Table:
    table = _table("", "n", *Verdict)
    for (kind, style), counts in tally(judged).items():
        whole = counts.total()
        table.add_row(
            f"{kind}" if style == ALL_STYLES else Text(safe(f"  {style}")),
            str(whole),
            *(f"{counts[verdict] / whole:.1%}" for verdict in Verdict),
            style="bold" if style == ALL_STYLES else "",
        )
    return table


def _figures_table(counted: dict[str, Share]) -> Table:
    table = _table("\nfigure", "\nshare", "\ncounted", "certified\n(95%)")
    for name, share in counted.items():
        bound = f"at most {share.most:.1%}" if name in LOW_IS_GOOD else f"at least {share.least:.1%}"
        table.add_row(name, f"{share.value:.1%}", f"{share.count} of {share.of}", bound)
    return table


def _calibration_table(calibration: Calibration) -> Table:
    table = _table("from", "to", "n", "stated", "observed")
    for one in calibration.bins:
        shares = (f"{one.stated:.1%}", f"{one.observed:.1%}") if one.count else ("", "")
        table.add_row(f"{one.start:.1f}", f"{one.end:.1f}", str(one.count), *shares)
    return table


def _pairs_table(listed: Iterable[Pair]) -> Table:
    table = Table("entry", "taken for", "times", "answered", "such as", box=None, pad_edge=False)
    for column in table.columns[:2]:
        column.overflow, column.max_width = "fold", _WIDEST_ID
    for pair in listed:
        names = [Text(safe(_named(source))) for source in (pair.entry, pair.taken_for)]
        table.add_row(*names, f"{pair.times} of {pair.of}", str(pair.answered), Text(safe(pair.example)))
    return table


def _named(source: AnswerSource) -> str:
    return f"{source.id} (gap)" if source.kind is SourceKind.GAP else source.id


def _table(*columns: str) -> Table:
    """Return a table whose first column is words and whose others are numbers."""
    table = Table(*columns, box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def _print_left_out(screen: Console, left_out: Sequence[LeftOut], show: int) -> None:
    share, confused = found(left_out), pairs(left_out)
    counted = f"{share.count} of {share.of} phrasings ({share.value:.1%})"
    say(screen, f"\nAsked with themselves left out, {counted} find their entry, or one that says the same.")
    if confused[:show]:
        screen.print(_pairs_table(confused[:show]))
    if len(confused) > show:
        say(screen, f"{len(confused)} pairs of entries are confused; --show N lists up to N of them.")


def _print_gone_wrong(screen: Console, one: Judged) -> None:
    say(screen, f"\n{one.verdict}: {one.expected.id} {one.expected.question.text}")
    said = [one.answer.text, *(cited.citation.excerpt for cited in one.answer.citations)]
    text = " | ".join(filter(None, said)) or "nothing"
    say(screen, text, first=f"  {one.answer.outcome}: ", rest="    ")


def _gone_wrong(judged: Iterable[Judged]) -> list[Judged]:
    def best(one: Judged) -> Verdict:
        return Verdict.HELD_BACK if one.kind is Kind.UNANSWERABLE else Verdict.RIGHT

    return [one for one in judged if one.verdict is not best(one)]
