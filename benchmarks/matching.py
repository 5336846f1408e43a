"""How fast and how well an entry is found: Pullquote beside rapidfuzz, bm25s, SQLite FTS5 and tantivy.

    uv run --group benchmarks python benchmarks/matching.py [--sizes 100 1000 10000 100000] [--data FOLDER]

Without --data, on a made-up town (`generated.py`); with it, on so many phrasings of a folder's entries, taken from each
in turn, and on its questions. Each engine lives in a process of its own, confined to one thread; they are asked the
same questions, a few at a time in turn, one process working at a time, so that what else the machine does troubles all
alike. What is measured:

    build      seconds to take all entries (what Pullquote, FTS5 and tantivy write to disk when entries are saved is
               part of it for the latter two alone; `storage.py` measures it for Pullquote)
    median, p99, CPU   milliseconds a question; CPU is the mean of the process's CPU time
    x ours     the median beside that of Pullquote's whole path
    memory     by how much the process has grown when all questions have been asked, in MB
    top        the share of questions whose entry came first (whatever Pullquote would have said)
    new        milliseconds from adding an entry until its phrasing finds it, median of three; "lost" if it does not

The ratios are what counts: times are those of the machine and of what else it does.
"""

import argparse
import gc
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import zip_longest
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.common import (
    MissingDataError,
    decimals,
    keep,
    note,
    parser,
    percent,
    percentile,
    read_entries,
    read_lines,
    seeded,
    show,
    spread,
)
from benchmarks.engines import ENGINES, Engine
from benchmarks.generated import PHRASINGS, Town
from knowledge.model import Entry

