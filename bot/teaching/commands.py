"""*Teach from this* and *Wrong answer*, for moderators: Discord hides them from others, and they check that again."""

import asyncio

import discord
from discord import app_commands

from bot import sending
from bot.asking.questions import question_in, question_of
from bot.components import Interaction
from bot.curating.adding import propose
from bot.curating.desk import author_of, server_of
from bot.curating.drafts import Draft
from bot.curating.form import open_form
from bot.teaching.correcting import wrong_card
from bot.teaching.given import given_on
from knowledge.errors import SafeError
from knowledge.model import MAX_QUESTION
from knowledge.text.folding import words

_LOOKING_SECONDS = 1.5
"""How long the question of an answer is looked for: a form has to be open within three seconds."""

NO_TEXT = "There is no text in that message that I could learn from."
NO_ANSWER = "That is not an answer of mine. Use this on a message in which I answered a question."
NO_QUESTION = "I can no longer see the question that this answered. Please use /qa add to teach me."
TOO_LONG = (
    "That message has {length:,} characters, and a question has {most} at most: the form holds its beginning. Please"
    " put what is asked in few words."
)


@app_commands.context_menu(name="Teach from this")
@app_commands.default_permissions(manage_messages=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def teach_from_this(interaction: Interaction, message: discord.Message) -> None:
    """Open the form for a new entry with the text of a message as its question."""
    server = server_of(interaction)
    text = " ".join((await _asked(interaction, message)).split())
    if not words(text):
        raise SafeError(NO_TEXT)
    draft = Draft(server, author_of(interaction), question=_beginning(text))
    await open_form(interaction, draft, propose)
    if len(text) > MAX_QUESTION:
        told = TOO_LONG.format(length=len(text), most=MAX_QUESTION)
        await sending.respond(interaction, text=told, ephemeral=True)


@app_commands.context_menu(name="Wrong answer")
@app_commands.default_permissions(manage_messages=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def wrong_answer(interaction: Interaction, message: discord.Message) -> None:
    """Show what was asked and answered, and the ways to put it right."""
    server, me = server_of(interaction), interaction.client.user
    if me is None or message.author.id != me.id:
        raise SafeError(NO_ANSWER)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    interaction.client.library.foresight.prepare(server)
    question = await question_of(message, me)
    if not words(question):
        raise SafeError(NO_QUESTION)
    base = await interaction.client.library.base(server, fresh=True)
    card = await asyncio.to_thread(wrong_card, base, given_on(message, question, base))
    await sending.respond(interaction, card, ephemeral=True)


async def _asked(interaction: Interaction, message: discord.Message) -> str:
    """Return the text of a message; of an answer of the bot's, the question, "" where it is not found in time."""
    me = interaction.client.user
    if me is None or message.author.id != me.id:
        return question_in(message, me) if me is not None else message.content
    try:
        return await asyncio.wait_for(question_of(message, me), _LOOKING_SECONDS)
    except TimeoutError:
        return ""


def _beginning(text: str) -> str:
    """Return as many whole words of a text as fit a question; of one long word, as much as fits."""
    if len(text) <= MAX_QUESTION:
        return text
    return text[: MAX_QUESTION + 1].rpartition(" ")[0] or text[:MAX_QUESTION]
