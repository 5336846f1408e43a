"""What a draft would become, and what would be otherwise then. Nothing is saved here."""

import asyncio
import dataclasses
from dataclasses import dataclass

from bot.curating.drafts import Draft
from knowledge import curating
from knowledge.answering import Base, Similar
from knowledge.model import Answer, Entry, Question

NEAR = 70
"""Of a similarity of 100 at most: from here on, an entry is worth a look before another is added."""

SAME = 95
"""From here on, two phrasings are taken for the same question."""

_MOST_SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry as it would be saved, and what a moderator has to know to confirm it."""

    entry: Entry
    before: Entry | None
    """What it changes; None for a new one."""
    is_copy: bool
    """Whether it takes the place of a pack's entry that the server has not changed before."""
    said: Answer
    """What the bot says now to the entry's question, or to the phrasing that was added."""
    will_say: Answer
    """What it says to that once the entry is saved."""
    is_added: bool
    """Whether that is a phrasing that was added to an entry."""
    similar: tuple[Similar, ...]
    """Entries and gaps that ask nearly the same, nearest first."""


def entry_of(base: Base, draft: Draft) -> Entry:
    """Return the entry that the draft becomes on that base; raises `EntryError` where it cannot be kept."""
    entry = curating.draft(
        base,
        question=draft.question,
        answer=draft.answer,
        phrasings=draft.phrasings.splitlines(),
        author=draft.author,
        kind=draft.kind,
        before=draft.before,
    )
    citations = curating.find_excerpts(base, draft.excerpt, draft.known, draft.story)
    return dataclasses.replace(entry, citations=citations)


async def proposal_of(base: Base, draft: Draft) -> Proposal:
    """Return what a draft would become; raises `EntryError` as `entry_of` does."""
    entry = entry_of(base, draft)
    asked = Question(asked_of(draft, entry))
    then = await _with(base, entry)
    return Proposal(
        entry,
        draft.before,
        draft.before is not None and draft.there is None and entry.id in base.compiled.entries,
        base.answer(asked),
        then.answer(asked),
        asked.text == draft.asked,
        similar_to(base, asked.text, entry.id, NEAR),
    )


def asked_of(draft: Draft, entry: Entry) -> str:
    """Return the question that the preview answers: the phrasing that was added, or else the first."""
    return draft.asked if draft.asked in entry.phrasings else entry.phrasings[0]


def similar_to(base: Base, question: str, but: str, least: float) -> tuple[Similar, ...]:
    """Return the entries at least so similar to a question, nearest first, without the one of an id."""
    found = base.similar(question, limit=_MOST_SIMILAR + 1)
    return tuple(near for near in found if near.score >= least and near.entry.id != but)[:_MOST_SIMILAR]


async def _with(base: Base, entry: Entry) -> Base:
    """Return what the base will be once the entry is saved."""
    own = {one.id: one for one in base.own} | {entry.id: entry}
    # Indexing takes a while on a server with many entries: the event loop goes on meanwhile.
    return await asyncio.to_thread(base.with_own, tuple(own.values()))
