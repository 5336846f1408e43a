"""What taking a file would do, row by row, before anything is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from knowledge.errors import Fault, ImportFileError
from knowledge.files import Report, read_bytes
from knowledge.model import Entry, Story
from knowledge.transfer.beside import Beside
from knowledge.transfer.entry_fields import LocatedEntry
from knowledge.transfer.formats import Format
from knowledge.transfer.reading import take


class Fate(StrEnum):
    """What becomes of an entry of a file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a file, the line or row that it begins on, and what becomes of it."""

    line: int
    entry: Entry
    fate: Fate
    before: Entry | None = None
    """The server's entry that it replaces."""
    hides: bool = False
    """Whether it stands before an entry of a pack that has the same id."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a file would do: all of its rows, or nothing where there is any fault."""

    rows: tuple[Row, ...] = ()
    """The entries that could be taken, in the order of the file."""
    faults: tuple[Fault, ...] = ()
    """What is refused and why, by line."""
    remarks: tuple[Fault, ...] = ()
    """What is taken otherwise than it was written, or left out, by line."""

    def of(self, fate: Fate) -> tuple[Row, ...]:
        """Return the rows that this becomes of."""
        return tuple(row for row in self.rows if row.fate is fate)

    def to_save(self) -> tuple[Entry, ...]:
        """Return the entries that are new or changed; none where anything is refused.

        What is the same is left as it is, with the name of the moderator who wrote it.
        """
        return () if self.faults else tuple(row.entry for row in self.rows if row.fate is not Fate.SAME)


def plan(
    content: bytes,
    name: str,
    stories: Iterable[Story],
    beside: Beside,
    form: Format | None = None,
) -> Plan:
    """Tell what taking a file would do to a server.

    `name` is the file's name as it should be shown, and tells its format together with the content, if `form` does
    not; `stories` are those that may be cited.
    """
    try:
        taken = take(content, name, stories, beside, form)
    except ImportFileError as error:
        return Plan(faults=error.faults)
    own = {entry.id: replace(entry, author=None) for entry in beside.own}
    of_packs = {entry.id for entry in beside.packs}
    refused = {fault.line for fault in taken.report.faults}
    rows = [
        _row(item, own.get(item.entry.id), hides=item.entry.id in of_packs)
        for item in taken.located
        if refused.isdisjoint((item.line, *item.phrasing_lines, *item.follow_up_lines))
    ]
    return Plan(tuple(rows), taken.report.in_order(), _by_line(taken.report))


def plan_file(path: Path, stories: Iterable[Story], beside: Beside, form: Format | None = None) -> Plan:
    """Tell what taking a file on the disk would do, as `plan` does; one that cannot be read is a fault."""
    report = Report(str(path))
    content = read_bytes(path, report)
    if content is None:
        return Plan(faults=report.in_order())
    return plan(content, str(path), stories, beside, form)


def what_changed(before: Entry, after: Entry) -> tuple[str, ...]:
    """Return in words in what two entries differ, leaving aside who wrote them; nothing where they are equal."""
    told = []
    if before.kind is not after.kind:
        told.append(f"from {before.kind} to {after.kind}")
    elif before.answer != after.answer:
        told.append("answer")
    for one, before_parts, after_parts in (
        ("phrasing", before.phrasings, after.phrasings),
        ("citation", before.citations, after.citations),
        ("follow-up", before.follow_ups, after.follow_ups),
    ):
        told.extend(_parts_changed(one, before_parts, after_parts))
    return tuple(told)


def _row(item: LocatedEntry, before: Entry | None, *, hides: bool) -> Row:
    fate = Fate.NEW if before is None else Fate.SAME if before == item.entry else Fate.CHANGED
    return Row(item.line, item.entry, fate, before, hides)


def _parts_changed(one: str, before: tuple[object, ...], after: tuple[object, ...]) -> Iterable[str]:
    added, removed = len(set(after) - set(before)), len(set(before) - set(after))
    for number, how in ((added, "added"), (removed, "removed")):
        if number:
            yield f"{number} {one if number == 1 else one + 's'} {how}"
    if not (added or removed) and before != after:
        yield f"{one}s in another order"


def _by_line(report: Report) -> tuple[Fault, ...]:
    return tuple(sorted(report.remarks, key=lambda remark: remark.line))
