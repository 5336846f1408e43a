"""Find how much each sign of a near passage counts, from stories with questions that they answer.

    uv run python benchmarks/train_passages.py --data FOLDER [LANGUAGE] [--data ...]

A folder holds stories.jsonl and test.jsonl (see `benchmarks/common.py`). The weights make it likely that a passage
that holds an answer is the first among those of the question's own story and of the next story (a softmax over them,
fitted by Adam, Kingma and Ba, 2015). Scale and offset then make the nearness of the first passage the probability
that it holds an answer, half of the questions being put to their own story and half to the next. Printed: first,
third and auroc of every second story by the weights of the others, and `MIX` and `OFFSET` of all, to be written into
`knowledge/matching/passages.py`.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import auroc, percent, read_lines, share
from benchmarks.scoring import holds, read_stories
from knowledge.matching.passages import MIX, PassageIndex
from knowledge.text.folding import words

STEPS = 300
RATE = 0.1
DECAY = 1e-3
"""How strongly the weights are held back from growing (L2)."""
FIRST, THIRD = 1, 3

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the signs of the passages of its own story and of another one."""

    story: int
    own: Array
    other: Array
    right: NDArray[np.bool_]
    """Which passages of its own story hold an answer."""


def ask_all(folder: Path, language: str) -> list[Asked]:
    """Look a folder's questions up, those of which no one sentence holds an answer left out."""
    stories = list((named := read_stories(folder, language)).values())
    index, number = PassageIndex(stories), {name: i for i, name in enumerate(named)}
    asked = []
    for test in read_lines(folder / "test.jsonl"):
        at, question = number[test["story"]], words(test["question"])
        right = np.array([holds(passage.text, test["answers"]) for passage in stories[at].passages])
        if right.any() and question:
            following = stories[(at + 1) % len(stories)]
            own, other = (
                index.signs(question, [language], index.scope(story.slug))
                for story in (stories[at], following)
            )
            asked.append(Asked(at, own.astype(np.float64), other.astype(np.float64), right))
    return asked


def fit(asked: Sequence[Asked]) -> Array:
    """Fit the weights."""
    signs = np.concatenate([part for one in asked for part in (one.own, one.other)])
    right = np.concatenate([part for one in asked for part in (one.right, np.zeros(len(one.other), bool))])
    lengths = [len(one.own) + len(one.other) for one in asked]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    weights, mean, square = np.ones(signs.shape[1]), 0.0, 0.0
    for step in range(1, STEPS + 1):
        sums = signs @ weights
        likely = np.exp(sums - np.repeat(np.maximum.reduceat(sums, starts), lengths))
        among_right = likely * right
        likely /= np.repeat(np.add.reduceat(likely, starts), lengths)
        among_right /= np.maximum(np.repeat(np.add.reduceat(among_right, starts), lengths), 1e-12)
        slope = signs.T @ (likely - among_right) / len(asked) + DECAY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def calibrate(asked: Sequence[Asked], weights: Array) -> tuple[float, float]:
    """Return the scale and the offset that make sums probabilities (logistic regression, by Newton's method)."""
    sums = [one.own @ weights for one in asked]
    first = np.array([*(s.max() for s in sums), *((one.other @ weights).max() for one in asked)])
    right = np.array(
        [*(one.right[s.argmax()] for one, s in zip(asked, sums, strict=True)), *[False] * len(asked)]
    )
    rows = np.stack([first, -np.ones(len(first))], axis=1)
    found = np.zeros(2)
    for _ in range(20):
        likely = 1 / (1 + np.exp(-rows @ found))
        curve = rows.T @ (rows * (likely * (1 - likely))[:, None]) + DECAY * np.eye(2)
        found += np.linalg.solve(curve, rows.T @ (right - likely) - DECAY * found)
    return float(found[0]), float(found[1])


def report(name: str, asked: Sequence[Asked], weights: Array) -> None:
    """Print how often a passage that holds an answer comes first, or among the first three."""
    sums = [one.own @ weights for one in asked]
    ranked = [one.right[np.argsort(-s, kind="stable")] for one, s in zip(asked, sums, strict=True)]
    first, third = (share(bool(right[:most].any()) for right in ranked) for most in (FIRST, THIRD))
    found = [float(s.max()) for right, s in zip(ranked, sums, strict=True) if right[0]]
    told = auroc(found, [float((one.other @ weights).max()) for one in asked])
    print(f"{name:24} first {percent(first)}  third {percent(third)}  auroc {told:.4f}  ({len(asked)} asked)")


def main() -> None:
    """Train and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", nargs="+", action="append", required=True, metavar=("FOLDER", "LANGUAGE"))
    sets = {}
    for folder, *language in parser.parse_args().data:
        sets[Path(folder).name] = ask_all(Path(folder), language[0] if language else "en")
    for held_out in (0, 1):
        weights = fit([one for asked in sets.values() for one in asked if one.story % 2 != held_out])
        for name, asked in sets.items():
            report(
                f"{name}, half {held_out + 1}", [one for one in asked if one.story % 2 == held_out], weights
            )
    everything = [one for asked in sets.values() for one in asked]
    weights = fit(everything)
    scale, offset = calibrate(everything, weights)
    mix = "\n".join(f'    "{sign}": {scale * weight:.1f},' for sign, weight in zip(MIX, weights, strict=True))
    print(f"MIX = {{\n{mix}\n}}\nOFFSET = {offset:.1f}")


if __name__ == "__main__":
    main()
