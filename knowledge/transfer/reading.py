"""Taking entries out of a file: every row, or none and a fault for each bad one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import Fault, ImportFileError
from knowledge.files import Report, decode, read_text
from knowledge.model import Entry, Story
from knowledge.transfer.entry_fields import read_entry
from knowledge.transfer.formats import Format, entry_values, format_of
from knowledge.transfer.together import (
    check_beside,
    check_follow_ups,
    check_ids,
    check_phrasings,
    check_within,
    each_once,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is there already where entries are taken into."""

    own: tuple[Entry, ...] = ()
    """The server's own entries: those of the same ids are replaced."""
    packs: tuple[Entry, ...] = ()
    """The packs' entries, which the server's own may hide, and name as follow-ups."""


_NOTHING = Beside()
Tell = Callable[[Fault], None]
"""Told of each row that is taken otherwise than it stands."""


def _unsaid(_remark: Fault) -> None: ...


def read_entries(
    path: Path, stories: Iterable[Story], beside: Beside = _NOTHING, tell: Tell = _unsaid
) -> tuple[Entry, ...]:
    """Return the entries of a file, in the format that its name ends in (.jsonl, .csv, .yaml).

    `stories` are those that may be cited. A phrasing that stands in its entry twice is taken once, and told. Raises
    `ImportFileError` with a fault for each row that is bad, by itself, beside the others or beside what is there
    already.
    """
    report = Report(str(path))
    form = format_of(str(path))
    return _entries(read_text(path, report), form, stories, beside, report, tell)


def parse_entries(
    content: bytes, name: str, stories: Iterable[Story], beside: Beside = _NOTHING
) -> tuple[Entry, ...]:
    """Return the entries of a file, by its bytes and name, as `read_entries` does of a file on the disk."""
    report = Report(name)
    form = format_of(name)
    return _entries(decode(content, report), form, stories, beside, report, _unsaid)


def _entries(
    text: str | None, form: Format, stories: Iterable[Story], beside: Beside, report: Report, tell: Tell
) -> tuple[Entry, ...]:
    known = {story.slug: story for story in stories}
    read = [read_entry(value, known, report) for value in entry_values(text or "", form, report)]
    remarks = Report(report.file)
    located = [each_once(item, remarks) for item in read if item is not None]
    check_ids(located, report)
    check_phrasings(located, report)
    check_within(located, report)
    check_beside(located, beside.own, report)
    if not report.faults:
        check_follow_ups(located, report, [entry.id for entry in (*beside.own, *beside.packs)])
    if report.faults:
        raise ImportFileError(report.in_order())
    for remark in remarks.in_order():
        tell(remark)
    return tuple(item.entry for item in located)
