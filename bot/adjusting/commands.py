"""`/pullquote`: how the bot behaves on a server, for its moderators. Like `/qa`, each command checks that again."""

import discord
from discord import app_commands

from bot import sending
from bot.adjusting.settings_card import keep, show
from bot.components import Interaction, require_moderator
from knowledge.model import Strictness
from knowledge.settings import STRICTNESS

pullquote = app_commands.Group(
    name="pullquote",
    description="How I behave on this server (for moderators)",
    default_permissions=discord.Permissions(manage_messages=True),
    # What is not ruled out is taken over from the tree, which is also there in direct messages.
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)


@pullquote.command(name="settings", description="See and change this server's settings")
@app_commands.describe(strictness="How sure I have to be to give an answer")
@app_commands.choices(strictness=[app_commands.Choice(name=one, value=one) for one in Strictness])
async def _settings(interaction: Interaction, strictness: str | None = None) -> None:
    require_moderator(interaction)
    if strictness is not None:
        await sending.defer(interaction, ephemeral=True, thinking=True)
        await keep(interaction, STRICTNESS, Strictness(strictness).value)
    await show(interaction)
