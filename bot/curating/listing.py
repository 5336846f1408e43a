"""The server's own entries, page by page, those that need a moderator's care first."""

from typing import Any, Self

import discord

from bot import sending
from bot.bases import base_of
from bot.components import Card, Interaction
from bot.curating.desk import ModeratorButton
from bot.curating.showing import entry_line
from knowledge.answering import Base

PER_PAGE = 10

NONE_YET = (
    "This server has no entries of its own yet: what I answer comes from the stories I was given."
    " Add one with /qa add."
)

STALE = "**Stale: {count}**, first in the list. The story no longer says what they cite, so I never answer with them."


class Turn(ModeratorButton, template=r"pq1:qa-list:(?P<way>previous|next):(?P<page>[0-9]{1,6})"):
    """Turns to another page of the list. Its state is that page, counted from 0."""

    def __init__(self, way: str, page: int, *, is_off: bool = False) -> None:
        self.page = page
        super().__init__(
            discord.ui.Button(
                label=way.capitalize(),
                style=discord.ButtonStyle.secondary,
                custom_id=f"pq1:qa-list:{way}:{page}",
                disabled=is_off,
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its page."""
        return cls(state["way"], int(state["page"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show that page, or the last one if the list is shorter by now."""
        base = await base_of(interaction, in_place=True)
        await sending.edit(interaction, page_card(base, self.page))


def page_card(base: Base, page: int) -> Card:
    """Return a page of the list, counted from 0; beyond the last one, the last."""
    if not base.own:
        return Card(discord.ui.TextDisplay(NONE_YET))
    last = (len(base.own) - 1) // PER_PAGE
    page = min(page, last)
    stale = {entry.id for entry in base.stale}
    listed = sorted(base.own, key=lambda entry: entry.id not in stale)
    shown = listed[page * PER_PAGE : (page + 1) * PER_PAGE]
    heading = f"**This server's own entries** ({len(base.own)}), page {page + 1} of {last + 1}"
    if stale:
        heading += f"\n{STALE.format(count=len(stale))}"
    items: list[discord.ui.Item[Any]] = [
        discord.ui.TextDisplay("\n".join([heading, *(entry_line(entry, base) for entry in shown)]))
    ]
    if last:
        earlier = Turn("previous", max(page - 1, 0), is_off=page == 0)
        later = Turn("next", page + 1, is_off=page == last)
        items.append(discord.ui.ActionRow(earlier, later))
    return Card(*items)
