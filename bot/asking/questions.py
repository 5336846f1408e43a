"""Reads a question, and the questions before it, out of messages."""

import re

import discord
import structlog

from bot import sending
from bot.render.answers import question_on
from knowledge.model import MAX_QUESTION
from knowledge.text.asking import kinds
from knowledge.text.folding import words

log = structlog.get_logger(__name__)

_COMMAND_SIGNS = frozenset("!/.$%&>+-=~")
"""With which commands to other bots begin."""

_FIRST_WORDS = 2
"""Within how many words a question without a question mark asks for something: "and who won"."""

_MOST_BEFORE = 3
"""Questions that are looked up before a follow-up; each costs a request to Discord."""


def is_for(message: discord.Message, me: discord.ClientUser) -> bool:
    """Return whether a member asks the bot: by a mention of it or its role, a reply or a direct message.

    A reply whose text Discord keeps back was sent without a ping: it is meant for the other people.
    """
    if message.author.bot or message.webhook_id is not None:
        return False
    if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
        return False
    if (
        message.guild is None
        or any(user.id == me.id for user in message.mentions)
        or _mentions_own_role(message)
    ):
        return True
    replied_to = message.reference.resolved if message.reference else None
    return isinstance(replied_to, discord.Message) and replied_to.author.id == me.id and bool(message.content)


def asks_anyone(message: discord.Message) -> bool:
    """Return whether a message asks whoever reads it: a member's own, no reply or command, and it names nobody."""
    text = message.content.strip()
    return (
        message.guild is not None
        and not (message.author.bot or message.webhook_id)
        and message.type is discord.MessageType.default
        and not (message.mentions or message.role_mentions or message.mention_everyone)
        and text[:1] not in _COMMAND_SIGNS
        and ("?" in text or bool(kinds(words(text[:MAX_QUESTION])[:_FIRST_WORDS])))
    )


def is_withheld(message: discord.Message) -> bool:
    """Return whether Discord kept back the text, as it can where only the bot's role was mentioned."""
    return not message.content and _mentions_own_role(message)


def question_in(message: discord.Message, me: discord.ClientUser) -> str:
    """Return what a message asks: its text without the mentions of the bot."""
    own = [f"<@!?{me.id}>"]
    if message.guild is not None and message.guild.self_role is not None:
        own.append(f"<@&{message.guild.self_role.id}>")
    return re.sub("|".join(own), " ", message.content).strip()


async def questions_before(message: discord.Message, me: discord.ClientUser) -> tuple[str, ...]:
    """Return the questions whose answers a message follows up, oldest first, at most three."""
    found: list[str] = []
    while len(found) < _MOST_BEFORE:
        answered = await _replied_to(message)
        if answered is None or answered.author.id != me.id:
            break
        asking = await _replied_to(answered)
        question = question_on(answered) or (question_in(asking, me)[:MAX_QUESTION] if asking else "")
        if not question:
            break
        found.append(question)
        if asking is None:
            break
        message = asking
    return tuple(reversed(found))


async def question_of(answered: discord.Message, me: discord.ClientUser) -> str:
    """Return the question that an answer of the bot's is for: on the card, or in the message that it replies to."""
    if question := question_on(answered):
        return question
    asking = await _replied_to(answered)
    return question_in(asking, me)[:MAX_QUESTION] if asking else ""


async def _replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that this one replies to; None where there is none or it cannot be read."""
    reference = message.reference
    if reference is None or isinstance(reference.resolved, discord.DeletedReferencedMessage):
        return None
    if reference.resolved is not None:
        return reference.resolved
    if (wanted := reference.message_id) is None:
        return None
    try:
        return await sending.persistently(lambda: message.channel.fetch_message(wanted))
    except (discord.HTTPException, *sending.BROKEN_CONNECTION) as error:
        # The question can be answered without, if not as well.
        log.info("no question before", error=type(error).__name__)
        return None


def _mentions_own_role(message: discord.Message) -> bool:
    own = message.guild.self_role if message.guild else None
    return own is not None and own in message.role_mentions
