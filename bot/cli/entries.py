"""`pullquote import` and `pullquote export`: a server's own entries, from a file and into one."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from bot.cli.counting import counted
from bot.cli.group import WrongUseError
from bot.cli.loading import Knowledge
from bot.cli.safe_text import safe
from bot.cli.screen import console
from knowledge.answering import Base
from knowledge.errors import ImportFileError
from knowledge.model import Entry
from knowledge.transfer import (
    Beside,
    Fate,
    Format,
    Plan,
    Row,
    format_entries,
    format_of,
    parse_entries,
    plan_file,
    what_changed,
    write_text,
)

_LONG_FILE = 100_000
"""Bytes from which taking a file lasts long enough to show how far it is."""

_STEPS = 3


async def import_entries(
    knowledge: Knowledge, file: Path, form: Format | None = None, *, dry_run: bool = False
) -> bool:
    """Take a file's entries into a server's own and print what became of each; False where one is refused.

    `form` None: the format that the file's name and content tell. `dry_run`: only print what would become of each.
    """
    async with knowledge.library(create=not dry_run) as library:
        with _progress(shown=_is_long(file)) as step:
            step("Loading")
            base = await library.base(knowledge.owner)
            step("Reading")
            planned = plan_file(file, base.stories, Beside(base.own, _of_packs(base)), form)
            step("Saving")
            if not dry_run and (entries := planned.to_save()):
                await library.save(knowledge.owner, entries)
    if planned.faults and not dry_run:
        _print_rows(map(str, planned.faults))
        sys.stderr.write(
            f"{safe(str(file))}: {counted(len(planned.faults), 'fault')}, so nothing was taken.\n"
        )
    else:
        _print_rows(_rows(planned, str(file), same=dry_run))
        sys.stdout.write(f"{_summary(planned, knowledge.owner, dry_run=dry_run)}\n")
    return not planned.faults


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


def _rows(planned: Plan, file: str, *, same: bool) -> Iterator[str]:
    """Yield a line for each row and remark, in the order of the file; `same` says whether for unchanged ones too."""
    told = [(fault.line, f"{fault.file}:{fault.line}: refused  {fault.what}") for fault in planned.faults]
    told += [
        (row.line, f"{file}:{row.line}: {_row(row)}")
        for row in planned.rows
        if same or row.fate is not Fate.SAME
    ]
    told += [(note.line, f"{note.file}:{note.line}: remark   {note.what}") for note in planned.remarks]
    return (text for _, text in sorted(told, key=lambda item: item[0]))


def _row(row: Row) -> str:
    notes = what_changed(row.before, row.entry) if row.before and row.fate is Fate.CHANGED else ()
    if row.hides and row.fate is not Fate.SAME:
        notes = (*notes, "hides the pack's entry of this id")
    return f"{row.fate:8} {row.entry.id}: {row.entry.phrasings[0]}" + (
        f" ({'; '.join(notes)})" if notes else ""
    )


def _summary(planned: Plan, server: int, *, dry_run: bool) -> str:
    counts = ", ".join(f"{len(planned.of(fate))} {fate}" for fate in Fate)
    entries = counted(len(planned.rows), "entry", "entries")
    if not dry_run:
        return f"{entries} taken for server {server}: {counts}."
    if planned.faults:
        return f"Nothing of this would be taken: {counts}, {counted(len(planned.faults), 'fault')}."
    return f"{entries} would be taken for server {server}: {counts}. Nothing was saved."


def _print_rows(rows: Iterable[str]) -> None:
    for row in rows:
        sys.stdout.write(f"{safe(row)}\n")
    sys.stdout.flush()
