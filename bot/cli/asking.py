"""`pullquote ask`: one question from the command line, or many from a file."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from bot.cli.batch import replies
from bot.cli.group import FAULT_IN_DATA, WrongUseError
from bot.cli.replies import explanation, reply, send
from knowledge.answering import Base
from knowledge.model import Question

_EXAMPLE = 'such as: pullquote ask "Who won?"'


def one_way_of_asking(
    words: Sequence[str] | None, batch: Path | None, after: Sequence[str] | None, *, explain: bool
) -> str:
    """Return the question that was typed, "" for a batch.

    Raises `WrongUseError` for both, for neither, for a question with nothing in it, and for a batch to be explained.
    """
    text = " ".join(words or ()).strip()
    if batch is not None and (words or after):
        raise WrongUseError(
            "--batch takes its questions, and what was asked before them, from the file alone."
        )
    if batch is not None and explain:
        raise WrongUseError("--explain tells about one question: ask it without --batch.")
    if batch is None and not text:
        raise WrongUseError(f"There is no question; type one, {_EXAMPLE}")
    return text


def answer_one(base: Base, text: str, after: tuple[str, ...], *, as_json: bool) -> None:
    """Answer one question, in JSON or for a person."""
    answer = base.answer(Question(text, after))
    if as_json:
        send(reply(answer))
        return
    from bot.cli.screen import console, print_answer  # noqa: PLC0415  JSON does without a screen

    print_answer(console(), answer)


def explain_one(base: Base, text: str, after: tuple[str, ...], *, as_json: bool) -> None:
    """Answer one question and tell why, in JSON or for a person."""
    explained = base.explain(Question(text, after))
    if as_json:
        send(reply(explained.answer) | {"explanation": explanation(explained)})
        return
    from bot.cli.explaining import print_explanation  # noqa: PLC0415  JSON does without a screen
    from bot.cli.screen import console, print_answer  # noqa: PLC0415  the same

    screen = console()
    print_answer(screen, explained.answer)
    print_explanation(screen, explained)


def answer_batch(base: Base, file: Path) -> None:
    """Answer every line of a file, or of standard input for `-`; exits with 1 if a line could not be read."""
    unread = 0
    for one in replies(base, _lines(file)):
        send(one)
        unread += "error" in one
    if unread:
        sys.stderr.write(f"{unread} of the lines could not be read; the replies to them say why.\n")
        raise typer.Exit(FAULT_IN_DATA)


def _lines(file: Path) -> Iterator[bytes]:
    if str(file) != "-":
        with file.open("rb") as opened:
            yield from opened
    elif sys.stdin is not None:  # it is None where the parent closed it: nothing is asked
        yield from sys.stdin.buffer
