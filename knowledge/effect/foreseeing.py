"""What an entry does once it is saved, told apart: to its own phrasings, and to all else that the server knows."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.answering import Base
from knowledge.answering.budgets import check_budgets
from knowledge.effect.effect import Change, effect
from knowledge.effect.known import known
from knowledge.effect.memory import Memory
from knowledge.model import AnswerSource, Entry, Graded, Miss, Question, SourceKind


@dataclass(frozen=True, slots=True)
class Tried:
    """A base, and what it will be once an entry is saved."""

    entry: Entry
    before: Base
    after: Base


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change does that adds an entry, or puts one in the place of another."""

    changed: tuple[Change, ...]
    """As in `Effect`, without the entry's own phrasings."""
    known: int
    """Questions that were looked at, without those."""
    own: int
    """The entry's own phrasings."""
    own_answered: int
    """How many of them the entry will answer; for a gap: to how many the bot will say that it is one."""


def try_entry(base: Base, entry: Entry) -> Tried:
    """Return what a base will be with an entry. Half a second where there are thousands: not for the event loop.

    Raises `BudgetError` where it would quote more of a story than may be shown.
    """
    check_budgets(base, (entry,))
    return Tried(entry, base, _with_entry(base, entry))


def foresee(memory: Memory, tried: Tried, graded: Iterable[Graded], misses: Iterable[Miss]) -> Foreseen:
    """Foresee what an entry does; to the base of the memory, where it is another than was tried.

    It is exact. Not for the event loop.
    """
    graded, misses, entry = tuple(graded), tuple(misses), tried.entry
    before = memory.base
    after = tried.after if tried.before is before else _with_entry(before, entry)
    own, made = {*entry.phrasings}, {one.text: one for one in memory.questions}
    questions = [one for one in known(after, graded, misses, made) if one.text not in own]
    # A memory may still have misses that were dismissed since.
    texts = {one.text for one in (*known(before, graded, misses, made), *questions)} - own
    changed = effect(memory, after, questions).changed
    source = AnswerSource(SourceKind(entry.kind.value), entry.id)
    said = (after.answer(Question(text), with_candidates=False) for text in entry.phrasings)
    return Foreseen(
        tuple(change for change in changed if change.question in texts),
        len(texts),
        len(entry.phrasings),
        sum(answer.source == source for answer in said),
    )


def _with_entry(base: Base, entry: Entry) -> Base:
    """Return what a base will be once an entry is saved, in the place of the server's own of the same id."""
    own = {one.id: one for one in (*base.own, entry)}
    return base.with_own(tuple(own.values()))
