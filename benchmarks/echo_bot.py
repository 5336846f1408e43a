"""A bot that does nothing but reply with what mentions it: the least that any discord.py bot costs.

Run by `whole_bot.py`, which tells it where its Discord is.
"""

import logging
import os

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Echo(discord.Client):
    """Echoes; it asks Discord for as little as Pullquote does, so that only the answering differs."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def on_message(self, message: discord.Message) -> None:
        """Reply to a mention."""
        if not message.author.bot and self.user in message.mentions:
            await message.reply(message.content)


if __name__ == "__main__":
    Route.BASE = os.environ["PULLQUOTE_DISCORD_API"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["PULLQUOTE_DISCORD_GATEWAY"])
    Echo().run(os.environ["PULLQUOTE_DISCORD_TOKEN"], log_level=logging.ERROR)
