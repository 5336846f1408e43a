"""How well misses are put together that ask for the same, and how fast, on questions whose groups are known.

    uv run python benchmarks/clustering.py --data FOLDER [--one-offs FOLDER ...] [--sizes 1000 5000]
        [--seed N ...] [--tune]

A data folder's entries are the groups: of each as many questions are drawn as chance has it, few of most and many of
some. Half of the misses are one-offs, as most real ones are: questions of other folders (--one-offs, with
`test.jsonl`) that all have different answers. Fewer are drawn where there are not as many. The thresholds were chosen
on every second entry, with --tune; without it the others are measured. Beside Pullquote: what has the same words, and
leaders by rapidfuzz (a question joins the likest leader, if it is like enough, else leads others itself).

    seconds         of processor time
    clusters        of two questions and more
    purity          the share of questions that are of the group that most of their cluster are of
    of them         the same of these clusters alone, without what stands alone
    inverse         inverse purity: the share of questions in the cluster that holds most of their group
    right, found    of the pairs put together, those of one group; of the pairs of one group, those put together
    F1, Rand        of right and found; the adjusted Rand index (Hubert and Arabie, 1985)

Run it with OPENBLAS_NUM_THREADS=1 to hold it to one core.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.common import (
    MissingDataError,
    decimals,
    keep,
    note,
    parser,
    percent,
    read_entries,
    read_lines,
    seeded,
    show,
)
from knowledge.inbox import clusters
from knowledge.model import Ended, Miss
from knowledge.text.folding import words

Labelled = Sequence[tuple[str, str]]
"""Questions, each with the group that it is of."""

LARGEST = 40
"""Questions of the largest group for one of the smallest."""
LEADERS = 70
"""rapidfuzz's token_sort_ratio from which a question joins a leader: chosen with --tune for the purity of Pullquote."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def draw(
    groups: dict[str, Sequence[str]], one_offs: Sequence[str], size: int, rng: random.Random
) -> Labelled:
    """Draw questions of groups, and one-offs: half of them, if there are as many."""
    alone = rng.sample(one_offs, min(size // 2, len(one_offs)))
    wanted = {name: LARGEST ** rng.random() for name in groups}
    scale = (size - len(alone)) / sum(wanted.values())
    drawn = [(question, f"one-off {i}") for i, question in enumerate(alone)]
    for name, questions in groups.items():
        count = min(len(questions), max(1, round(scale * wanted[name])))
        drawn += [(question, name) for question in rng.sample(questions, count)]
    rng.shuffle(drawn)
    return drawn


def by_likeness(questions: Sequence[str]) -> list[int]:
    """Return the number of each question's cluster, as the inbox has them."""
    found = clusters(Miss(question, Ended.UNKNOWN, 1, NOW, NOW) for question in questions)
    number = {miss.question: i for i, cluster in enumerate(found) for miss in cluster.misses}
    return [number[question] for question in questions]


def by_words(questions: Sequence[str]) -> list[int]:
    """Put together what has the same words."""
    return numbered([tuple(sorted(words(question))) for question in questions])


def by_leaders(questions: Sequence[str]) -> list[int]:
    """Let each question join the likest leader, if it is like enough."""
    leaders: list[str] = []
    found = []
    for question in (" ".join(sorted(words(question))) for question in questions):
        scores = [fuzz.ratio(question, leader, score_cutoff=LEADERS) for leader in leaders]
        best = max(range(len(scores)), key=scores.__getitem__, default=0)
        if not scores or not scores[best]:
            best = len(leaders)
            leaders.append(question)
        found.append(best)
    return found


WAYS: dict[str, Callable[[Sequence[str]], list[int]]] = {
    "Pullquote": by_likeness,
    "leaders": by_leaders,
    "same words": by_words,
}


def numbered(keys: Sequence[Hashable]) -> list[int]:
    """Return a number for each key, the same for the same."""
    number = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    return [number[key] for key in keys]


def score(found: Sequence[int], groups: Sequence[str]) -> dict[str, float]:
    """Compare clusters with the groups that are known."""
    both, cluster, group = Counter(zip(found, groups, strict=True)), Counter(found), Counter(groups)
    most_of_cluster: Counter[int] = Counter()
    most_of_group: Counter[str] = Counter()
    for (one, other), count in both.items():
        most_of_cluster[one] = max(most_of_cluster[one], count)
        most_of_group[other] = max(most_of_group[other], count)
    several = [one for one, size in cluster.items() if size > 1]
    together, said, true = _pairs(both), _pairs(cluster), _pairs(group)
    chance = said * true / max(1, _pairs(Counter([0] * len(found))))
    right, share = together / max(1, said), together / max(1, true)
    return {
        "clusters": len(several),
        "purity": most_of_cluster.total() / len(found),
        "purity_of_several": sum(most_of_cluster[one] for one in several)
        / max(1, sum(cluster[one] for one in several)),
        "inverse_purity": most_of_group.total() / len(found),
        "right": right,
        "found": share,
        "f1": 2 * together / max(1, said + true),
        "rand": (together - chance) / max(1e-9, (said + true) / 2 - chance),
    }


def _pairs(counted: Counter[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in counted.values())


def measure(drawn: Labelled) -> list[dict[str, float | str]]:
    """Cluster questions in every way; a row each."""
    rows = []
    for name, way in WAYS.items():
        began = time.process_time()
        found = way([question for question, _ in drawn])
        seconds = time.process_time() - began
        figures = score(found, [group for _, group in drawn])
        rows.append({"way": name, "misses": len(drawn), "seconds": seconds, **figures})
    return rows


def read_one_offs(folder: Path) -> list[str]:
    """Return the questions of a folder that can be answered, one for each answer."""
    lines = [line for line in read_lines(folder / "test.jsonl") if line["answers"]]
    return list({line["answers"][0]: line["question"] for line in lines}.values())


def print_table(rows: Sequence[dict[str, float | str]]) -> None:
    """Print the rows."""
    shares = ("purity", "purity_of_several", "inverse_purity", "right", "found")
    heads = ("misses", "seconds", "clusters", "purity", "of them", "inverse", "right", "found", "F1", "Rand")
    cells = [
        [
            str(row["way"]),
            f"{row['misses']:,}",
            decimals(float(row["seconds"]), 2),
            f"{row['clusters']:,}",
            *(percent(float(row[name])) for name in shares),
            *(decimals(float(row[name])) for name in ("f1", "rand")),
        ]
        for row in rows
    ]
    show("Misses put together", ["", *heads], cells)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    options = parser(__doc__)
    options.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    options.add_argument("--one-offs", type=Path, nargs="+", default=[], metavar="FOLDER")
    options.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000], metavar="N")
    options.add_argument("--seed", type=int, nargs="+", default=[1], metavar="N")
    options.add_argument("--tune", action="store_true", help="measure the half that thresholds are chosen on")
    return options.parse_args()


def main() -> None:
    """Measure and print."""
    options = read_options()
    try:
        entries = read_entries(options.data, None, seeded(0))
        one_offs = [question for folder in options.one_offs for question in read_one_offs(folder)]
    except MissingDataError as error:
        note(str(error))
        sys.exit(1)
    half = sorted(entries, key=lambda entry: entry.id)[not options.tune :: 2]
    groups: dict[str, Sequence[str]] = {entry.id: tuple(dict.fromkeys(entry.phrasings)) for entry in half}
    cases = [(size, seed) for size in options.sizes for seed in options.seed]
    rows = [row for size, seed in cases for row in measure(draw(groups, one_offs, size, seeded(seed)))]
    print_table(rows)
    keep(options.json, rows)


if __name__ == "__main__":
    main()
