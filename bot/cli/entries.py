"""`pullquote import` and `pullquote export`: a server's own entries, from a file and into one."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from bot.cli.loading import Knowledge
from bot.cli.safe_text import safe
from bot.cli.screen import console
from knowledge.errors import ImportFileError
from knowledge.model import Entry
from knowledge.transfer import Format, format_entries, read_entries, write_entries

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
    """Take a file's entries into a server's own and print what became of each; False where one is refused."""
    async with knowledge.library(create=True) as library:
        base = await library.base(knowledge.owner)
        try:
            with _progress(shown=_is_long(file)) as step:
                step("Reading")
                taken = read_entries(file, base.stories)
                step("Comparing")
                changes = compare(taken, base.own)
                step("Saving")
                # What is the same is left as it is, with the name of the moderator who wrote it.
                await library.save(knowledge.owner, (*changes.new, *changes.changed))
        except ImportFileError as error:
            _print_rows(map(str, error.faults))
            sys.stderr.write(
                f"{safe(str(file))}: {_count(len(error.faults), 'fault')}, so nothing was taken.\n"
            )
            return False
    _print_rows(_rows(changes))
    counts = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.same)} same"
    sys.stdout.write(
        f"{_count(len(taken), 'entry', 'entries')} taken for server {knowledge.owner}: {counts}.\n"
    )
    return True


async def export_entries(knowledge: Knowledge, file: Path) -> None:
    """Write a server's own entries to a file, or to standard output as JSON Lines for `-`."""
    async with knowledge.library() as library:
        base = await library.base(knowledge.owner)
    if str(file) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(format_entries(base.own, Format.JSON_LINES, base.stories).encode())
        sys.stdout.buffer.flush()
    else:
        write_entries(file, base.own, base.stories)
        sys.stdout.write(f"{_count(len(base.own), 'entry', 'entries')} written to {safe(str(file))}.\n")


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


def _rows(changes: Changes) -> Iterator[str]:
    for what, entries in (("new", changes.new), ("changed", changes.changed)):
        yield from (f"{what:8} {entry.id}: {entry.phrasings[0]}" for entry in entries)


def _print_rows(rows: Iterable[str]) -> None:
    for row in rows:
        sys.stdout.write(f"{safe(row)}\n")
    sys.stdout.flush()


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
