"""Where a server wants its members to be answered."""

from typing import Any

import discord

from bot.components import Interaction
from knowledge.errors import SafeError
from knowledge.settings import ServerSettings


class ElsewhereError(SafeError):
    """The server's moderators chose other channels for the bot to answer in."""


_MOST_NAMED = 5


class Places:
    """What a server's settings say about a channel; a thread is part of its channel."""

    def __init__(self, settings: ServerSettings, channel: Any) -> None:  # noqa: ANN401  one of discord.py's many
        ids = {channel.id, getattr(channel, "parent_id", None)} - {None}
        self.is_auto = settings.auto_channel in ids
        """Whether members are answered there without asking the bot."""
        self.is_open = self.is_auto or not settings.channels or not ids.isdisjoint(settings.channels)
        """Whether they are answered there where they ask it."""


def require_open(interaction: Interaction, settings: ServerSettings) -> None:
    """Raise `ElsewhereError`, with where to go, for a command in a channel where members are not answered."""
    if interaction.guild_id is None or interaction.channel is None:
        return
    if Places(settings, interaction.channel).is_open:
        return
    guild, member = interaction.guild, interaction.user
    channels = [guild.get_channel(one) for one in settings.channels] if guild else []
    # Nobody is told the name of a channel that they cannot see.
    named = [
        f"#{channel.name}"
        for channel in channels
        if channel and isinstance(member, discord.Member) and channel.permissions_for(member).view_channel
    ]
    where = f" Please ask in {', '.join(named[:_MOST_NAMED])}." if named else ""
    raise ElsewhereError(f"The moderators of this server want me to answer in other channels.{where}")
