"""What `pullquote import` takes for a large file, from its start to its end: seconds, CPU and memory.

    uv run python benchmarks/importing.py [--entries 10000]

Made-up entries of three phrasings, as JSON Lines and as a knowledge base of QnA Maker (TSV, with answers in markdown),
each into an SQLite file of its own: taken first, with all of them new; taken again, with all of them the same; and as a
dry run. The command runs as a process of its own.
"""

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.common import keep, parser, seeded, show
from benchmarks.startup import Run, run

THINGS = (
    "river gate harbour lantern council bridge market orchard ticket ferry museum garden tower bakery".split()
)
ASKED = "When does the {} open?|Where is the {}, please?|Who looks after the {}?".split("|")
COLUMNS = "Question Answer Source Metadata SuggestedQuestions IsContextOnly Prompts QnaId".split()
TIMES = {"new": (), "the same again": (), "a dry run": ("--dry-run",)}
"""What is measured, with the options of the command."""


def json_lines(entries: list[list[str]]) -> str:
    """Return entries, each given by its questions, in our own format."""
    return "".join(
        json.dumps({"id": f"entry-{number}", "phrasings": questions, "answer": f"It is number {number}."})
        + "\n"
        for number, questions in enumerate(entries)
    )


def qna_maker(entries: list[list[str]]) -> str:
    """Return entries, each given by its questions, as QnA Maker exports them."""
    rows = ["\t".join(COLUMNS)]
    for number, questions in enumerate(entries):
        answer = (
            rf"It is **number {number}**, see [the list](https://town.example/{number}).\n\n* open\n* free"
        )
        rows += (f"{question}\t{answer}\tEditorial\t\t[]\tFalse\t[]\t{number}" for question in questions)
    return "\n".join(rows)


def main() -> None:
    """Print the table."""
    options = parser(__doc__ or "")
    options.add_argument("--entries", type=int, default=10_000, metavar="N")
    args = options.parse_args()
    rng = seeded(0)
    entries = [
        [asked.format(f"{rng.choice(THINGS)} {rng.choice(THINGS)} {number}") for asked in ASKED]
        for number in range(args.entries)
    ]
    found: dict[str, Run] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("entries.jsonl", json_lines(entries)), ("kb.tsv", qna_maker(entries))):
            file = Path(folder, name)
            file.write_text(content, encoding="utf-8")
            database = f"sqlite:///{os.fspath(file)}.db"
            for what, more in TIMES.items():
                found[f"{name}, {what}"] = run(
                    "-m", "bot", "import", str(file), "--no-pack", "--database", database, *more
                )
    show(
        f"pullquote import of {args.entries:,} entries",
        ["", "seconds", "CPU seconds", "memory MB"],
        [
            [what, f"{r.seconds:.1f}", f"{r.cpu_seconds:.1f}", f"{r.memory_mb:.0f}"]
            for what, r in found.items()
        ],
    )
    keep(args.json, {"entries": args.entries, "runs": {what: asdict(one) for what, one in found.items()}})


if __name__ == "__main__":
    main()
