"""Giving a server's own entries as a file."""

import asyncio
import io
from collections.abc import Iterator

import discord

from bot import sending
from bot.components import Interaction
from bot.counting import counted
from bot.curating.desk import server_of
from bot.curating.listing import NONE_YET
from bot.curating.showing import MAX_LINE, within
from bot.render.escape import escape, fit
from knowledge import exchange
from knowledge.errors import SafeError
from knowledge.exchange import Export
from knowledge.transfer import Format

MAX_CONTENT = 2000
"""Code points of an ordinary message."""


async def export(interaction: Interaction, form: Format) -> None:
    """Answer a command with the server's own entries as a file; raises `SafeError` where it is too large."""
    server = server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    base = await interaction.client.library.base(server, fresh=True)
    if not base.own:
        await sending.respond(interaction, text=NONE_YET, ephemeral=True)
        return
    name = f"entries.{form}"
    made = await asyncio.to_thread(exchange.export, base, form, name)
    content = made.text.encode()
    if len(content) > interaction.filesize_limit:
        raise SafeError(
            f"The file has {len(content):,} bytes, more than Discord takes here. Please ask whoever runs me for it:"
            " pullquote export writes it to a disk."
        )
    text, _is_cut = within(_told(made), MAX_CONTENT)
    file = discord.File(io.BytesIO(content), name)
    await sending.respond(interaction, text=text, file=file, ephemeral=True)


def _told(made: Export) -> Iterator[str]:
    yield f"**{counted(made.count, 'entry', 'entries')}** of this server's own. /qa import takes this file again."
    for missing in made.left_out:
        stories = ", ".join(missing.stories)
        yield (
            f"- Left out **{escape(missing.entry.id)}**: the lines it cites no longer stand in"
            f" {fit(stories, MAX_LINE)}."
        )
    if made.faults:
        yield "Before /qa import takes it again, this has to be mended:"
    for fault in made.faults:
        yield f"- line {fault.line}: {fit(fault.what, 2 * MAX_LINE)}"
