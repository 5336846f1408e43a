"""Taking entries out of a file: every row, or none and a fault for each bad one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.errors import Fault, ImportFileError
from knowledge.files import Report, Value, decode
from knowledge.files.report import TooManyFaultsError
from knowledge.model import Entry, Story
from knowledge.transfer.beside import Beside
from knowledge.transfer.entry_fields import LocatedEntry, read_entry
from knowledge.transfer.formats import OWN, Format, entry_values
from knowledge.transfer.together import (
    check_beside,
    check_follow_ups,
    check_ids,
    check_phrasings,
    check_within,
    each_once,
)

_NOTHING = Beside()

MOST_FAULTS = 10_000
"""Faults that are told of a file: five megabytes of nonsense would make a gigabyte of them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was found in a file: the entries that can be taken by themselves, and what the report says of them all."""

    located: tuple[LocatedEntry, ...]
    report: Report


def parse_entries(
    content: bytes, name: str, stories: Iterable[Story], beside: Beside = _NOTHING
) -> tuple[Entry, ...]:
    """Return the entries of a file, in whichever format its name and content tell.

    `stories` are those that may be cited. Raises `ImportFileError` with a fault for each row that is bad, by itself,
    beside the others or beside what is there already.
    """
    taken = take(content, name, stories, beside)
    if taken.report.faults:
        raise ImportFileError(taken.report.in_order())
    return tuple(item.entry for item in taken.located)


def take(
    content: bytes, name: str, stories: Iterable[Story], beside: Beside = _NOTHING, form: Format | None = None
) -> Taken:
    """Return what is in a file, with a fault for each row that is bad, and remarks on what was left out.

    A phrasing that stands in its entry twice is taken once, with a remark. `form` None: as the file's name and its
    content tell. Raises `ImportFileError` only where they tell nothing.
    """
    report = Report(name, most=MOST_FAULTS)
    try:
        return Taken(_located(content, name, stories, beside, form, report), report)
    except TooManyFaultsError:
        last = max(fault.line for fault in report.faults)
        report.faults[-1] = Fault(
            name, last, f"over {MOST_FAULTS:,} faults in all: what comes then was not looked at"
        )
        return Taken((), report)


def _located(
    content: bytes, name: str, stories: Iterable[Story], beside: Beside, form: Format | None, report: Report
) -> tuple[LocatedEntry, ...]:
    known = {story.slug: story for story in stories}
    read = [read_entry(value, known, report) for value in _values(content, name, beside, form, report)]
    located = tuple(each_once(item, report) for item in read if item is not None)
    check_ids(located, report)
    check_phrasings(located, report)
    check_within(located, report)
    check_beside(located, beside.own, report)
    if not report.faults:
        check_follow_ups(located, report, [entry.id for entry in (*beside.own, *beside.packs)])
    return located


def _values(
    content: bytes, name: str, beside: Beside, form: Format | None, report: Report
) -> Iterator[Value]:
    # What reads the files of other systems is slow to import, and no pack needs it.
    from knowledge.transfer.foreign import foreign_values  # noqa: PLC0415
    from knowledge.transfer.recognising import recognised  # noqa: PLC0415

    form = form or recognised(name, content)
    if form in OWN:
        return entry_values(decode(content, report) or "", form, report)
    return foreign_values(content, form, beside, report)
