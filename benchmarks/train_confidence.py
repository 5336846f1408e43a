"""Train the confidence model from questions with known answers, and write its weights.

    uv run --group benchmarks python benchmarks/train_confidence.py --set PACK QUESTIONS.jsonl ... [--set ...] [--write]

Each --set names a pack's folder and files of questions about its stories. Every question's best candidates become
rows: their evidence, and whether the reply that they would make is right (`knowledge.evaluation`). A question is also
asked with a "not" put in and with its numbers changed: such a reply is never right, which teaches the guards; and some
of the packs' own phrasings are asked with themselves, and with their entries, left out. Printed for each set, by
ten-fold cross-validation over questions and by training on the other sets alone: the share of the answerable questions
answered right and wrong at thresholds that answer 2 to 10 % of the unanswerable ones, and the calibration.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from knowledge.answering import Base, CompiledPacks
from knowledge.evaluation import Expected, Verdict, judge, read_questions
from knowledge.matching import confidence
from knowledge.matching.evidence import Evidence, matches
from knowledge.matching.groups import allied
from knowledge.model import Question
from knowledge.packs import read_pack
from knowledge.text.folding import words

CANDIDATES = 3
CHANGED_WEIGHT = 0.1
LEFT_OUT = 3
"""Phrasings of every entry that are asked without themselves, and without their entry."""
SHARES = (0.02, 0.04, 0.05, 0.08, 0.1)
NAMES = [field.name for field in fields(Evidence)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the evidence of its best candidates and which of them are right."""

    expected: Expected
    evidence: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]


def ask(base: Base, expected: Expected, change: Callable[[str], str] | None = None) -> Asked:
    """Look a question up, or a changed one that nothing answers."""
    text = change(expected.question.text) if change else expected.question.text
    found = matches(words(text), [base.compiled.curated], base.vocabulary, base.compiled.language, limit=20)
    said = [m for m in found if not m.group.is_gap][:CANDIDATES]
    replies = [base.answer_from(m.group.source, text) for m in said]
    right = tuple(not change and r is not None and judge(expected, r) is Verdict.RIGHT for r in replies)
    return Asked(expected, tuple(astuple(m.evidence) for m in said), right)


def left_out(base: Base, each: int) -> list[Asked]:
    """Ask some phrasings of every entry of the packs themselves: a phrasing without itself, and without its entry.

    Without itself it should be answered by its entry or one that rests on the same line; without these by nothing.
    """
    part, asked = base.compiled.curated, []
    seen: Counter[int] = Counter()
    for row, (at, phrasing) in enumerate(part.phrasing_of):
        group = part.groups[at]
        seen[at] += 1
        if group.is_gap or seen[at] > each:
            continue
        expected = Expected(group.source.id, Question(group.phrasings[phrasing]), "left out", answerable=True)
        for parts, usable in (
            ([part.without(row, base.compiled.language)], lambda _: True),
            ([part], lambda g, mine=group: not allied(g, mine)),
        ):
            found = matches(
                group.folded[phrasing],
                parts,
                base.vocabulary,
                base.compiled.language,
                limit=20,
                usable=usable,
            )
            said = [m for m in found if not m.group.is_gap][:CANDIDATES]
            evidence = tuple(astuple(m.evidence) for m in said)
            right = tuple(m.group.source == group.source or allied(m.group, group) for m in said)
            asked.append(Asked(expected, evidence, right))
    return asked


def denied(text: str) -> str:
    """Put a "not" after the first verb-like word of a question."""
    return re.sub(r"\b(did|does|do|is|was|has|were|are|who|a|hat)\b", r"\1 not", text, count=1)


def miscounted(text: str) -> str:
    """Change every number of a question."""
    return re.sub(r"\d+", lambda m: str(int(m[0]) + 7), text)


