"""Looking at an entry: all that is known about it, and what can be done with it."""

from typing import Any

import discord

from bot import sending
from bot.bases import base_of
from bot.components import Interaction
from bot.curating import history
from bot.curating.desk import server_of
from bot.curating.editing import UNKNOWN, EditEntry
from bot.curating.finding import all_entries, find, own_entry
from bot.curating.removing import AskRemove
from bot.curating.showing import entry_card, respond_with_file
from knowledge.model import AnswerSource, SourceKind
from knowledge.owned import Kind


async def show(interaction: Interaction, wanted: str) -> None:
    """Answer a command with all that is known about an entry."""
    base = await base_of(interaction, ephemeral=True)
    entry = find(all_entries(base), wanted, UNKNOWN)
    store = interaction.client.library.writable()
    if not interaction.response.is_done():
        await sending.defer(interaction, ephemeral=True, thinking=True)
    changes = await store.history(server_of(interaction), of=[(Kind.ENTRY, entry.id)])
    votes = await store.misses.votes(server_of(interaction))
    buttons: list[discord.ui.Item[Any]] = [EditEntry(entry.id)]
    if own_entry(base, entry.id):
        buttons.append(AskRemove(entry.id))
    buttons.append(history.Turn("open", 0, entry.id))
    source = AnswerSource(SourceKind(entry.kind.value), entry.id)
    card, is_cut = entry_card(entry, base, "", buttons, changes, votes.get(source))
    await sending.respond(interaction, card, ephemeral=True)
    await respond_with_file(interaction, entry, is_cut=is_cut)
