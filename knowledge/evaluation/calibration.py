"""Whether confidence means what it says: of the candidates at 0.9, nine in ten should be right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.evaluation.judging import Judged, Verdict, judge
from knowledge.model import Answer, AnswerSource, Outcome, SourceKind

BINS = 10

_SAYABLE = frozenset({SourceKind.ENTRY, SourceKind.FACT, SourceKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class Bin:
    """The candidates whose confidence lies from `start` up to `end` (the last bin's end included)."""

    start: float
    end: float
    count: int
    stated: float
    """Their confidence on average; 0 without any."""
    observed: float
    """The share of them that is right; 0 without any."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Stated against observed confidence, in bins of equal width."""

    bins: tuple[Bin, ...]
    count: int

    @property
    def error(self) -> float:
        """The expected calibration error: how far stated and observed are apart, on average over candidates."""
        apart = (b.count * abs(b.stated - b.observed) for b in self.bins)
        return sum(apart) / self.count if self.count else 0.0


def calibrate(
    judged: Iterable[Judged], answer_from: Callable[[AnswerSource, str], Answer | None]
) -> Calibration:
    """Compare, for each question, the confidence in what was or was nearly said with whether it is right.

    A candidate that was held back is judged as if it had been said (`answer_from` says it); a question for which
    there was none but gaps and lines is left out.
    """
    samples = list(filter(None, (_sample(one, answer_from) for one in judged)))
    return Calibration(tuple(_bin(i, samples) for i in range(BINS)), len(samples))


def _sample(
    one: Judged, answer_from: Callable[[AnswerSource, str], Answer | None]
) -> tuple[float, bool] | None:
    """Return the confidence in the best candidate and whether it is right; None where there is none."""
    if one.answer.outcome is Outcome.ANSWER:
        return one.answer.confidence, judge(one.expected, one.answer) is Verdict.RIGHT
    best = next((c for c in one.answer.candidates if c.source.kind in _SAYABLE), None)
    said = best and answer_from(best.source, one.answer.question)
    return (best.confidence, judge(one.expected, said) is Verdict.RIGHT) if best and said else None


def _bin(number: int, samples: list[tuple[float, bool]]) -> Bin:
    mine = [sample for sample in samples if min(int(sample[0] * BINS), BINS - 1) == number]
    size = max(1, len(mine))
    stated, observed = sum(stated for stated, _ in mine) / size, sum(right for _, right in mine) / size
    return Bin(number / BINS, (number + 1) / BINS, len(mine), stated, observed)
