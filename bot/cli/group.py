"""How the command line tells people what went wrong: one sentence on standard error, and an exit code."""

import os
import sys
from io import TextIOWrapper
from typing import Any

from typer import Abort, TyperException
from typer.core import TyperGroup

from bot.cli.safe_text import safe
from knowledge.errors import (
    DatabaseUrlError,
    Fault,
    ImportFileError,
    PackError,
    SafeError,
    SettingsError,
    StorageError,
)

FAULT_IN_DATA = 1
"""The exit code where a file, a pack, a database or an answer is not as it should be."""

WRONG_USE = 2
"""The exit code where the command was not typed, or not set up, as it should be."""

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells give it."""


class WrongUseError(TyperException):
    """The command was typed in a way that makes no sense; its text says how to type it."""

    exit_code = WRONG_USE


class Commands(TyperGroup):
    """The group of all commands; every mistake of a user leaves it as one sentence, never as a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  the signature is Typer's
        """Run the command that was typed and exit with its code."""
        sys.exit(self._run(*args, **(extra | {"standalone_mode": False})))

    def _run(self, *args: Any, **extra: Any) -> int:  # noqa: ANN401  handed on as they came
        # A terminal that lacks a character shows a question mark for it, instead of ending the command.
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        try:
            result = super().main(*args, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            return _reader_left()
        except Abort:
            return INTERRUPTED
        except (TyperException, SafeError, OSError) as error:
            sys.stderr.write(f"{safe(' '.join(_said(error).split()))}\n")
            return _exit_code(error)
        return result if isinstance(result, int) else 0


def _said(error: Exception) -> str:
    match error:
        case TyperException():
            # Of a choice that there is none of, pydantic tells, which says first that it is an error of a value.
            return f"{error.format_message().replace('Value error, ', '')}{_where_to_look(error)}"
        case SafeError():
            return sentence(error)
        case OSError(filename=str(file), strerror=why):
            return f"{file}: {why}."
        case _:  # not about a file that was named: a fault of ours, and shown as one
            raise error


def _exit_code(error: Exception) -> int:
    if isinstance(error, TyperException):
        return error.exit_code
    return WRONG_USE if isinstance(error, SettingsError | DatabaseUrlError) else FAULT_IN_DATA


def sentence(error: SafeError) -> str:
    """Return an error as one sentence; of an error with many faults, how many there are and the first."""
    match error:
        case PackError(faults=(first, *more)):
            return _first_of(first, len(more), "pullquote check lists them all")
        case ImportFileError(faults=(first, *more)):
            return _first_of(first, len(more), "nothing was taken")
        case StorageError():
            return error.operator
        case _:
            return str(error)


def _first_of(first: Fault, more: int, hint: str) -> str:
    return f"{first} (and {more} more; {hint})" if more else str(first)


def _where_to_look(error: TyperException) -> str:
    """Return the hint at the help of the command that was typed, where Typer knows which one that was."""
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context else ""


def _reader_left() -> int:
    """Quietly stop writing: whoever read the output, such as `head`, has what it wanted."""
    # Python flushes standard output once more at exit, and would then complain about the pipe by itself.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAULT_IN_DATA
