"""What a card of settings shows: the settings, and what decides whether they can work."""

from dataclasses import dataclass

import discord

from bot.components import Interaction
from knowledge.settings import ServerSettings


@dataclass(frozen=True, slots=True)
class Situation:
    """A server's settings, and what there is to be set."""

    settings: ServerSettings
    packs: tuple[str, ...] = ()
    """The names of all packs, those that are off too."""
    reads_messages: bool = False
    """Whether the bot has the Message Content intent."""
    guild: discord.Guild | None = None
    """The server, with its channels."""


def situation_of(interaction: Interaction, settings: ServerSettings) -> Situation:
    """Return the situation of an interaction's server."""
    client = interaction.client
    packs = tuple(dict.fromkeys(pack.name for pack in client.library.packs))
    return Situation(settings, packs, client.intents.message_content, interaction.guild)
