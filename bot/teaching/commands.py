"""The message commands *Teach from this* and *Wrong answer*, for moderators: each checks that again."""

import discord
from discord import app_commands

from bot import sending
from bot.asking.questions import question_in, question_of
from bot.components import Interaction
from bot.curating.adding import propose
from bot.curating.desk import author_of, server_of
from bot.curating.drafts import Draft
from bot.curating.form import open_form
from bot.teaching.correcting import correction_card
from knowledge.errors import SafeError
from knowledge.model import MAX_QUESTION
from knowledge.text.folding import words

_NO_TEXT = "There is no text in that message that could be a question."
_NO_ANSWER = "That is no answer of mine. Choose Wrong answer on a message in which I answered a question."


@app_commands.context_menu(name="Teach from this")
@app_commands.default_permissions(manage_messages=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def teach_from_this(interaction: Interaction, message: discord.Message) -> None:
    """Open the form for a new entry with the message as its question."""
    server, me = server_of(interaction), interaction.client.user
    if me is None:
        return
    is_own = message.author.id == me.id
    question = " ".join((await question_of(message, me) if is_own else question_in(message, me)).split())
    if not words(question):
        raise SafeError(_NO_TEXT)
    interaction.client.library.foresight.prepare(server)
    draft = Draft(server, author_of(interaction), question=question[:MAX_QUESTION])
    await open_form(interaction, draft, propose)


@app_commands.context_menu(name="Wrong answer")
@app_commands.default_permissions(manage_messages=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def wrong_answer(interaction: Interaction, message: discord.Message) -> None:
    """Ask which entry would have been right for the question of an answer."""
    server, me = server_of(interaction), interaction.client.user
    if me is None or message.author.id != me.id:
        raise SafeError(_NO_ANSWER)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    question = await question_of(message, me)
    if not words(question):
        raise SafeError(_NO_ANSWER)
    interaction.client.library.foresight.prepare(server)
    base = await interaction.client.library.base(server, fresh=True)
    await sending.respond(interaction, correction_card(base, question), ephemeral=True)
