"""How long it takes to foresee what a new entry does on a big server, and whether it is so.

    uv run python benchmarks/effect.py [--entries 2000] [--phrasings 5] [--misses 500] [--changes 21]
        [--check N] [--known N] [--alone]

A made-up town's entries are a server's own, beside the bundled pack (with --alone, without any). Each change adds an
entry that was left out, adds a phrasing to one, or takes one away. `prepared` is what the answers before take, once, in
the background; `foreseen` and `asked` are what a preview takes, and how many questions it had to ask again; `previewed`
is all that a preview of a new entry waits for, from the entry to what it changes, by the clock. With --check, so many
of the questions that were not asked are asked nevertheless: `missed` counts those whose answer had changed, of which
there must be none. With --known, only so many of the known questions are looked at, evenly chosen, and nothing is
previewed.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from benchmarks.clustering import NOW
from benchmarks.common import decimals, keep, note, parser, percentile, seeded, show, spread
from benchmarks.generated import Town
from knowledge.answering import Base, CompiledPacks
from knowledge.effect import Memory, effect, foresee, known, try_entry
from knowledge.effect.said import said
from knowledge.model import Answer, Ended, Entry, Miss, Question
from knowledge.packs import bundled_pack, read_pack

Row = dict[str, float | str]


def changes(own: Sequence[Entry], others: Sequence[Entry], count: int) -> Iterator[tuple[str, list[Entry]]]:
    """Return what was changed, and the server's entries then."""
    rng = seeded(2)
    for number, other in enumerate(others[:count]):
        at = rng.randrange(len(own))
        one = own[at]
        if number % 3 == 0:
            yield "added", [*own, other]
        elif number % 3 == 1:
            more = replace(one, phrasings=(*one.phrasings, other.phrasings[0]))
            yield "phrased", [*own[:at], more, *own[at + 1 :]]
        else:
            yield "removed", [*own[:at], *own[at + 1 :]]


def measure(memory: Memory, what: str, own: Sequence[Entry], check: int) -> Row:
    """Foresee one change."""
    after = memory.base.with_own(own)
    old = {one.text for one in known(memory.base)}
    new = [one for one in known(after) if one.text not in old]
    began = time.process_time()
    found = effect(memory, after, new)
    seconds = time.process_time() - began
    row: Row = {"what": what, "seconds": seconds, "asked": found.asked, "changed": len(found.changed)}
    if check:
        kept = sorted(memory.seen.keys() - memory.affected(after))
        looked_at = seeded(3).sample(kept, min(check, len(kept)))
        row["missed"] = sum(_differs(after.answer, text, memory) for text in looked_at)
    return row


def preview(memory: Memory, entry: Entry, misses: Sequence[Miss]) -> float:
    """Return the seconds by the clock that a preview of a new entry waits for what else changes."""
    began = time.perf_counter()
    foresee(memory, try_entry(memory.base, entry), (), misses)
    return time.perf_counter() - began


def _differs(ask: Callable[[Question], Answer], text: str, memory: Memory) -> bool:
    return said(ask(Question(text))) != said(memory.seen[text].answer)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    options = parser(__doc__)
    for name, size in (
        ("entries", 2000),
        ("phrasings", 5),
        ("misses", 500),
        ("changes", 21),
        ("check", 0),
        ("known", None),
    ):
        options.add_argument(f"--{name}", type=int, default=size, metavar="N")
    options.add_argument("--alone", action="store_true")
    return options.parse_args()


def main() -> None:
    """Measure and print."""
    options = read_options()
    town = Town(options.entries + options.changes)
    made = [replace(entry, phrasings=entry.phrasings[: options.phrasings]) for entry in town.entries]
    own, others = made[: options.entries], made[options.entries :]
    misses = [Miss(text, Ended.UNKNOWN, 1, NOW, NOW) for text, _ in town.questions(options.misses)]
    packs = [] if options.alone else [read_pack(bundled_pack())]
    base = Base(CompiledPacks(packs), own)
    began = time.process_time()
    memory = Memory(base, spread(known(base, misses=misses), options.known))
    prepared = time.process_time() - began
    rows = [
        measure(memory, what, then, options.check) for what, then in changes(own, others, options.changes)
    ]
    seconds = [float(row["seconds"]) for row in rows]
    waited = [] if options.known else [preview(memory, other, misses) for other in others]
    note(f"{len(memory.questions):,} known questions, prepared in {prepared:.1f} s of processor time")
    note(f"foreseen in {percentile(seconds, 0.5):.2f} s (median), {max(seconds):.2f} s at most")
    if waited:
        note(f"previewed in {percentile(waited, 0.5):.2f} s (median), {max(waited):.2f} s at most")
    columns = ("seconds", "asked", "changed", *(["missed"] if options.check else []))
    cells = [
        [str(row["what"]), decimals(float(row["seconds"]), 2), *(f"{row[c]:,}" for c in columns[1:])]
        for row in rows
    ]
    show("Changes foreseen", ["", *columns], cells)
    keep(
        options.json,
        {"questions": len(memory.questions), "prepared": prepared, "previewed": waited, "changes": rows},
    )


if __name__ == "__main__":
    main()
