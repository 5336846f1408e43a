"""*Helpful* and *Not helpful*: counted once for a person and an answer, without keeping who."""

import hmac
from datetime import UTC, datetime
from typing import Self

import discord

from bot import sending
from bot.asking.questions import question_of
from bot.components import Card, Interaction, PersistentButton, is_moderator
from bot.texts import Texts, texts_in
from knowledge.model import AnswerSource, Ended, SourceKind

_KINDS = {kind.value[0]: kind for kind in SourceKind}
_SOURCE = r"(?P<kind>[efgpq]):(?P<id>.+)"
_HASH_LENGTH = 16

CORRECT = "As a moderator you can mend it at once: Apps > Wrong answer on that message."


class _VoteButton(PersistentButton, template="pq0:vote"):
    """A button that tells whether an answer helped; its state is what the answer came from."""

    name: str
    is_helpful: bool

    def __init__(self, source: AnswerSource, label: str) -> None:
        self.source = source
        super().__init__(
            discord.ui.Button(label=label, custom_id=f"pq1:{self.name}:{source.kind.value[0]}:{source.id}")
        )

    @classmethod
    def read(cls, state: dict[str, str], label: str) -> Self:
        """Return the button from its custom id."""
        return cls(AnswerSource(_KINDS[state["kind"]], state["id"]), label)

    async def pressed(self, interaction: Interaction) -> None:
        """Count the vote, and say so to the one who voted."""
        message, server = interaction.message, interaction.guild_id
        if message is None or server is None:
            return
        await sending.defer(interaction, ephemeral=True, thinking=True)
        # Before the vote: what fails after it could not be made up for, as nobody votes twice.
        texts = texts_in((await interaction.client.library.base(server)).settings.language)
        is_first = await interaction.client.library.writable().misses.vote(
            server, self.source, _voter(interaction, message), helpful=self.is_helpful, at=datetime.now(UTC)
        )
        said = await self.counted(interaction, message, texts) if is_first else texts.voted
        await sending.respond(interaction, Card(discord.ui.TextDisplay(said)), ephemeral=True)

    async def counted(self, interaction: Interaction, message: discord.Message, texts: Texts) -> str:
        """Do what else the vote is for, and return what to say."""
        raise NotImplementedError


class HelpfulButton(_VoteButton, template=f"pq1:helpful:{_SOURCE}"):
    """Tells that an answer helped."""

    name, is_helpful = "helpful", True

    async def counted(self, _interaction: Interaction, _message: discord.Message, texts: Texts) -> str:
        """Say thanks."""
        return texts.thanks


class NotHelpfulButton(_VoteButton, template=f"pq1:unhelpful:{_SOURCE}"):
    """Tells that an answer did not help: its question waits in the inbox."""

    name, is_helpful = "unhelpful", False

    async def counted(self, interaction: Interaction, message: discord.Message, texts: Texts) -> str:
        """Keep the question as a miss, and say so where it is known and the server wants that."""
        me, server = interaction.client.user, interaction.guild_id
        question = await question_of(message, me) if me else ""
        note = interaction.client.library.note_miss
        is_kept = question and server is not None and note(server, question, Ended.NOT_HELPFUL, self.source)
        told = texts.thanks_for_not if is_kept else texts.thanks
        return f"{told}\n-# {CORRECT}" if is_moderator(interaction) else told


def _voter(interaction: Interaction, message: discord.Message) -> str:
    """Return what stands for this person and this answer: nobody can tell who from it without the bot's token."""
    key = (interaction.client.http.token or "").encode()
    return hmac.digest(key or b"-", f"{message.id}:{interaction.user.id}".encode(), "sha256").hex()[
        :_HASH_LENGTH
    ]
