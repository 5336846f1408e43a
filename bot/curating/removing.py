"""Removing an entry: shown, confirmed, and shown once more with the way back."""

import discord

from bot import sending
from bot.bases import base_of
from bot.components import Card, Interaction
from bot.curating.desk import NAMED, KeyedButton, author_of, desk_of, mark_of, server_of
from bot.curating.finding import find, own_entry, packs_entry
from bot.curating.showing import entry_card, respond_with_file
from bot.curating.undoing import Undo
from bot.render.escape import escape
from knowledge.answering import Base
from knowledge.errors import UnknownEntryError
from knowledge.model import Entry
from knowledge.owned import drop

UNKNOWN = (
    "This server has no such entry of its own. Choose one from the list that opens while you type, or see"
    " them all with /qa list. An entry of a pack goes with /qa hide."
)
_ASKED = "**Remove this entry?** Members will no longer get this answer."
_CHANGED = "**Not removed yet**: meanwhile somebody changed this entry. **Remove it as it is now?**"
_DONE = "**Removed.** Members no longer get this answer. /qa restore brings it back, also later."
_OF_PACK = "The pack's entry of the same id counts again then."
_OF_PACK_HIDDEN = "The pack's entry of the same id is hidden here and stays so."


async def ask(interaction: Interaction, wanted: str) -> None:
    """Answer a command or button with the entry, and ask whether it is to be removed."""
    base = await base_of(interaction, ephemeral=True)
    entry = find(base.own, wanted, UNKNOWN)
    await sending.respond(interaction, _asked_card(base, entry, _ASKED), ephemeral=True)


def _asked_card(base: Base, entry: Entry, asked: str) -> Card:
    heading = f"{asked}{_about_pack(base, entry)}"
    buttons = [Remove(f"{mark_of(entry)}:{entry.id}"), Keep(entry.id)]
    return entry_card(entry, base, heading, buttons)[0]


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


class Remove(KeyedButton, template=rf"pq1:qa-remove-as:{NAMED}"):
    """Removes the entry as it was shown; its state is the mark of that, and the id."""

    name, text, style = "qa-remove-as", "Remove it", discord.ButtonStyle.danger

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Remove the entry, then say so, or ask again; raises `UnknownEntryError` where it is gone already."""
        library, server = interaction.client.library, server_of(interaction)
        mark, _, entry_id = self.key.partition(":")
        await sending.defer(interaction)
        async with desk_of(interaction.client).turn(server):
            base = await library.base(server, fresh=True)
            entry = own_entry(base, entry_id)
            if entry is None:
                raise UnknownEntryError("That entry is not there any more.")
            if mark_of(entry) != mark:
                await sending.edit(interaction, _asked_card(base, entry, _CHANGED))
                return
            change = await library.change(server, [drop(entry)], author_of(interaction))
        base = await library.base(server)
        heading = f"{_DONE}{_about_pack(base, entry)}"
        card, is_cut = entry_card(entry, base, heading, [Undo(change.number)] if change else [])
        await sending.edit(interaction, card)
        await respond_with_file(interaction, entry, is_cut=is_cut)


class Keep(KeyedButton, template=rf"pq1:qa-keep:{NAMED}"):
    """Leaves the entry as it is."""

    name, text, style = "qa-keep", "Keep it", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing happened."""
        sentence = f"**{escape(self.key)}** stays."
        await sending.edit(interaction, Card(discord.ui.TextDisplay(sentence)))
