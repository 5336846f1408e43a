"""What can be done about misses: which entries they may be phrasings of, and which are answered by now."""

from collections.abc import Iterable

from knowledge.answering import Base
from knowledge.answering.path import read
from knowledge.model import Entry, Miss, Outcome, Question, SourceKind

NEAREST = 3


def nearest(base: Base, question: str, limit: int = NEAREST) -> tuple[Entry, ...]:
    """Return the entries that a question may be a phrasing of, the likeliest first; none that may not be said.

    Fewer, or none, where fewer have anything in common with it. Gaps are not among them.
    """
    _, best = read(base, Question(question))
    sources = (weighed.match.group.source for weighed in best)
    found = (base.entry(source.id) for source in sources if source.kind is SourceKind.ENTRY)
    return tuple(entry for entry in found if entry is not None)[:limit]


def still_missing(base: Base, misses: Iterable[Miss]) -> tuple[Miss, ...]:
    """Return the misses that a base does not answer, or only as it did when that was no help.

    Every question is asked once: about a millisecond each, so not for the event loop.
    """
    return tuple(miss for miss in misses if not _is_answered(base, miss))


def _is_answered(base: Base, miss: Miss) -> bool:
    """Tell whether the base answers a question now, or is sure that the story does not tell."""
    answer = base.answer(Question(miss.question), with_candidates=False)
    if answer.source is None or answer.source == miss.source:
        return False
    is_untold = answer.source.kind is SourceKind.GAP and answer.confidence >= base.sure
    return is_untold or answer.outcome is Outcome.ANSWER
