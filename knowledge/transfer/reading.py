"""Taking entries out of a file: every row, or none and a fault for each bad one."""

from collections.abc import Iterable
from pathlib import Path

from knowledge.errors import ImportFileError
from knowledge.files import Report, decode, read_text
from knowledge.model import Entry, Story
from knowledge.transfer.entry_fields import read_entry
from knowledge.transfer.formats import Format, entry_values, format_of
from knowledge.transfer.together import check_ids, check_phrasings


def read_entries(path: Path, stories: Iterable[Story]) -> tuple[Entry, ...]:
    """Return the entries of a file, in the format that its name ends in (.jsonl, .csv, .yaml).

    `stories` are those that may be cited. Raises `ImportFileError` with a fault for each bad row.
    """
    report = Report(str(path))
    form = format_of(str(path))
    return _entries(read_text(path, report), form, stories, report)


def parse_entries(content: bytes, name: str, stories: Iterable[Story]) -> tuple[Entry, ...]:
    """Return the entries of an attachment, by its bytes and file name, as `read_entries` does of a file."""
    report = Report(name)
    form = format_of(name)
    return _entries(decode(content, report), form, stories, report)


def _entries(text: str | None, form: Format, stories: Iterable[Story], report: Report) -> tuple[Entry, ...]:
    known = {story.slug: story for story in stories}
    read = [read_entry(value, known, report) for value in entry_values(text or "", form, report)]
    located = [item for item in read if item is not None]
    check_ids(located, report)
    check_phrasings(located, report)
    if report.faults:
        raise ImportFileError(report.in_order())
    return tuple(item.entry for item in located)
