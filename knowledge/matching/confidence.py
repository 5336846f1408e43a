"""Turn evidence into a probability: a logistic model over the fields of `Evidence`.

Its weights stand in `confidence.json`, made by `benchmarks/train_confidence.py` from questions with known answers.
"""

import json
import math
from dataclasses import fields
from functools import cache
from importlib.resources import files
from operator import attrgetter

from knowledge.matching.evidence import Evidence

_values = attrgetter(*(field.name for field in fields(Evidence)))


@cache
def _model() -> tuple[tuple[float, ...], float]:
    stored = json.loads(files("knowledge.matching").joinpath("confidence.json").read_text(encoding="utf-8"))
    return tuple(stored["weights"][field.name] for field in fields(Evidence)), stored["bias"]


def confidence(evidence: Evidence) -> float:
    """Return the probability, 0 to 1, that a candidate with this evidence is the right answer."""
    weights, bias = _model()
    total = bias + sum(w * x for w, x in zip(weights, _values(evidence), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def contributions(evidence: Evidence) -> dict[str, float]:
    """Return what each field of the evidence adds to the log-odds of the confidence, and `bias`, where it starts."""
    weights, bias = _model()
    added = zip(fields(Evidence), weights, _values(evidence), strict=True)
    return {"bias": bias, **{field.name: weight * value for field, weight, value in added}}
