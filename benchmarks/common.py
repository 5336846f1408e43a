"""What the benchmarks share: reading data folders, slips of the finger, a few statistics, tables and JSON.

A data folder holds `kb.jsonl` ({"id", "questions", "answer"}: an entry a line) and `test.jsonl` ({"question", "id"};
id null: nothing answers it), or `stories.jsonl` ({"id", "title", "paragraphs"}) and `test.jsonl` ({"question",
"story", "answers"}; no answers: the story does not hold one).
"""

import argparse
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from knowledge.model import Entry

Item = TypeVar("Item")

WIDTH = 100
"""Columns that a table takes at most."""

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class MissingDataError(Exception):
    """A folder or file that a benchmark was pointed at is not there; its text is for the person who ran it."""


def parser(description: str) -> argparse.ArgumentParser:
    """Return a parser of options that shows a script's docstring as its help; it knows `--json FILE`."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file, too")
    return made


# ---- data


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines, passing over blank ones; raises `MissingDataError` where the file is not there."""
    if not path.is_file():
        raise MissingDataError(f"{path} is not there: --data takes a folder with {path.name} in it")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def read_entries(folder: Path, phrasings: int | None, rng: random.Random) -> tuple[Entry, ...]:
    """Read the entries of a data folder; with `phrasings`, each keeps so many at most, drawn by `rng`."""
    return tuple(
        Entry(line["id"], tuple(_kept(line["questions"], phrasings, rng)), line["answer"])
        for line in read_lines(folder / "kb.jsonl")
    )


def _kept(phrasings: list[str], most: int | None, rng: random.Random) -> list[str]:
    return phrasings if most is None else rng.sample(phrasings, min(most, len(phrasings)))


def spread(items: Sequence[Item], most: int | None) -> list[Item]:
    """Return at most so many items, evenly from the first to the last; all of them for None."""
    if most is None or most >= len(items):
        return list(items)
    return [items[i * len(items) // most] for i in range(most)]


def seeded(seed: int) -> random.Random:
    """Return a source of chance that draws the same again for the same seed."""
    return random.Random(seed)


def slip(text: str, times: int, rng: random.Random) -> str:
    """Let the finger slip inside words: a letter dropped, doubled, swapped with the next, or its neighbour hit."""
    for _ in range(times):
        inside = [i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
        if not inside:
            break
        at = rng.choice(inside)
        letter, following = text[at], text[at + 1]
        how = rng.choice(("drop", "double", "swap", "neighbour"))
        typed = {
            "drop": following,
            "double": letter * 2 + following,
            "swap": following + letter,
            "neighbour": _beside(letter) + following,
        }
        text = text[:at] + typed[how] + text[at + 2 :]
    return text


def _beside(letter: str) -> str:
    """Return the key to the right of a letter's on an English keyboard, at the end of a row the one to the left."""
    for row in KEYBOARD:
        at = row.find(letter.lower())
        if at >= 0:
            return row[at + 1] if at + 1 < len(row) else row[at - 1]
    return letter


# ---- statistics


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which that share (0 to 1) of the values lies; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def share(flags: Iterable[bool]) -> float | None:
    """Return the share of what is true; None for nothing."""
    counted = list(flags)
    return sum(counted) / len(counted) if counted else None


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return how often a positive scores above a negative, a tie being half; None where either is missing."""
    if not positive or not negative:
        return None
    ordered = sorted(negative)
    above = sum(bisect_left(ordered, p) + bisect_right(ordered, p) for p in positive)
    return above / (2 * len(positive) * len(negative))


def at_false_share(
    stated: Sequence[tuple[float, bool]], negative: Sequence[float], most: float
) -> float | None:
    """Return how many of `stated` (confidence, right) are right and said while at most that share of `negative` is."""
    if not stated or not negative:
        return None
    least = sorted(negative, reverse=True)[int(most * len(negative))]
    return sum(right and sure > least for sure, right in stated) / len(stated)


def reliability(stated: Sequence[tuple[float, bool]], bins: int = 10) -> list[tuple[int, float, float]]:
    """Return for each tenth of confidence that occurs: how many, mean confidence, share that was right."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in stated:
        held.setdefault(min(bins - 1, int(sure * bins)), []).append((sure, right))
    return [
        (len(b), sum(s for s, _ in b) / len(b), sum(r for _, r in b) / len(b))
        for _, b in sorted(held.items())
    ]


def calibration_error(stated: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error over tenths of confidence; None for nothing."""
    if not stated:
        return None
    return sum(n * abs(said - was) for n, said, was in reliability(stated)) / len(stated)


# ---- what is shown


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; the first column is text, the others are figures."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=bool(number))
    for row in rows:
        table.add_row(*row)
    console().print(table)


def note(text: str) -> None:
    """Print a sentence."""
    console().print(text, markup=False, highlight=False)


def console() -> Console:
    """Return the screen, no wider than the tables are made for."""
    screen = Console()
    screen.width = min(screen.width, WIDTH) if screen.is_terminal else WIDTH
    return screen


def percent(value: float | None) -> str:
    """Return a share of 1 as a percentage, "-" for None."""
    return "-" if value is None else f"{value:.1%}"


def decimals(value: float | None, places: int = 3) -> str:
    """Return a figure, "-" for None."""
    return "-" if value is None else f"{value:.{places}f}"


def keep(path: Path | None, figures: object) -> None:
    """Write figures as JSON where a file was named."""
    if path is not None:
        path.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
