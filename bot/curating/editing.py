"""Changing an entry, the server's own or a copy of a pack's: its form filled in, or one phrasing more."""

import discord

from bot.bases import base_at_once, base_of
from bot.components import Interaction
from bot.curating.adding import propose
from bot.curating.desk import NAMED, KeyedButton, author_of, server_of
from bot.curating.drafts import draft_of
from bot.curating.finding import all_entries, find, own_entry
from bot.curating.form import open_form
from knowledge.errors import EntryError

UNKNOWN = "There is no such entry here. Choose one from the list that opens while you type, or see them with /qa list."


async def edit(interaction: Interaction, wanted: str) -> None:
    """Answer a command or button with an entry's form, filled in."""
    base = await base_at_once(interaction)
    entry = find(all_entries(base), wanted, UNKNOWN)
    there = own_entry(base, entry.id)
    draft = draft_of(entry, there, server_of(interaction), author_of(interaction))
    await open_form(interaction, draft, propose)


async def add_phrasing(interaction: Interaction, wanted: str, phrasing: str) -> None:
    """Answer a command with the preview of an entry that has one phrasing more."""
    base = await base_of(interaction, ephemeral=True)
    entry = find(all_entries(base), wanted, UNKNOWN)
    if not base.words_of(phrasing):
        raise EntryError("That phrasing has no word in it, so that no question could be like it.")
    if base.words_of(phrasing) in map(base.words_of, entry.phrasings):
        raise EntryError("The entry has that phrasing already: /qa show lists all of them.")
    there = own_entry(base, entry.id)
    draft = draft_of(entry, there, server_of(interaction), author_of(interaction), asked=phrasing)
    await propose(interaction, draft)


class EditEntry(KeyedButton, template=rf"pq1:qa-edit-entry:{NAMED}"):
    """Opens an entry's form."""

    name, text, style = "qa-edit-entry", "Edit", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form."""
        await edit(interaction, self.key)
