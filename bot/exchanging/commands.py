"""`/qa import` and `/qa export`. Like all of `/qa`, each checks again who calls it."""

import discord
from discord import app_commands

from bot.components import Interaction, require_moderator
from bot.curating.commands import qa
from bot.exchanging import giving, taking
from knowledge.transfer import OWN, Format


@qa.command(name="import", description="Take entries from a file: you see what would become of each first")
@app_commands.describe(
    file="Entries as JSON Lines, CSV or YAML, or what another bot exported",
    format="What kind of file it is, where I do not see that by myself",
)
@app_commands.choices(format=[app_commands.Choice(name=one, value=one) for one in Format])
async def _import(interaction: Interaction, file: discord.Attachment, format: str | None = None) -> None:  # noqa: A002  the option's name
    require_moderator(interaction)
    await taking.start(interaction, file, Format(format) if format else None)


@qa.command(name="export", description="Get this server's own entries as a file")
@app_commands.describe(format="JSON Lines if you choose none; CSV opens in a spreadsheet")
@app_commands.choices(format=[app_commands.Choice(name=one, value=one) for one in OWN])
async def _export(interaction: Interaction, format: str | None = None) -> None:  # noqa: A002  the option's name
    require_moderator(interaction)
    await giving.export(interaction, Format(format) if format else Format.JSON_LINES)
