"""`pullquote import` and `pullquote export`: a server's own entries, from a file and into one."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from bot.cli.group import WrongUseError
from bot.cli.loading import Knowledge
from bot.cli.safe_text import safe
from bot.cli.screen import console
from bot.counting import counted
from bot.planned import LONG_FILE, counts, told
from knowledge import exchange
from knowledge.errors import ImportFileError
from knowledge.transfer import Format, Plan, format_of, write_text

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
            planned = exchange.plan_file_on(base, file, form)
            step("Saving")
            if not dry_run and (writes := exchange.writes(base, planned, None)):
                await library.change(knowledge.owner, writes)
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
    name = f"export.{Format.JSON_LINES}" if is_stdout else str(file)
    made = exchange.export(base, format_of(name), name)
    for missing in made.left_out:
        sys.stderr.write(
            f"left out {safe(missing.entry.id)}: the lines it cites no longer stand in"
            f" {safe(', '.join(missing.stories))} (is the right --pack given?)\n"
        )
    if is_stdout:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.text.encode())
        sys.stdout.buffer.flush()
    else:
        write_text(file, made.text)
        sys.stdout.write(f"{counted(made.count, 'entry', 'entries')} written to {safe(str(file))}.\n")
    for fault in made.faults:
        sys.stderr.write(f"{safe(str(fault))}\n")
    if made.faults:
        sys.stderr.write("import does not take this file again until that is mended.\n")


def _check_name(file: Path) -> None:
    try:
        format_of(str(file))
    except ImportFileError:
        raise WrongUseError(
            f"The name {str(file)!r} says no format: let it end in .jsonl, .csv or .yaml, or write - for standard"
            " output."
        ) from None


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
    return file.stat().st_size > LONG_FILE


def _rows(planned: Plan, file: str, *, same: bool) -> Iterator[str]:
    """Yield a line for each row and remark, in the order of the file; `same` says whether for unchanged ones too."""
    return (f"{file}:{line}: {text}" for line, text in told(planned, same=same))


def _summary(planned: Plan, server: int, *, dry_run: bool) -> str:
    entries = counted(len(planned.rows), "entry", "entries")
    if not dry_run:
        return f"{entries} taken for server {server}: {counts(planned)}."
    if planned.faults:
        return f"Nothing of this would be taken: {counts(planned)}."
    return f"{entries} would be taken for server {server}: {counts(planned)}. Nothing was saved."


def _print_rows(rows: Iterable[str]) -> None:
    for row in rows:
        sys.stdout.write(f"{safe(row)}\n")
    sys.stdout.flush()
