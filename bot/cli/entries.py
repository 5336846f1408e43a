"""`pullquote import` and `pullquote export`: a server's own entries, from a file and into one."""

import sys
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from bot.cli.counting import counted
from bot.cli.group import WrongUseError
from bot.cli.loading import Knowledge
from bot.cli.safe_text import safe
from bot.cli.screen import console
from knowledge.answering import Base
from knowledge.errors import Fault, ImportFileError
from knowledge.model import Entry
from knowledge.transfer import (
    Beside,
    Format,
    format_entries,
    format_of,
    parse_entries,
    read_entries,
    write_text,
)

_LONG_FILE = 100_000
"""Bytes from which taking a file lasts long enough to show how far it is."""

_STEPS = 3


@dataclass(frozen=True, slots=True)
class Changes:
    """What a file's entries are to the server that takes them."""

    new: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    same: tuple[Entry, ...] = ()


def compare(taken: Iterable[Entry], own: Iterable[Entry]) -> Changes:
    """Set a file's entries apart; that a file does not say who wrote them is no change."""
    before = {entry.id: replace(entry, author=None) for entry in own}
    sorted_out: dict[str, list[Entry]] = {"new": [], "changed": [], "same": []}
    for entry in taken:
        known = before.get(entry.id)
        sorted_out["new" if known is None else "same" if known == entry else "changed"].append(entry)
    return Changes(**{name: tuple(entries) for name, entries in sorted_out.items()})


async def import_entries(knowledge: Knowledge, file: Path) -> bool:
    """Take a file's entries into a server's own and print what became of each; False where one is refused.

    Rows that were taken otherwise than they stand are told as well.
    """
    async with knowledge.library(create=True) as library:
        base = await library.base(knowledge.owner)
        try:
            with _progress(shown=_is_long(file)) as step:
                step("Reading")
                remarks: list[Fault] = []
                taken = read_entries(file, base.stories, Beside(base.own, _of_packs(base)), remarks.append)
                step("Comparing")
                changes = compare(taken, base.own)
                step("Saving")
                # What is the same is left as it is, with the name of the moderator who wrote it.
                await library.save(knowledge.owner, (*changes.new, *changes.changed))
        except ImportFileError as error:
            _print_rows(map(str, error.faults))
            sys.stderr.write(
                f"{safe(str(file))}: {counted(len(error.faults), 'fault')}, so nothing was taken.\n"
            )
            return False
    _print_rows(map(str, remarks))
    _print_rows(_rows(changes, {entry.id for entry in _of_packs(base)}))
    counts = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.same)} same"
    sys.stdout.write(
        f"{counted(len(taken), 'entry', 'entries')} taken for server {knowledge.owner}: {counts}.\n"
    )
    return True


async def export_entries(knowledge: Knowledge, file: Path) -> None:
    """Write a server's own entries to a file, or to standard output as JSON Lines for `-`.

    What import would not take again is told on standard error: stale entries, which are left out, and anything else.
    """
    is_stdout = str(file) == "-"
    if not is_stdout:
        _check_name(file)
    async with knowledge.library() as library:
        base = await library.base(knowledge.owner)
    entries = _without_the_stale(base)
    name = f"export.{Format.JSON_LINES}" if is_stdout else str(file)
    text = format_entries(entries, format_of(name), base.stories)
    if is_stdout:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        write_text(file, text)
        sys.stdout.write(f"{counted(len(entries), 'entry', 'entries')} written to {safe(str(file))}.\n")
    try:
        parse_entries(text.encode(), name, base.stories, Beside(packs=(*_of_packs(base), *base.stale)))
    except ImportFileError as error:
        for fault in error.faults:
            sys.stderr.write(f"{safe(str(fault))}\n")
        sys.stderr.write("import does not take this file again until that is mended.\n")


def _check_name(file: Path) -> None:
    try:
        format_of(str(file))
    except ImportFileError:
        raise WrongUseError(
            f"The name {str(file)!r} says no format: let it end in .jsonl, .csv or .yaml, or write - for standard"
            " output."
        ) from None


def _without_the_stale(base: Base) -> tuple[Entry, ...]:
    """Return a server's entries as a file can hold them, and tell which it cannot: their lines are not there."""
    stale = {entry.id for entry in base.stale}
    for entry in base.stale:
        stories = ", ".join(dict.fromkeys(c.story for c in entry.citations if not base.holds(c)))
        sys.stderr.write(
            f"left out {safe(entry.id)}: the lines it cites no longer stand in {safe(stories)} (is the right --pack"
            " given?)\n"
        )
    return tuple(
        replace(entry, follow_ups=tuple(i for i in entry.follow_ups if base.entry(i) is not None))
        for entry in base.own
        if entry.id not in stale
    )


def _of_packs(base: Base) -> tuple[Entry, ...]:
    return tuple(entry for pack in base.packs for entry in pack.entries)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal; the value is called with the name of each step as it begins."""
    screen = console(error=True)
    bar = Progress(TextColumn("{task.description}"), BarColumn(), console=screen, transient=True)
    bar.disable = not (shown and screen.is_terminal)
    task = bar.add_task("", total=_STEPS, completed=-1)
    with bar:
        yield lambda step: bar.update(task, description=step, advance=1)


def _is_long(file: Path) -> bool:
    return file.stat().st_size > _LONG_FILE


def _rows(changes: Changes, of_packs: Container[str]) -> Iterator[str]:
    for what, entries in (("new", changes.new), ("changed", changes.changed)):
        for entry in entries:
            hidden = " (hides the pack's entry of this id)" if entry.id in of_packs else ""
            yield f"{what:8} {entry.id}: {entry.phrasings[0]}{hidden}"


def _print_rows(rows: Iterable[str]) -> None:
    for row in rows:
        sys.stdout.write(f"{safe(row)}\n")
    sys.stdout.flush()
