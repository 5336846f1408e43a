"""Finding an entry that a moderator names: by its id or a question, among the server's own and the packs'."""

from collections.abc import Iterable

from discord import app_commands

from bot.components import MAX_CHOICE, MAX_CHOICES
from bot.curating.showing import first_phrasing
from bot.render.escape import cut, one_line
from knowledge.answering import Base
from knowledge.errors import UnknownEntryError
from knowledge.model import Entry
from knowledge.owned import Kind
from knowledge.storage import Store

REMOVED = 200
"""Removed entries among which one is looked for by its questions."""


def own_entry(base: Base, entry_id: str) -> Entry | None:
    """Return the server's own entry of an id; None where it has none."""
    return next((entry for entry in base.own if entry.id == entry_id), None)


def packs_entry(base: Base, entry_id: str) -> Entry | None:
    """Return the packs' entry of an id, hidden or replaced or not; None where they have none."""
    return base.compiled.entries.get(entry_id)


def of_packs(base: Base) -> tuple[Entry, ...]:
    """Return the packs' entries that the server neither hides nor replaces."""
    return tuple(e for e in base.compiled.entries.values() if base.entry(e.id) is e)


def hidden(base: Base) -> tuple[Entry, ...]:
    """Return the packs' entries that the server hides, also those that it replaces."""
    return tuple(e for e in base.compiled.entries.values() if e.id in base.hidden)


def all_entries(base: Base) -> tuple[Entry, ...]:
    """Return the server's own entries, then the packs' that it does not replace, the hidden ones last."""
    rest = (entry for entry in hidden(base) if own_entry(base, entry.id) is None)
    return (*base.own, *of_packs(base), *rest)


async def removed(store: Store, server: int, wanted: str = "") -> tuple[Entry, ...]:
    """Return the last entries that were removed, as they were; that of the id `wanted` however long ago that was."""
    changes = await store.history(server, of=[(Kind.ENTRY, wanted)], limit=1) if wanted else ()
    items = [item for change in changes for item in change.items if item.after is None]
    items += await store.removed(server, REMOVED)
    return tuple(item.before for item in items if isinstance(item.before, Entry))


def find(entries: Iterable[Entry], wanted: str, missing: str) -> Entry:
    """Return the entry of an id, or of a phrasing typed in full.

    Raises `UnknownEntryError` with the sentence `missing` where there is none.
    """
    entries = tuple(entries)
    for entry in entries:
        if entry.id == wanted.strip():
            return entry
    folded = wanted.strip().casefold()
    for entry in entries:
        if any(phrasing.casefold() == folded for phrasing in entry.phrasings):
            return entry
    raise UnknownEntryError(missing)


def nearest(base: Base, entries: Iterable[Entry], typed: str) -> list[Entry]:
    """Return those of the entries that are most like what was typed, best first; all of them for nothing."""
    known = {entry.id: entry for entry in entries}
    if not typed.strip():
        return list(known.values())
    wanted = typed.strip().casefold()
    named = [entry for entry in known.values() if wanted in entry.id.casefold()]
    asked = [
        known.get(suggestion.source.id) for suggestion in base.suggest(typed, limit=len(known) + MAX_CHOICES)
    ]
    written = [e for e in known.values() if any(wanted in phrasing.casefold() for phrasing in e.phrasings)]
    return list(dict.fromkeys([*named, *filter(None, asked), *written]))


def choices(entries: Iterable[Entry]) -> list[app_commands.Choice[str]]:
    """Return entries as what Discord offers while somebody types."""
    return [
        app_commands.Choice(
            name=cut(f"{first_phrasing(entry)} ({one_line(entry.id)})", MAX_CHOICE), value=entry.id
        )
        for entry in entries
    ][:MAX_CHOICES]
