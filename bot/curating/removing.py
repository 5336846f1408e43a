"""Looking at an entry, and removing it: shown, confirmed, and shown once more to be typed again."""

from typing import Self

import discord

from bot import sending
from bot.bases import base_of
from bot.components import Card, Interaction
from bot.curating.desk import ModeratorButton, author_of, desk_of, server_of
from bot.curating.showing import entry_card, entry_file, find
from bot.render.escape import escape
from knowledge.model import Entry

_ENTRY = r"(?P<entry>(?s:.)+)"

_ASKED = "**Remove this entry?** Members will no longer get this answer."
_DONE = (
    "**Removed.** Members no longer get this answer. Should it have been a mistake: this is what it said, for"
    " a new /qa add."
)


async def show(interaction: Interaction, wanted: str) -> None:
    """Answer a command with all that is known about an entry."""
    base = await base_of(interaction, ephemeral=True)
    entry = find(base, wanted)
    card, is_cut = entry_card(entry, base)
    await sending.respond(interaction, card, ephemeral=True)
    await _add_file(interaction, entry, is_cut=is_cut)


async def ask(interaction: Interaction, wanted: str) -> None:
    """Answer a command with the entry, and ask whether it is to be removed."""
    base = await base_of(interaction, ephemeral=True)
    entry = find(base, wanted)
    card, _is_cut = entry_card(entry, base, _ASKED, [Remove(entry.id), Keep(entry.id)])
    await sending.respond(interaction, card, ephemeral=True)


async def _add_file(interaction: Interaction, entry: Entry, *, is_cut: bool) -> None:
    if is_cut:
        await sending.respond(interaction, text="The whole entry:", file=entry_file(entry), ephemeral=True)


class _EntryButton(ModeratorButton, template="pq0:entry"):
    """A button below an entry; its state is the entry's id."""

    name: str
    text: str
    style: discord.ButtonStyle

    def __init__(self, entry_id: str) -> None:
        self.entry_id = entry_id
        super().__init__(
            discord.ui.Button(label=self.text, style=self.style, custom_id=f"pq1:{self.name}:{entry_id}")
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its entry's id."""
        return cls(state["entry"])


class Remove(_EntryButton, template=rf"pq1:qa-remove:{_ENTRY}"):
    """Removes the entry."""

    name, text, style = "qa-remove", "Remove it", discord.ButtonStyle.danger

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Remove the entry, then say so; raises `UnknownEntryError` where it is gone already."""
        library, server = interaction.client.library, server_of(interaction)
        await sending.defer(interaction)
        async with desk_of(interaction.client).turn(server):
            entry = await library.remove(server, self.entry_id, author_of(interaction))
        card, is_cut = entry_card(entry, await library.base(server), _DONE)
        await sending.edit(interaction, card)
        await _add_file(interaction, entry, is_cut=is_cut)


class Keep(_EntryButton, template=rf"pq1:qa-keep:{_ENTRY}"):
    """Leaves the entry as it is."""

    name, text, style = "qa-keep", "Keep it", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing happened."""
        sentence = f"**{escape(self.entry_id)}** stays."
        await sending.edit(interaction, Card(discord.ui.TextDisplay(sentence)))
