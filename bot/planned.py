"""What taking a file would do, row by row, in words that Discord and the terminal share. Plain text, no markup."""

from collections.abc import Iterator

from bot.counting import counted
from knowledge.transfer import Fate, Plan, Row, what_changed

LONG_FILE = 100_000
"""Bytes from which taking a file lasts long enough to show how far it is."""


def told(planned: Plan, *, same: bool) -> Iterator[tuple[int, str]]:
    """Yield a line of the file and what becomes of it, in the order of the file: `(3, "new      path: Is it open?")`.

    `same` says whether that which stays as it is is told too.
    """
    found = [(fault.line, f"refused  {fault.what}") for fault in planned.faults]
    found += [
        (row.line, f"{row.fate:8} {row_told(row)}")
        for row in planned.rows
        if same or row.fate is not Fate.SAME
    ]
    found += [(note.line, f"remark   {note.what}") for note in planned.remarks]
    yield from sorted(found, key=lambda item: item[0])


def row_told(row: Row) -> str:
    """Return an entry's id and first phrasing, and what is changed."""
    notes = what_changed(row.before, row.entry) if row.before and row.fate is Fate.CHANGED else ()
    if row.hides and row.fate is not Fate.SAME:
        notes = (*notes, "hides the pack's entry of this id")
    return f"{row.entry.id}: {row.entry.phrasings[0]}" + (f" ({'; '.join(notes)})" if notes else "")


def counts(planned: Plan) -> str:
    """Return how many entries are new, changed and the same, and how many faults there are, if any."""
    found = [f"{len(planned.of(fate)):,} {fate}" for fate in Fate]
    return ", ".join([*found, *([counted(len(planned.faults), "fault")] if planned.faults else [])])
