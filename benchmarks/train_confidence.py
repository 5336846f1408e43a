"""Train the confidence models from questions with known answers, and write their weights.

    uv run --group benchmarks python benchmarks/train_confidence.py --set PACK QUESTIONS.jsonl ... [--set ...]
        [--faq FOLDER ...] [--semantic FOLDER] [--write]

Each --set names a pack's folder and files of questions about its stories; each --faq a folder of entries and questions
(`kb.jsonl`, `test.jsonl`, as `quality.py` reads), of which a part of the entries is left out, so that their questions
have no answer. Every question's best candidates become rows: their evidence, and whether the reply that they would make
is right. Gaps are weighed by the same model, as what a question may mean; one of their own, trained on whether there is
nothing to say, did not work on another story.
A question is also asked with a "not" put in and with its numbers changed: such a reply is never right, which teaches
the guards; and some of the packs' own phrasings are asked with themselves, and with their entries, left out. Printed
for each set, by ten-fold cross-validation over questions and by training on the other sets alone: the share of the
answerable questions answered right and wrong at thresholds that answer 2 to 10 % of the unanswerable ones, and the
calibration; and what the gaps' confidence (that the gap is what is meant) is beside how often nothing is to say, which
is more: many questions that are like a gap have no answer either. With --semantic, the model for a closer look is
trained instead, with the sentence encoder of that folder.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.common import calibration_error
from benchmarks.labelling import Candidate, Labelled, from_faq, from_pack
from knowledge.matching import confidence
from knowledge.matching.evidence import Evidence
from knowledge.semantic import open_models

SHARES = (0.02, 0.04, 0.05, 0.08, 0.1)
NAMES = [field.name for field in fields(Evidence)]
FOLDS = 10
HELD_BACK = 0.1
"""Inverse strength of the regularisation."""


def fit(asked: Sequence[Labelled]) -> Pipeline:
    """Fit the model."""
    rows = [(c, one.weight) for one in asked for c in one.candidates if not c.is_gap]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=HELD_BACK, max_iter=5000))
    return model.fit(
        np.array([c.evidence for c, _ in rows]),
        np.array([c.is_right for c, _ in rows]),
        logisticregression__sample_weight=np.array([weight for _, weight in rows]),
    )


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a model makes of questions.

    What is refused whatever the confidence, or stands behind a gap, is never said: its confidence counts as 0.
    """

    said: list[tuple[float, bool, bool]]
    """The confidence in what would be said of each question, whether it is right, and whether there is an answer."""
    best: list[tuple[float, bool]]
    """The confidence in each question's best candidate that can be said, and whether it is right."""
    gaps: list[tuple[float, bool]]
    """The confidence in each gap that comes first, and whether there is nothing to say."""


def predicted(model: Pipeline, asked: Sequence[Labelled]) -> Predicted:
    """Weigh the candidates of questions."""
    found = Predicted([], [], [])
    for one in asked:
        ranked = sorted(((_probability(model, c), c) for c in one.candidates), key=lambda pair: -pair[0])
        found.best.extend([(sure, c.is_right) for sure, c in ranked if not c.is_gap][:1])
        sure, first = ranked[0] if ranked else (0.0, None)
        if first is not None and first.is_gap:
            found.gaps.append((sure, not one.answerable))
        if first is None or first.is_gap or first.is_refused:
            found.said.append((0.0, False, one.answerable))
        else:
            found.said.append((sure, first.is_right, one.answerable))
    return found


def _probability(model: Pipeline, candidate: Candidate) -> float:
    scaler, regression = model
    total = (np.array(candidate.evidence) - scaler.mean_) / scaler.scale_ @ regression.coef_[0]
    return float(1 / (1 + np.exp(-total - regression.intercept_[0])))


def report(name: str, figures: Predicted) -> None:
    """Print what thresholds would give, and the calibration."""
    refused = sorted((sure for sure, _, answerable in figures.said if not answerable), reverse=True)
    answerable = [(sure, right) for sure, right, has_answer in figures.said if has_answer]
    print(name)
    for share in SHARES if refused else ():
        least = refused[int(share * len(refused))]
        given = [right for sure, right in answerable if sure > least]
        print(
            f"  {share:5.0%} of the unanswerable answered: right {sum(given) / len(answerable):.3f},"
            f" wrong {(len(given) - sum(given)) / len(answerable):.3f}, from {least:.2f}"
        )
    print(f"  expected calibration error {calibration_error(figures.best):.3f}")
    if figures.gaps:
        stated, observed = np.mean(figures.gaps, axis=0)
        print(
            f"  {len(figures.gaps)} gaps come first: stated {stated:.2f}, nothing to say for {observed:.2f}"
        )


def cross_validated(asked: Sequence[Labelled], others: Sequence[Labelled]) -> Predicted:
    """Weigh every question with models that were fitted without it."""
    found = Predicted([], [], [])
    for kept, held_out in KFold(FOLDS, shuffle=True, random_state=0).split(asked):
        part = predicted(fit([*others, *(asked[i] for i in kept)]), [asked[i] for i in held_out])
        found.said.extend(part.said)
        found.best.extend(part.best)
        found.gaps.extend(part.gaps)
    return found


def stored(model: Pipeline) -> dict[str, object]:
    """Return a model's weights as they stand in the package."""
    scaler, regression = model
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    for name, weight, spread in zip(NAMES, weights, scaler.scale_, strict=True):
        print(f"{name:18}{weight:9.3f}  (a standard deviation: {weight * spread:6.3f})")
    return {
        "bias": round(bias, 5),
        "weights": {n: round(float(w), 5) for n, w in zip(NAMES, weights, strict=True)},
    }


def main() -> None:
    """Train, report, and with --write keep the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--set", nargs="+", action="append", required=True, metavar="PACK QUESTIONS", type=Path
    )
    parser.add_argument("--faq", nargs="+", default=[], metavar="FOLDER", type=Path)
    parser.add_argument("--semantic", metavar="FOLDER", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    args = parser.parse_args()
    sets: dict[str, list[Labelled]] = {}
    changed: list[Labelled] = []
    models = open_models({"": args.semantic}) if args.semantic else None
    for folder, *files in args.set:
        sets[folder.name], more = from_pack(folder, files, models)
        changed += more
    sets |= {folder.name: from_faq(folder, models) for folder in args.faq}
    for name, asked in sets.items():
        others = [one for other, them in sets.items() if other != name for one in them] + changed
        report(f"{name}, cross-validated", cross_validated(asked, others))
        if len(sets) > 1:
            report(f"{name}, trained on the others alone", predicted(fit(others), asked))
    weights = stored(fit([one for asked in sets.values() for one in asked] + changed))
    if args.write:
        name = "confidence_semantic.json" if models else "confidence.json"
        target = Path(confidence.__file__).with_name(name)
        target.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
