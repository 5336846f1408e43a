"""Misses, made of a question and little else."""

from datetime import UTC, datetime, timedelta

from knowledge.model import AnswerSource, Ended, Miss

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def miss(
    question: str, times: int = 1, *, day: int = 0, days: int = 0, source: AnswerSource | None = None
) -> Miss:
    """Return a miss that was first asked some days after a certain Monday, and last some days later."""
    first = MONDAY + timedelta(days=day)
    ended = Ended.NOT_HELPFUL if source else Ended.UNKNOWN
    return Miss(question, ended, times, first, first + timedelta(days=days), source)
