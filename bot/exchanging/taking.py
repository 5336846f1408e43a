"""Taking a file: read, shown row by row, confirmed, saved as one change."""

import asyncio
import dataclasses
from typing import Any

import discord

from bot import reporting, sending
from bot.components import Card, Interaction
from bot.curating.desk import KEPT, KeyedButton, author_of, desk_of, server_of
from bot.curating.undoing import Undo
from bot.exchanging.cards import preview_card, report_file, saved_card
from bot.exchanging.incoming import Incoming, TooLargeError, files_of
from bot.exchanging.progress import INDEXING, READING, SAVING, Progress
from bot.planned import LONG_FILE
from knowledge import exchange
from knowledge.answering import Base
from knowledge.errors import ChangedSinceError, IdTakenError, SafeError
from knowledge.files import MAX_BYTES
from knowledge.owned import Change
from knowledge.transfer import Format, Plan

_CANCELLED = "Cancelled: nothing was saved."


async def start(interaction: Interaction, file: discord.Attachment, form: Format | None) -> None:
    """Answer a command with what taking a file would do; raises `TooLargeError` before anything is read."""
    server, author = server_of(interaction), author_of(interaction)
    if file.size > MAX_BYTES:
        raise TooLargeError(file.size)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    try:
        content = await sending.persistently(file.read)
    except (discord.HTTPException, *sending.BROKEN_CONNECTION):
        raise SafeError("Discord did not hand me that file. Please send it once more.") from None
    incoming = Incoming(server, author, file.filename, content, form)
    progress = _progress(interaction, incoming)
    progress.step(READING)
    try:
        planned = await _plan(await interaction.client.library.base(server, fresh=True), incoming)
    except Exception as error:  # noqa: BLE001 whatever it was, it takes the place of the progress
        await progress.finish()
        await _say_why(interaction, error)
        return
    await progress.finish()
    await _show(interaction, incoming, planned)


async def confirm(interaction: Interaction, file_id: str) -> None:
    """Save a file's entries if they still do what was shown, else show what they would do now."""
    files, desk = files_of(interaction.client), desk_of(interaction.client)
    incoming = files.take(file_id, interaction.guild_id, interaction.user.id)
    await sending.defer(interaction)
    progress = _progress(interaction, incoming)
    try:
        async with desk.turn(incoming.server):
            planned, change = await _save(interaction, incoming, progress)
    except Exception as error:  # noqa: BLE001 whatever it was, it can be tried again
        files.give_back(file_id)
        await progress.finish()
        await _say_why(interaction, error, ConfirmImport(file_id, "Try again"), CancelImport(file_id))
        return
    await progress.finish()
    if change is None:
        await _show(interaction, incoming, planned, file_id, is_anew=True)
    else:
        await sending.edit(
            interaction, saved_card(planned, incoming.name, change.number, [Undo(change.number)])
        )


async def _save(
    interaction: Interaction, incoming: Incoming, progress: Progress
) -> tuple[Plan, Change | None]:
    """Save the entries as they were shown; return the plan as it is now, and None where it is another one."""
    library = interaction.client.library
    progress.step(READING)
    base = await library.base(incoming.server, fresh=True)
    planned = await _plan(base, incoming)
    if hash(planned) != incoming.shown:
        return planned, None
    progress.step(SAVING)
    writes = exchange.writes(base, planned, incoming.author)
    try:
        change = await library.change(
            incoming.server, writes, incoming.author, on_disk=lambda: progress.step(INDEXING)
        )
    except (IdTakenError, ChangedSinceError):
        # Another process was a moment faster.
        return await _plan(await library.base(incoming.server, fresh=True), incoming), None
    return planned, change


async def _plan(base: Base, incoming: Incoming) -> Plan:
    # A long file takes seconds: the event loop goes on meanwhile.
    return await asyncio.to_thread(exchange.plan_on, base, incoming.content, incoming.name, incoming.form)


async def _show(
    interaction: Interaction,
    incoming: Incoming,
    planned: Plan,
    file_id: str | None = None,
    *,
    is_anew: bool = False,
) -> None:
    """Show what a file would do, with every row in a text file, and keep it until that is confirmed."""
    buttons: list[discord.ui.Item[Any]] = []
    if planned.to_save():
        kept = dataclasses.replace(incoming, shown=hash(planned))
        file_id = files_of(interaction.client).keep(kept, file_id)
        buttons = [ConfirmImport(file_id), CancelImport(file_id)]
    await sending.edit(interaction, preview_card(planned, incoming.name, buttons, is_anew=is_anew))
    if planned.rows or planned.faults:
        file = await asyncio.to_thread(report_file, planned)
        await sending.respond(interaction, text="Every row of it:", file=file, ephemeral=True)


async def _say_why(interaction: Interaction, error: Exception, *buttons: discord.ui.Item[Any]) -> None:
    """Replace the card by what went wrong, and the ways to go on."""
    sentence = reporting.sentence_for(error, where="qa import")
    if sentence is not None:
        card = Card(discord.ui.TextDisplay(f"**Nothing was saved.** {sentence}"))
        if buttons:
            card.add_item(discord.ui.ActionRow(*buttons))
        await sending.edit(interaction, card)


def _progress(interaction: Interaction, incoming: Incoming) -> Progress:
    return Progress(interaction, incoming.name, is_shown=len(incoming.content) > LONG_FILE)


class ConfirmImport(KeyedButton, template=rf"pq1:import-do:{KEPT}"):
    """Saves what the file holds."""

    name, text, style = "import-do", "Confirm", discord.ButtonStyle.success

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Save, then say so."""
        await confirm(interaction, self.key)


class CancelImport(KeyedButton, template=rf"pq1:import-dont:{KEPT}"):
    """Leaves all as it is."""

    name, text, style = "import-dont", "Cancel", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Forget the file, and say that nothing was saved."""
        files = files_of(interaction.client)
        files.take(self.key, interaction.guild_id, interaction.user.id)
        files.drop(self.key)
        await sending.edit(interaction, Card(discord.ui.TextDisplay(_CANCELLED)))
