"""Lists of entries, page by page: the server's own, those that need a moderator's care first, or the packs'."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Self

import discord

from bot import sending
from bot.bases import base_of
from bot.components import Card, Interaction
from bot.curating.desk import ModeratorButton
from bot.curating.finding import hidden, of_packs
from bot.curating.showing import entry_line
from bot.render.escape import escape, one_line
from knowledge.answering import Base
from knowledge.model import Entry, EntryKind

PER_PAGE = 10

MAX_SEARCH = 60
"""Code points that are searched for: they stand in the custom ids of buttons."""


class Listed(StrEnum):
    """Which entries are listed."""

    OWN = "own"
    STALE = "stale"
    GAPS = "gaps"
    HIDDEN = "hidden"
    PACKS = "packs"


IN_WORDS = {
    Listed.OWN: "This server's own entries",
    Listed.STALE: "Stale entries of this server's own",
    Listed.GAPS: "This server's own gaps",
    Listed.HIDDEN: "Packs' entries that this server hides",
    Listed.PACKS: "Entries that come from packs",
}

NONE_YET = (
    "This server has no entries of its own yet: what I answer comes from the stories I was given."
    " Add one with /qa add."
)

_NONE = "There are none of these: {what}{searched}."

STALE = "**Stale: {count}**, first in the list. The story no longer says what they cite, so I never answer with them."


class Turn(
    ModeratorButton,
    template=r"pq1:qa-list:(?P<way>previous|next):(?P<page>[0-9]{1,6})(?::(?P<listed>[a-z]+):(?P<search>(?s:.)*))?",
):
    """Turns to another page of a list. Its state is that page, counted from 0, what is listed and searched for."""

    def __init__(self, way: str, page: int, listed: Listed, search: str, *, is_off: bool = False) -> None:
        self.page, self.listed, self.search = page, listed, search
        super().__init__(
            discord.ui.Button(
                label=way.capitalize(),
                style=discord.ButtonStyle.secondary,
                custom_id=f"pq1:qa-list:{way}:{page}:{listed}:{search}",
                disabled=is_off,
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its page; older ones say no more than that."""
        listed = next((one for one in Listed if one == state["listed"]), Listed.OWN)
        return cls(state["way"], int(state["page"]), listed, state["search"] or "")

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show that page, or the last one if the list is shorter by now."""
        base = await base_of(interaction, in_place=True)
        await sending.edit(interaction, page_card(base, self.page, self.listed, self.search))


def page_card(base: Base, page: int, listed: Listed = Listed.OWN, search: str = "") -> Card:
    """Return a page of a list, counted from 0; beyond the last one, the last.

    `search`: only entries that have this in their id, a phrasing or the answer.
    """
    found = [entry for entry in _entries(base, listed) if _has(entry, search.casefold())]
    searched = f" with “{escape(one_line(search))}”" if search else ""
    if not found:
        is_new = listed is Listed.OWN and not search
        what = IN_WORDS[listed]
        told = NONE_YET if is_new else _NONE.format(what=f"{what[0].lower()}{what[1:]}", searched=searched)
        return Card(discord.ui.TextDisplay(told))
    last = (len(found) - 1) // PER_PAGE
    page = min(page, last)
    heading = f"**{IN_WORDS[listed]}**{searched} ({len(found)}), page {page + 1} of {last + 1}"
    stale = len(_stale(base).intersection(entry.id for entry in found)) if listed is Listed.OWN else 0
    if stale:
        heading += f"\n{STALE.format(count=stale)}"
    shown = found[page * PER_PAGE : (page + 1) * PER_PAGE]
    items: list[discord.ui.Item[Any]] = [
        discord.ui.TextDisplay("\n".join([heading, *(entry_line(entry, base) for entry in shown)]))
    ]
    if last:
        earlier = Turn("previous", max(page - 1, 0), listed, search, is_off=page == 0)
        later = Turn("next", page + 1, listed, search, is_off=page == last)
        items.append(discord.ui.ActionRow(earlier, later))
    return Card(*items)


def _entries(base: Base, listed: Listed) -> Sequence[Entry]:
    match listed:
        case Listed.STALE:
            return base.stale
        case Listed.GAPS:
            return [entry for entry in base.own if entry.kind is EntryKind.GAP]
        case Listed.HIDDEN:
            return hidden(base)
        case Listed.PACKS:
            return of_packs(base)
        case Listed.OWN:
            stale = _stale(base)
            return sorted(base.own, key=lambda entry: entry.id not in stale)


def _stale(base: Base) -> frozenset[str]:
    return frozenset(entry.id for entry in base.stale)


def _has(entry: Entry, folded: str) -> bool:
    return any(folded in text.casefold() for text in (entry.id, *entry.phrasings, entry.answer))
