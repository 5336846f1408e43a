"""`pullquote ask --explain`: what spoke for and against each candidate, in tables."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.safe_text import safe
from bot.cli.screen import say
from bot.reasons import evidence_in_words, fate, name_of, reading, thresholds
from knowledge.answering import Considered, Explanation

_COMPARED = 3
"""Candidates whose evidence stands side by side: what fits 80 columns."""


def print_explanation(screen: Console, explanation: Explanation) -> None:
    """Show why a question was answered as it was."""
    screen.print()
    for sentence in reading(explanation):
        say(screen, sentence)
    if explanation.candidates:
        screen.print()
        screen.print(_candidates(explanation))
        screen.print()
        screen.print(_evidence(explanation.candidates[:_COMPARED]))
    if explanation.lines:
        screen.print()
        screen.print(_lines(explanation))
    screen.print()
    say(screen, thresholds(explanation))


def _candidates(explanation: Explanation) -> Table:
    table = _table("#", "candidate", "confidence", "what became of it")
    table.columns[2].justify = "right"
    for number, one in enumerate(explanation.candidates, start=1):
        about = [name_of(one), f"nearest phrasing ({one.likeness:.2f}): {one.phrasing}"]
        if one.uncovered:
            about.append(f"does not meet: {', '.join(one.uncovered)}")
        table.add_row(str(number), _text("\n".join(about)), f"{one.confidence:.1%}", fate(explanation, one))
    return table


def _evidence(compared: Sequence[Considered]) -> Table:
    """Compare candidates: each evidence's value, and behind it what that adds to the log-odds."""
    table = _table("evidence: its value, log-odds added", *map(str, range(1, len(compared) + 1)))
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    table.add_row("before any evidence", *(f"{one.start:+.2f}" for one in compared))
    for row in zip(*(one.evidence for one in compared), strict=True):
        # Adding zero takes the sign off a negative one.
        values = (f"{weight.value:.2f} {weight.adds + 0.0:+6.2f}" for weight in row)
        table.add_row(evidence_in_words(row[0].field), *values)
    return table


def _lines(explanation: Explanation) -> Table:
    table = _table("nearness", "line")
    for near in explanation.lines:
        table.add_row(f"{near.nearness:.0%}", _text(f"{near.passage.text} ({near.passage.place})"))
    return table


def _table(*columns: str) -> Table:
    return Table(*columns, box=None, pad_edge=False)


def _text(text: str) -> Text:
    return Text(safe(text), overflow="fold")