def rows(asked: Sequence[Asked]) -> tuple[np.ndarray, np.ndarray]:
    """Return the evidence and labels of all candidates of all questions."""
    return (
        np.array([row for one in asked for row in one.evidence]),
        np.array([right for one in asked for right in one.right]),
    )


def fit(asked: Sequence[Asked], changed: Sequence[Asked]) -> Pipeline:
    """Fit the model; changed and left-out questions count little, for members rarely ask such."""
    (evidence, right), (more, never) = rows(asked), rows(changed)
    weight = np.concatenate([np.ones(len(right)), np.full(len(never), CHANGED_WEIGHT)])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=5000))
    return model.fit(
        np.concatenate([evidence, more]),
        np.concatenate([right, never]),
        logisticregression__sample_weight=weight,
    )


def predict(model: Pipeline, asked: Sequence[Asked]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the confidence in each question's best candidate, whether it is right, and whether there is an answer."""
    best, right = [], []
    for one in asked:
        sure = model.predict_proba(np.array(one.evidence))[:, 1] if one.evidence else np.zeros(1)
        best.append(sure.max())
        right.append(bool(one.right) and one.right[int(sure.argmax())])
    return np.array(best), np.array(right), np.array([one.expected.answerable for one in asked])


def report(name: str, sure: np.ndarray, right: np.ndarray, answerable: np.ndarray) -> None:
    """Print what thresholds would give."""
    refused = np.sort(sure[~answerable])[::-1]
    print(f"{name}: right first {right[answerable].mean():.3f}")
    for share in SHARES:
        least = refused[int(share * len(refused))]
        said = sure > least
        good, bad = (said & right)[answerable].mean(), (said & ~right)[answerable].mean()
        print(
            f"  {share:5.0%} of the unanswerable answered: right {good:.3f}, wrong {bad:.3f}, from {least:.2f}"
        )
    edges = np.linspace(0, 1, 11)
    bins = np.clip(np.digitize(sure, edges) - 1, 0, 9)
    error = sum(abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    print(f"  expected calibration error {error:.3f}")


def main() -> None:
    """Train, report, and with --write keep the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--set", nargs="+", action="append", required=True, metavar="PACK QUESTIONS", type=Path
    )
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    args = parser.parse_args()
    sets: dict[str, list[Asked]] = {}
    changed: list[Asked] = []
    for folder, *files in args.set:
        base = Base(CompiledPacks([read_pack(folder)]))
        expected = [e for f in files for e in read_questions(f.read_text(encoding="utf-8"), f.name)]
        sets[folder.name] = [ask(base, e) for e in expected]
        changed += left_out(base, LEFT_OUT)
        for change in (denied, miscounted):
            different = [e for e in expected if e.answerable and change(e.question.text) != e.question.text]
            changed += [ask(base, e, change) for e in different]
    everything = [one for asked in sets.values() for one in asked]
    for name, asked in sets.items():
        parts = []
        for kept, held_out in KFold(10, shuffle=True, random_state=0).split(asked):
            others = [one for other, them in sets.items() if other != name for one in them]
            model = fit([*others, *(asked[i] for i in kept)], changed)
            parts.append(predict(model, [asked[i] for i in held_out]))
        report(f"{name}, cross-validated", *(np.concatenate(p) for p in zip(*parts, strict=True)))
        if len(sets) > 1:
            others = [one for other, them in sets.items() if other != name for one in them]
            report(f"{name}, trained on the others alone", *predict(fit(others, changed), asked))
    scaler, model = fit(everything, changed)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    for name, weight, spread in zip(NAMES, weights, scaler.scale_, strict=True):
        print(f"{name:18}{weight:9.3f}  (a standard deviation: {weight * spread:6.3f})")
    if args.write:
        stored = {
            "bias": round(bias, 5),
            "weights": {n: round(float(w), 5) for n, w in zip(NAMES, weights, strict=True)},
        }
        target = Path(confidence.__file__).with_name("confidence.json")
        target.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
