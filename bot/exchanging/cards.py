"""What a file would do, as a card and as a text file. The buttons below the card come from the caller."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.counting import counted
from bot.curating.showing import MAX_LINE, within
from bot.planned import counts, row_told, told
from bot.render.escape import CUT, escape, fit, one_line
from knowledge.transfer import Fate, Plan

Buttons = Sequence[discord.ui.Item[Any]]

FIRST = 5
"""Rows that are shown of each kind; the file below the card tells all."""

MAX_NAME = 80

MAX_REPORT = 8_000_000
"""Bytes of a report: a file that Discord takes on every server, with room to spare."""

_PREVIEW = "**Preview of {name}**: nothing is saved yet."
_MEANWHILE = (
    "**Not saved yet**: meanwhile the entries of this server were changed, and {name} would now do something else."
    " Look at it once more."
)
_REFUSED = (
    "**Nothing of {name} can be taken** before {faults} mended: a file is taken as a whole or not at all. Mend what is"
    " named below, then send it again."
)
_NOTHING_NEW = "**Nothing to save in {name}**: all of it is here already."
_EMPTY = "**There are no entries in {name}.** Nothing was saved."
_SAVED = "**Saved {name}**: {entries} (change {number}). I answer with them from the next question on."

_HEADINGS = {Fate.NEW: "New", Fate.CHANGED: "Changed", Fate.SAME: "The same as before"}


def preview_card(planned: Plan, name: str, buttons: Buttons, *, is_anew: bool = False) -> Card:
    """Return what a file would do; the buttons only where there is something to confirm.

    `is_anew`: the moderator has confirmed something else already.
    """
    can_be_saved = bool(planned.to_save())
    opening = _opening(planned, is_anew=is_anew and can_be_saved).format(
        name=fit(one_line(name), MAX_NAME), faults=_faults(planned)
    )
    told_there = f"{counts(planned)}" + (
        f", {counted(len(planned.remarks), 'remark')}" if planned.remarks else ""
    )
    text, _is_cut = within(_blocks(planned), MAX_TEXT - len(opening) - len(told_there) - 2)
    items: list[discord.ui.Item[Any]] = [discord.ui.TextDisplay(f"{opening}\n{told_there}.")]
    if text:
        items.append(discord.ui.Container(discord.ui.TextDisplay(text)))
    if can_be_saved:
        items.append(discord.ui.ActionRow(*buttons))
    return Card(*items)


def saved_card(planned: Plan, name: str, number: int, buttons: Buttons) -> Card:
    """Return that a file's entries are saved, in the change of that number."""
    saved = counted(len(planned.to_save()), "entry", "entries")
    text = _SAVED.format(name=fit(one_line(name), MAX_NAME), entries=saved, number=number)
    return Card(
        discord.ui.TextDisplay(f"{text}\n-# {escape(counts(planned))}."), discord.ui.ActionRow(*buttons)
    )


def progress_card(name: str, step: str, done: int, of: int) -> Card:
    """Return how far it is."""
    bar = "▰" * done + "▱" * (of - done)
    return Card(discord.ui.TextDisplay(f"{bar} {step} {fit(one_line(name), MAX_NAME)} …"))


def report_file(planned: Plan) -> discord.File:
    """Return what becomes of every row, as a plain text file."""
    lines = [f"line {line}: {one_line(text)}" for line, text in told(planned, same=True)]
    content = "\n".join([f"{counts(planned)}.", "", *lines, ""]).encode("utf-8", "replace")
    if len(content) > MAX_REPORT:
        content = content[:MAX_REPORT].rpartition(b"\n")[0] + f"\n{CUT}\n".encode()
    return discord.File(io.BytesIO(content), "report.txt")


def _opening(planned: Plan, *, is_anew: bool) -> str:
    if planned.faults:
        return _REFUSED
    if not planned.rows:
        return _EMPTY
    if not planned.to_save():
        return _NOTHING_NEW
    return _MEANWHILE if is_anew else _PREVIEW


def _faults(planned: Plan) -> str:
    return f"{counted(len(planned.faults), 'fault')} {'is' if len(planned.faults) == 1 else 'are'}"


def _blocks(planned: Plan) -> Iterator[str]:
    yield from _section("Refused", ((fault.line, fault.what) for fault in planned.faults))
    for fate, heading in _HEADINGS.items():
        yield from _section(heading, ((row.line, row_told(row)) for row in planned.of(fate)))
    yield from _section("Remarks", ((note.line, note.what) for note in planned.remarks))


def _section(heading: str, rows: Iterable[tuple[int, str]]) -> Iterator[str]:
    listed = list(rows)
    if not listed:
        return
    yield f"**{heading}**"
    yield from (f"- line {line}: {fit(one_line(text), MAX_LINE)}" for line, text in listed[:FIRST])
    if len(listed) > FIRST:
        yield f"- and {len(listed) - FIRST:,} more, in the file below"