OURS = next(iter(ENGINES))
IN_TURN = 10
"""Questions that an engine is asked before the next one's turn."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")

NEW = tuple(
    Entry(f"new-{thing}", (f"when does the {thing} of Ballantyne Pier turn",), "At noon.")
    for thing in ("zeppelin", "carousel", "gramophone")
)
"""Entries to be added."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be found, and questions with the ids of their entries."""

    entries: tuple[Entry, ...]
    questions: list[tuple[str, str]]

    @property
    def phrasings(self) -> int:
        """How many phrasings there are."""
        return sum(len(entry.phrasings) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of the table; times in milliseconds but for `build_s`."""

    engine: str
    phrasings: int
    questions: int
    build_s: float
    median_ms: float
    p99_ms: float
    cpu_ms: float
    memory_mb: float
    top: float
    new_ms: float
    new_found: bool


# ---- the work


def made_up(size: int, questions: int, seed: int) -> Work:
    """Return the work in a town that was made up."""
    town = Town(max(1, size // PHRASINGS), seed)
    return Work(town.entries, town.questions(questions + IN_TURN))


def from_folder(folder: Path, size: int, questions: int) -> Work:
    """Return the work with so many of a folder's phrasings, of all entries in turn, or with all it has."""
    entries = read_entries(folder, None, seeded(0))
    rounds = zip_longest(*([(e.id, p) for p in e.phrasings] for e in entries))
    taken = [pair for one_each in rounds for pair in one_each if pair is not None][:size]
    kept: dict[str, list[str]] = {}
    for entry_id, phrasing in taken:
        kept.setdefault(entry_id, []).append(phrasing)
    asked = [(t["question"], t["id"]) for t in read_lines(folder / "test.jsonl") if t["id"] in kept]
    chosen = tuple(Entry(entry_id, tuple(phrasings), "-") for entry_id, phrasings in kept.items())
    return Work(chosen, spread(asked, questions + IN_TURN))


def sizes_of(options: argparse.Namespace) -> Iterator[Work]:
    """Yield the work of each size; a folder that has too few phrasings for several of them gives all once."""
    largest = 0
    for size in sorted(options.sizes):
        if options.data is None:
            yield made_up(size, options.questions, options.seed)
            continue
        work = from_folder(options.data, size, options.questions)
        if work.phrasings > largest:
            largest = work.phrasings
            yield work
        else:
            note(f"Skipped: {size:,} phrasings; {options.data.name} has {work.phrasings:,} in all.")


# ---- an engine in its process


def serve(name: str, conversation: Connection) -> None:
    """Build an engine, answer what comes over the connection, and add entries at the end."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            engine = ENGINES[name](Path(folder))
        except ImportError as error:
            conversation.send(error.name)
            return
        conversation.send(None)
        entries = conversation.recv()
        before = resident()
        began = time.perf_counter()
        engine.build(entries)
        conversation.send(time.perf_counter() - began)
        while (questions := conversation.recv()) is not None:
            conversation.send([_ask(engine, question) for question in questions])
        grown = resident() - before
        engine.get_ready_to_add()
        added = [_add(engine, entry) for entry in NEW]
        engine.close()
        conversation.send((grown, added))


def _ask(engine: Engine, question: str) -> tuple[str | None, float, float]:
    """Return what was found, and the milliseconds and CPU milliseconds that it took."""
    began, cpu = time.perf_counter(), time.process_time()
    found = engine.top(question)
    return found, (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000


def _add(engine: Engine, entry: Entry) -> tuple[bool, float]:
    """Return whether a new entry is found by its own phrasing, and the milliseconds until then."""
    began = time.perf_counter()
    engine.add(entry)
    found = engine.top(entry.phrasings[0])
    return found == entry.id, (time.perf_counter() - began) * 1000


def resident() -> float:
    """Return the memory of this process in MB; 0 where the system does not tell as Linux does."""
    gc.collect()
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        return 0.0
    return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


# ---- all engines, in turn


@contextmanager
def started(name: str) -> Iterator[Connection]:
    """Start an engine's process, and see it end."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(name, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(timeout=10)
        process.kill()


def measure(work: Work, names: Sequence[str]) -> list[Measured]:
    """Measure the engines on the same work."""
    asked, warm = work.questions[IN_TURN:], work.questions[:IN_TURN]
    with ExitStack() as stack:
        running: dict[str, Connection] = {}
        for name in names:
            engine = stack.enter_context(started(name))
            if missing := engine.recv():
                note(f"Skipped: {name}; {missing} is not installed (uv run --group benchmarks ...).")
            else:
                running[name] = engine
        built = {name: _told(engine, work.entries) for name, engine in running.items()}
        for engine in running.values():
            _told(engine, [question for question, _ in warm])
        replies: dict[str, list[tuple[str | None, float, float]]] = {name: [] for name in running}
        for first in range(0, len(asked), IN_TURN):
            some = [question for question, _ in asked[first : first + IN_TURN]]
            for name, engine in running.items():
                replies[name] += _told(engine, some)
        ends = {name: _told(engine, None) for name, engine in running.items()}
    return [
        Measured(
            engine=name,
            phrasings=work.phrasings,
            questions=len(asked),
            build_s=built[name],
            median_ms=percentile([ms for _, ms, _ in replies[name]], 0.5),
            p99_ms=percentile([ms for _, ms, _ in replies[name]], 0.99),
            cpu_ms=sum(cpu for _, _, cpu in replies[name]) / len(asked),
            memory_mb=ends[name][0],
            top=sum(r[0] == right for r, (_, right) in zip(replies[name], asked, strict=True)) / len(asked),
            new_ms=percentile([ms for _, ms in ends[name][1]], 0.5),
            new_found=all(found for found, _ in ends[name][1]),
        )
        for name in running
    ]


def _told(engine: Connection, what: object) -> Any:  # noqa: ANN401  whatever the engine's process says
    engine.send(what)
    return engine.recv()


def table(rows: Sequence[Measured], title: str) -> None:
    """Print the rows of one size."""
    ours = next((row.median_ms for row in rows if row.engine == OURS), None)
    cells = [
        [
            row.engine,
            decimals(row.build_s, 2),
            decimals(row.median_ms, 2),
            decimals(row.p99_ms, 2),
            decimals(row.cpu_ms, 2),
            decimals(row.median_ms / ours if ours else None, 2),
            f"{row.memory_mb:.0f}",
            percent(row.top),
            f"{row.new_ms:,.1f}" if row.new_found else "lost",
        ]
        for row in rows
    ]
    show(title, ["", "build", "median", "p99", "CPU", "x ours", "memory", "top", "new"], cells)


def main() -> None:
    """Print a table for each size."""
    options = parser(__doc__)
    options.add_argument("--sizes", nargs="+", type=int, default=[100, 1000, 10_000, 100_000], metavar="N")
    options.add_argument("--data", type=Path, metavar="FOLDER", help="take entries and questions from here")
    options.add_argument("--questions", type=int, default=200, help="questions asked at each size")
    options.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    rows: list[Measured] = []
    try:
        for work in sizes_of(chosen):
            measured = measure(work, chosen.engines)
            name = chosen.data.name if chosen.data else "made up"
            table(measured, f"{work.phrasings:,} phrasings of {len(work.entries):,} entries, {name}")
            rows += measured
    except MissingDataError as missing:
        note(f"Skipped: {missing}.")
    keep(chosen.json, [asdict(row) for row in rows])


if __name__ == "__main__":
    main()
