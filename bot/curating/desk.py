"""What all the moderators' tools share: the drafts, whose turn it is to write, and who may press."""

import asyncio
import hashlib
from collections.abc import Coroutine
from typing import Any, Final, Self
from weakref import WeakKeyDictionary, WeakValueDictionary

import discord

from bot.components import Interaction, PersistentButton, require_moderator
from bot.curating.drafts import Draft, Drafts
from bot.curating.proposals import Proposal, ProposalGoneError
from knowledge.model import Author
from knowledge.owned import Record

NAMED: Final = r"(?P<key>(?s:.)+)"
KEPT: Final = r"(?P<key>[\w-]{16})"
"""The parts of a template that hold the id of an entry or a story, or of what is kept until it is confirmed."""

_MARK_LENGTH = 8


class Desk:
    """The drafts and proposals of one client, and one turn a server to look at its entries and change them."""

    def __init__(self) -> None:
        self.drafts: Drafts[Draft] = Drafts()
        self.proposals: Drafts[Proposal] = Drafts(gone=ProposalGoneError)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._later: dict[int, asyncio.Task[None]] = {}

    def turn(self, server: int) -> asyncio.Lock:
        """Return the lock within which nobody else changes the server's entries."""
        return self._turns.setdefault(server, asyncio.Lock())

    def follow_up(self, message: int, work: Coroutine[Any, Any, None]) -> None:
        """Do what will put something into the card of a message, unless the card is replaced before."""
        task = self._later[message] = asyncio.create_task(work)
        task.add_done_callback(
            lambda _: self._later.pop(message) if self._later.get(message) is task else None
        )

    async def leave(self, message: int) -> None:
        """Let nothing more be put into the card of a message: it is about to be replaced."""
        if task := self._later.pop(message, None):
            task.cancel()
            await asyncio.wait({task})


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


def mark_of(*shown: Record) -> str:
    """Return what tells whether records are still as a moderator was shown them, short enough for a custom id."""
    return hashlib.sha256(repr(shown).encode("utf-8", "replace")).hexdigest()[:_MARK_LENGTH]


class ModeratorButton(PersistentButton, template="pq0:moderator"):
    """A button that only works for moderators: Discord hides commands from others, but not buttons."""

    async def pressed(self, interaction: Interaction) -> None:
        """Check the permission, then do what the button is for."""
        require_moderator(interaction)
        await self.pressed_by_moderator(interaction)

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Do what the button is for."""
        raise NotImplementedError


class KeyedButton(ModeratorButton, template="pq0:keyed"):
    """A button about one thing; its state is the key of that: an id or name, or what something is kept under."""

    name: str
    text: str
    style = discord.ButtonStyle.secondary

    def __init__(self, key: str, label: str = "") -> None:
        self.key = key
        super().__init__(
            discord.ui.Button(label=label or self.text, style=self.style, custom_id=f"pq1:{self.name}:{key}")
        )

    @classmethod
    def read(cls, state: dict[str, str], label: str) -> Self:
        """Return the button again from its key."""
        return cls(state["key"], label)


class DraftButton(KeyedButton, template="pq0:draft"):
    """A button below a preview; its state is the draft's id."""

    def draft(self, interaction: Interaction) -> Draft:
        """Return the draft; raises `DraftGoneError` and `DraftTakenError`."""
        drafts = desk_of(interaction.client).drafts
        return drafts.get(self.key, interaction.guild_id, interaction.user.id)
