"""What all the moderators' tools share: the drafts, whose turn it is to write, and who may press."""

import asyncio
from weakref import WeakKeyDictionary, WeakValueDictionary

import discord

from bot.components import Interaction, PersistentButton, require_moderator
from bot.curating.drafts import Draft, Drafts
from bot.curating.proposals import Proposal, ProposalGoneError
from knowledge.model import Author


class Desk:
    """The drafts and proposals of one client, and one turn a server to look at its entries and change them."""

    def __init__(self) -> None:
        self.drafts: Drafts[Draft] = Drafts()
        self.proposals: Drafts[Proposal] = Drafts(gone=ProposalGoneError)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def turn(self, server: int) -> asyncio.Lock:
        """Return the lock within which nobody else changes the server's entries."""
        return self._turns.setdefault(server, asyncio.Lock())


_DESKS: WeakKeyDictionary[discord.Client, Desk] = WeakKeyDictionary()


def desk_of(client: discord.Client) -> Desk:
    """Return the client's desk, which lives as long as the client."""
    return _DESKS.setdefault(client, Desk())


def server_of(interaction: Interaction) -> int:
    """Return the server of a moderator; raises `NotAllowedError` for anyone else."""
    require_moderator(interaction)
    if interaction.guild_id is None:
        raise AssertionError("a moderator is one of a server")
    return interaction.guild_id


def author_of(interaction: Interaction) -> Author:
    """Return whoever acts, as the author of what they write."""
    return Author(interaction.user.id, interaction.user.display_name)


class ModeratorButton(PersistentButton, template="pq0:moderator"):
    """A button that only works for moderators: Discord hides commands from others, but not buttons."""

    async def pressed(self, interaction: Interaction) -> None:
        """Check the permission, then do what the button is for."""
        require_moderator(interaction)
        await self.pressed_by_moderator(interaction)

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Do what the button is for."""
        raise NotImplementedError
