"""`/inbox`, for moderators: Discord hides it from others, and it checks that again."""

from discord import app_commands

from bot import sending
from bot.components import Interaction
from bot.curating.desk import server_of
from bot.inbox.buttons import page_card
from bot.inbox.waiting import inbox_of


@app_commands.command(
    name="inbox", description="Work off the questions that nobody could answer (for moderators)"
)
@app_commands.default_permissions(manage_messages=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def inbox(interaction: Interaction) -> None:
    """Show the question that was asked most."""
    server = server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    interaction.client.library.foresight.prepare(server)
    found = await inbox_of(interaction.client.library, server)
    await sending.respond(interaction, page_card(found, 0), ephemeral=True)
