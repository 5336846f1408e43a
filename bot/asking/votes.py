"""*Helpful* and *Not helpful*: counted once for a person and an answer, without keeping who."""

import hmac
from datetime import UTC, datetime
from typing import Self

import discord

from bot import sending
from bot.asking.questions import question_of
from bot.components import Card, Interaction, PersistentButton, is_moderator
from knowledge.model import AnswerSource, Ended, SourceKind

_KINDS = {kind.value[0]: kind for kind in SourceKind}
_SOURCE = r"(?P<kind>[efgpq]):(?P<id>.+)"
_HASH_LENGTH = 16

THANKS = "Thank you: that is counted, without your name."
THANKS_FOR_NOT = (
    "Thank you. The moderators of this server will see the question, and not who was unhappy with the answer."
)
COUNTED = "You have told me about this answer already: each person counts once."
CORRECT = "As a moderator you can mend it at once: Apps > Wrong answer on that message."


class _VoteButton(PersistentButton, template="pq0:vote"):
    """A button that tells whether an answer helped; its state is what the answer came from."""

    name: str
    text: str
    is_helpful: bool

    def __init__(self, source: AnswerSource) -> None:
        self.source = source
        super().__init__(
            discord.ui.Button(
                label=self.text, custom_id=f"pq1:{self.name}:{source.kind.value[0]}:{source.id}"
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button from its custom id."""
        return cls(AnswerSource(_KINDS[state["kind"]], state["id"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Count the vote, and say so to the one who voted."""
        message, server = interaction.message, interaction.guild_id
        if message is None or server is None:
            return
        await sending.defer(interaction, ephemeral=True, thinking=True)
        is_first = await interaction.client.library.writable().misses.vote(
            server, self.source, _voter(interaction, message), helpful=self.is_helpful, at=datetime.now(UTC)
        )
        said = await self.counted(interaction, message, server) if is_first else COUNTED
        await sending.respond(interaction, Card(discord.ui.TextDisplay(said)), ephemeral=True)

    async def counted(self, interaction: Interaction, message: discord.Message, server: int) -> str:
        """Do what else the vote is for, and return what to say."""
        raise NotImplementedError


class HelpfulButton(_VoteButton, template=f"pq1:helpful:{_SOURCE}"):
    """Tells that an answer helped."""

    name, text, is_helpful = "helpful", "Helpful", True

    async def counted(self, _interaction: Interaction, _message: discord.Message, _server: int) -> str:
        """Say thanks."""
        return THANKS


class NotHelpfulButton(_VoteButton, template=f"pq1:unhelpful:{_SOURCE}"):
    """Tells that an answer did not help: its question waits in the inbox."""

    name, text, is_helpful = "unhelpful", "Not helpful", False

    async def counted(self, interaction: Interaction, message: discord.Message, server: int) -> str:
        """Keep the question as a miss, and say so."""
        me, library = interaction.client.user, interaction.client.library
        question = await question_of(message, me) if me else ""
        if question:
            await library.base(server)
            library.note_miss(server, question, Ended.NOT_HELPFUL, self.source)
        return f"{THANKS_FOR_NOT}\n-# {CORRECT}" if is_moderator(interaction) else THANKS_FOR_NOT


def _voter(interaction: Interaction, message: discord.Message) -> str:
    """Return what stands for this person and this answer: nobody can tell who from it without the bot's token."""
    key = (interaction.client.http.token or "").encode()
    return hmac.digest(key or b"-", f"{message.id}:{interaction.user.id}".encode(), "sha256").hex()[
        :_HASH_LENGTH
    ]
