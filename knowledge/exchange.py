"""Entries that a server takes from a file, and gives as one: the use cases behind every `import` and `export`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.answering import Base
from knowledge.answering.budgets import check_budgets
from knowledge.errors import BudgetError, Fault, ImportFileError
from knowledge.model import Author, Entry
from knowledge.owned import Write, put
from knowledge.transfer import Beside, Format, Plan, Row, format_entries, parse_entries, plan, plan_file

MOST_PHRASINGS = 100_000
"""Phrasings that a server may have of its own, some 3 kB of memory each: files could bring millions of them."""


def beside(base: Base) -> Beside:
    """Return what a server sees before a file is taken."""
    return Beside(base.own, tuple(entry for pack in base.packs for entry in pack.entries))


def plan_on(base: Base, content: bytes, name: str, form: Format | None = None) -> Plan:
    """Tell what taking a file would do to a server, as `knowledge.transfer.plan` does.

    What would quote too much of a story is refused, and what is more than a server may have.
    A second or two for ten thousand entries, so not for the event loop.
    """
    return _within_limits(base, plan(content, name, base.stories, beside(base), form), name)


def plan_file_on(base: Base, path: Path, form: Format | None = None) -> Plan:
    """Tell what taking a file on the disk would do, as `plan_on` does; one that cannot be read is a fault."""
    return _within_limits(base, plan_file(path, base.stories, beside(base), form), str(path))


def _within_limits(base: Base, planned: Plan, name: str) -> Plan:
    """Refuse the first row with which the entries would be too many, or quote too much of a story."""
    entries = {entry.id: entry for entry in planned.to_save()}
    phrasings = sum(len(entry.phrasings) for entry in base.own if entry.id not in entries)
    for row in planned.rows:
        phrasings += len(row.entry.phrasings) if row.entry.id in entries else 0
        if phrasings > MOST_PHRASINGS:
            what = f"with this entry the server would have over {MOST_PHRASINGS:,} phrasings of its own: leave some out"
            return _refused(planned, row, Fault(name, row.line, what))
    try:
        check_budgets(base, tuple(entries.values()))
    except BudgetError as error:
        row = next(row for row in planned.rows if row.entry.id == error.entry)
        return _refused(planned, row, Fault(name, row.line, str(error)))
    return planned


def _refused(planned: Plan, row: Row, why: Fault) -> Plan:
    return replace(planned, rows=tuple(other for other in planned.rows if other is not row), faults=(why,))


def writes(base: Base, planned: Plan, author: Author | None) -> Sequence[Write]:
    """Return what keeps a plan's entries, as written by `author`; none where anything is refused.

    They are made only where the server has what it had in the base of the plan.
    """
    there = {entry.id: entry for entry in base.own}
    return [put(replace(entry, author=author), there.get(entry.id)) for entry in planned.to_save()]


@dataclass(frozen=True, slots=True)
class Missing:
    """An entry that a file cannot hold, as lines that it cites no longer stand in these stories."""

    entry: Entry
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A server's own entries as a file, and what is not as somebody would expect of it."""

    text: str
    count: int
    """How many entries it holds."""
    left_out: tuple[Missing, ...]
    faults: tuple[Fault, ...]
    """Why the file could not be imported again as it is."""


def export(base: Base, form: Format, name: str) -> Export:
    """Return a server's own entries as a file of one of our own formats; `name` is what faults call it.

    Stale entries are left out, and follow-ups that name nothing.
    """
    stale = {entry.id for entry in base.stale}
    entries = [_leading_somewhere(base, entry) for entry in base.own if entry.id not in stale]
    text = format_entries(entries, form, base.stories)
    around = beside(base)
    faults: tuple[Fault, ...] = ()
    try:
        parse_entries(text.encode(), name, base.stories, Beside(packs=(*around.packs, *base.stale)))
    except ImportFileError as error:
        faults = error.faults
    return Export(text, len(entries), tuple(_missing(base, entry) for entry in base.stale), faults)


def _leading_somewhere(base: Base, entry: Entry) -> Entry:
    return replace(entry, follow_ups=tuple(one for one in entry.follow_ups if base.entry(one) is not None))


def _missing(base: Base, entry: Entry) -> Missing:
    gone = (citation.story for citation in entry.citations if not base.holds(citation))
    return Missing(entry, tuple(dict.fromkeys(gone)))
