"""What an entry does once it is saved, tried before that."""

import asyncio
import dataclasses
from dataclasses import dataclass

from bot.curating.drafts import Draft
from knowledge import curating
from knowledge.answering import Base, Similar
from knowledge.effect import Tried, try_entry
from knowledge.model import Answer, Entry, Question

NEAR = 70
"""Of a similarity of 100 at most: from here on, an entry is worth a look before another is added."""

SAME = 95
"""From here on, two phrasings are taken for the same question."""

_MOST_SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """An entry as it would be saved, and what a moderator has to know to confirm it."""

    entry: Entry
    before: Entry | None
    """What it changes; None for a new one."""
    is_copy: bool
    """Whether it takes the place of a pack's entry that the server has neither changed nor hidden before."""
    said: Answer
    """What the bot says now to the entry's question, or to the phrasing that was added."""
    will_say: Answer
    """What it says to that once the entry is saved."""
    is_added: bool
    """Whether that is a phrasing that was added to an entry."""
    similar: tuple[Similar, ...]
    """Entries and gaps that ask nearly the same, nearest first."""
    tried: Tried
    """What the server is answered from, now and then."""


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


async def preview_of(base: Base, draft: Draft) -> Preview:
    """Return what a draft would become; raises `EntryError` as `entry_of` does."""
    entry = entry_of(base, draft)
    asked = asked_of(draft, entry)
    is_copy = draft.before is not None and draft.there is None
    is_added = asked == draft.asked
    return await look_ahead(base, entry, draft.before, asked, is_copy=is_copy, is_added=is_added)


async def look_ahead(
    base: Base, entry: Entry, before: Entry | None, asked: str, *, is_copy: bool, is_added: bool
) -> Preview:
    """Return what an entry does to a question; the rest is as in `Preview`. Raises as `try_entry` does."""
    # Indexing takes a while on a server with many entries: the event loop goes on meanwhile.
    tried = await asyncio.to_thread(try_entry, base, entry)
    return Preview(
        entry,
        before,
        is_copy and entry.id in base.compiled.entries and entry.id not in base.hidden,
        base.answer(Question(asked)),
        tried.after.answer(Question(asked)),
        is_added,
        await asyncio.to_thread(similar_to, base, entry, NEAR),
        tried,
    )


def asked_of(draft: Draft, entry: Entry) -> str:
    """Return the question that the preview answers: the phrasing that was added, or else the first."""
    return draft.asked if draft.asked in entry.phrasings else entry.phrasings[0]


def similar_to(base: Base, entry: Entry, least: float) -> tuple[Similar, ...]:
    """Return the other entries at least so similar to one of an entry's questions, nearest first.

    A millisecond or two for each of them on a server with thousands of entries.
    """
    nearest: dict[str, Similar] = {}
    for question in entry.phrasings:
        for near in base.similar(question, limit=_MOST_SIMILAR + 1):
            known = nearest.get(near.entry.id)
            if near.score >= least and near.entry.id != entry.id and (not known or near.score > known.score):
                nearest[near.entry.id] = near
    return tuple(sorted(nearest.values(), key=lambda near: -near.score)[:_MOST_SIMILAR])
