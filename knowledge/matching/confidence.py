"""Turn evidence into a probability: a logistic model over the fields of `Evidence`.

Its weights stand in `confidence.json`, made by `benchmarks/train_confidence.py` from questions with known answers.
Those for a closer look, whose evidence rests on a sentence encoder, stand in `confidence_semantic.json`.
"""

import json
import math
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from itertools import product
from operator import attrgetter

from knowledge.matching.evidence import Evidence

_values = attrgetter(*(field.name for field in fields(Evidence)))


@cache
def _model(*, is_closer: bool) -> tuple[tuple[float, ...], float]:
    name = "confidence_semantic.json" if is_closer else "confidence.json"
    stored = json.loads(files("knowledge.matching").joinpath(name).read_text(encoding="utf-8"))
    return tuple(stored["weights"][field.name] for field in fields(Evidence)), stored["bias"]


def confidence(evidence: Evidence, *, is_closer: bool = False) -> float:
    """Return the probability, 0 to 1, that a candidate with this evidence is the right answer."""
    weights, bias = _model(is_closer=is_closer)
    total = bias + sum(w * x for w, x in zip(weights, _values(evidence), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def at_most(evidence: Evidence, *, is_closer: bool = False) -> float:
    """Return the highest confidence that the evidence could give, were other words of the question the rare ones.

    How rare they are tells what the shares of met words weigh; the model is linear, so its highest is at a corner.
    """
    return max(
        confidence(replace(evidence, told=told, meant=meant), is_closer=is_closer)
        for told, meant in product((0.0, 1.0), repeat=2)
    )


def contributions(evidence: Evidence, *, is_closer: bool = False) -> dict[str, float]:
    """Return what each field of the evidence adds to the log-odds of the confidence, and `bias`, where it starts."""
    weights, bias = _model(is_closer=is_closer)
    added = zip(fields(Evidence), weights, _values(evidence), strict=True)
    return {"bias": bias, **{field.name: weight * value for field, weight, value in added}}
