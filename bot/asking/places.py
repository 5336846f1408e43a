"""Where a server wants its members to be answered."""

from typing import Any

import discord

from bot.components import Interaction
from knowledge.errors import SafeError
from knowledge.settings import ServerSettings


class ElsewhereError(SafeError):
    """The server's moderators chose other channels for the bot to answer in."""


class Places:
    """What a server's settings say about a channel; a thread is part of its channel."""

    def __init__(self, settings: ServerSettings, channel: Any) -> None:  # noqa: ANN401  one of discord.py's many
        ids = {channel.id, getattr(channel, "parent_id", None)}
        self.is_open = not settings.channels or not ids.isdisjoint(settings.channels)
        """Whether members are answered there."""
        self.is_auto = self.is_open and settings.auto_channel in ids
        """Whether they are answered there without asking the bot."""


def require_open(interaction: Interaction, settings: ServerSettings) -> None:
    """Raise `ElsewhereError`, with where to go, for a command in a channel where members are not answered."""
    if interaction.guild_id is None or interaction.channel is None:
        return
    if not Places(settings, interaction.channel).is_open:
        guild = interaction.guild
        channels = [guild.get_channel(one) for one in settings.channels] if guild else []
        named = [f"#{channel.name}" for channel in channels if isinstance(channel, discord.abc.GuildChannel)]
        where = f" Please ask in {', '.join(named)}." if named else ""
        raise ElsewhereError(f"The moderators of this server want me to answer in other channels.{where}")
