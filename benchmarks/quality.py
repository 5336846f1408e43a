"""How good the answers are, on data folders and on packs with graded questions.

    uv run python benchmarks/quality.py [--data FOLDER ...] [--pack PACK QUESTIONS ...]
        [--phrasings all 10 5] [--typos 1 2] [--calibration]

Everything is asked in this process, on the path that the bot uses. `--data FOLDER=ro` names the language of a folder
(English without it); a folder that is not there is passed over, and said so. For a folder of entries, a row each for
all phrasings and for N an entry (drawn with --seed), and for the first of these with slips in each question:

    top, top3   the right entry is the first, among the first three candidates, whatever the outcome
    right, wrong     given as the answer; offer: among the choices that were offered
    out         out of scope, and answered
    at 5%       right in scope if the threshold were where 5 % of what is out of scope is answered
    auroc       how well confidence tells the right ones from what is out of scope
    ece         expected calibration error of the first candidate's confidence; a mere line is no candidate here, and a
                gap ("the story does not say") is right where nothing answers

For a folder of stories, where nothing is curated: first, third: the (first three) candidates' excerpts hold an answer;
answered: outcome "answer", which nothing can justify here; auroc: against what the story cannot answer or, where the
set has none of that, against each question put to the next story. For a pack: as `pullquote eval` has it, over all its
questions and, below, with those apart that no entry is about ("lines": how many of these got theirs).
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.common import MissingDataError, decimals, keep, note, parser, percent, reliability, show
from benchmarks.scoring import Measured, measure_entries, measure_pack, measure_stories
from knowledge.errors import PackError


def milliseconds(value: float | None) -> str:
    """Return a time."""
    return decimals(value, 1)


Column = tuple[str, str, Callable[[float | None], str]]

ENTRIES: Sequence[Column] = (
    *((name, name, percent) for name in ("top", "top3", "right", "wrong")),
    ("offer", "offered", percent),
    ("out", "out_of_scope_answered", percent),
    ("at 5%", "right_at_5_percent", percent),
    *((name, name, decimals) for name in ("auroc", "ece")),
    ("ms", "median_ms", milliseconds),
)
STORIES: Sequence[Column] = (
    *((name, name, percent) for name in ("first", "third", "answered")),
    ("auroc", "auroc", decimals),
    ("ms", "median_ms", milliseconds),
    ("p99", "p99_ms", milliseconds),
)
PACKS: Sequence[Column] = (
    *((name, name, percent) for name in ("right", "wrong", "helped", "answered")),
    ("lines", "uncurated", percent),
    ("ece", "ece", decimals),
    ("ms", "median_ms", milliseconds),
    ("p99", "p99_ms", milliseconds),
)


def table(title: str, columns: Sequence[Column], rows: Sequence[Measured], *, of_one: bool = False) -> None:
    """Print rows, if there are any; those of one data set are called by what was asked of it alone."""
    if rows:
        cells = [
            [
                row.variant if of_one else f"{row.data} {row.variant}",
                f"{row.figures['asked']}",
                *(how(row.figures.get(key)) for _, key, how in columns),
            ]
            for row in rows
        ]
        show(title, ["", "asked", *(head for head, _, _ in columns)], cells)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    options = parser(__doc__)
    options.add_argument("--data", nargs="+", default=[], metavar="FOLDER[=LANGUAGE]")
    options.add_argument(
        "--pack", nargs="+", action="append", default=[], type=Path, metavar=("PACK", "QUESTIONS")
    )
    options.add_argument("--phrasings", nargs="+", default=["all", "10", "5"], metavar="N")
    options.add_argument("--typos", nargs="*", type=int, default=[1, 2], metavar="N")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--limit", type=int, help="ask only so many questions of each, evenly chosen")
    options.add_argument("--calibration", action="store_true", help="print stated against observed, too")
    return options.parse_args()


def measure_folder(
    told: str, options: argparse.Namespace, entries: list[Measured], stories: list[Measured]
) -> None:
    """Measure a data folder of either kind."""
    name, _, language = told.partition("=")
    folder = Path(name)
    if (folder / "kb.jsonl").is_file():
        kept = [None if n == "all" else int(n) for n in options.phrasings]
        variants = [*((n, 0) for n in kept), *((kept[0], slips) for slips in options.typos if slips)]
        entries += [
            measure_entries(folder, phrasings=n, slips=slips, seed=options.seed, limit=options.limit)
            for n, slips in variants
        ]
    elif (folder / "stories.jsonl").is_file():
        stories.append(measure_stories(folder, language or "en", options.limit))
    else:
        raise MissingDataError(f"{folder} holds neither kb.jsonl nor stories.jsonl")


def main() -> None:
    """Print the tables."""
    options = read_options()
    entries: list[Measured] = []
    stories: list[Measured] = []
    packs: list[Measured] = []
    for told in options.data:
        try:
            measure_folder(told, options, entries, stories)
        except MissingDataError as missing:
            note(f"Skipped: {missing}.")
    for folder, *files in options.pack:
        try:
            packs += measure_pack(folder, files, options.limit)
        except (MissingDataError, PackError) as missing:
            note(f"Skipped: {missing}.")
    if not (entries or stories or packs):
        note("Nothing was measured: name data with --data FOLDER or --pack PACK QUESTIONS.jsonl.")
    table("Packs", PACKS, packs)
    for data, rows in groupby(entries, key=lambda row: row.data):
        table(f"Entries of {data}", ENTRIES, list(rows), of_one=True)
    table("Stories of which nothing is curated: the line that holds the answer", STORIES, stories)
    if options.calibration:
        for row in (r for r in (*packs, *entries) if r.stated):
            cells = [[f"{said:.3f}", f"{was:.3f}", f"{n}"] for n, said, was in reliability(row.stated)]
            show(f"{row.data} {row.variant}: confidence", ["stated", "observed", "questions"], cells)
    keep(
        options.json,
        {"packs": [r.as_json() for r in packs], "entries": [r.as_json() for r in entries]}
        | {"stories": [r.as_json() for r in stories]},
    )


if __name__ == "__main__":
    main()
