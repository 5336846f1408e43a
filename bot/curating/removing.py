"""Removing an entry: shown, confirmed, and shown once more with the way back."""

import discord

from bot import sending
from bot.bases import base_of
from bot.components import Card, Interaction
from bot.curating.desk import NAMED, KeyedButton, author_of, desk_of, server_of
from bot.curating.finding import find, packs_entry
from bot.curating.showing import entry_card, respond_with_file
from bot.curating.undoing import Undo
from bot.render.escape import escape
from knowledge.answering import Base
from knowledge.errors import UnknownEntryError
from knowledge.model import Entry
from knowledge.owned import Kind, Write

UNKNOWN = (
    "This server has no such entry of its own. Choose one from the list that opens while you type, or see"
    " them all with /qa list. An entry of a pack goes with /qa hide."
)
_ASKED = "**Remove this entry?** Members will no longer get this answer."
_DONE = "**Removed.** Members no longer get this answer. /qa restore brings it back, also later."
_OF_PACK = "The pack's entry of the same id counts again then."
_OF_PACK_HIDDEN = "The pack's entry of the same id is hidden here and stays so."


async def ask(interaction: Interaction, wanted: str) -> None:
    """Answer a command or button with the entry, and ask whether it is to be removed."""
    base = await base_of(interaction, ephemeral=True)
    entry = find(base.own, wanted, UNKNOWN)
    heading = f"{_ASKED}{_about_pack(base, entry)}"
    card, _is_cut = entry_card(entry, base, heading, [Remove(entry.id), Keep(entry.id)])
    await sending.respond(interaction, card, ephemeral=True)


def _about_pack(base: Base, entry: Entry) -> str:
    """Return what becomes of the pack's entry of the same id, if there is one."""
    if packs_entry(base, entry.id) is None:
        return ""
    return f" {_OF_PACK_HIDDEN if entry.id in base.hidden else _OF_PACK}"


class AskRemove(KeyedButton, template=rf"pq1:qa-ask-remove:{NAMED}"):
    """Asks whether an entry is to be removed."""

    name, text, style = "qa-ask-remove", "Remove", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Ask, beside the card."""
        await ask(interaction, self.key)


class Remove(KeyedButton, template=rf"pq1:qa-remove:{NAMED}"):
    """Removes the entry."""

    name, text, style = "qa-remove", "Remove it", discord.ButtonStyle.danger

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Remove the entry, then say so; raises `UnknownEntryError` where it is gone already."""
        library, server = interaction.client.library, server_of(interaction)
        await sending.defer(interaction)
        async with desk_of(interaction.client).turn(server):
            gone = [Write(Kind.ENTRY, self.key, None)]
            change = await library.change(server, gone, author_of(interaction))
        if change is None or not isinstance(entry := change.items[0].before, Entry):
            raise UnknownEntryError("That entry is not there any more.")
        base = await library.base(server)
        heading = f"{_DONE}{_about_pack(base, entry)}"
        card, is_cut = entry_card(entry, base, heading, [Undo(change.number)])
        await sending.edit(interaction, card)
        await respond_with_file(interaction, entry, is_cut=is_cut)


class Keep(KeyedButton, template=rf"pq1:qa-keep:{NAMED}"):
    """Leaves the entry as it is."""

    name, text, style = "qa-keep", "Keep it", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing happened."""
        sentence = f"**{escape(self.key)}** stays."
        await sending.edit(interaction, Card(discord.ui.TextDisplay(sentence)))
