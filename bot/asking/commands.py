"""`/ask` and the message command *Answer this*."""

import discord
from discord import app_commands

from bot import sending
from bot.asking import offering
from bot.asking.buttons import controls_of
from bot.asking.places import require_open
from bot.asking.questions import question_in
from bot.asking.replies import reply_card
from bot.bases import base_while_typing, known_to
from bot.client import PullquoteClient
from bot.components import Interaction
from bot.render.answers import answer_card
from knowledge.errors import SafeError
from knowledge.model import MAX_QUESTION
from knowledge.text.folding import words


def install(client: PullquoteClient) -> None:
    """Register the commands."""
    client.tree.add_command(_ask)
    client.tree.add_command(_answer_this)


@app_commands.command(name="ask", description="Ask about the story: the answer, and the line it stands on")
@app_commands.describe(question="What you want to know", private="Show the answer to you alone")
async def _ask(
    interaction: Interaction,
    question: app_commands.Range[str, 1, MAX_QUESTION],
    private: bool = False,  # noqa: FBT001, FBT002  options
) -> None:
    known = await known_to(interaction, ephemeral=private)
    require_open(interaction, known.base.settings)
    controls = controls_of(interaction, known.texts, private=private)
    picked = offering.picked(known, question)
    if picked is None:
        card = reply_card(known, question, controls, with_question=True)
    else:
        card = answer_card(picked, controls, with_question=True, notice=known.notice, texts=known.texts)
    await sending.respond(interaction, card, ephemeral=private)


@_ask.autocomplete("question")
async def _suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return offering.choices(await base_while_typing(interaction), typed)


@app_commands.context_menu(name="Answer this")
async def _answer_this(interaction: Interaction, message: discord.Message) -> None:
    me = interaction.client.user
    question = question_in(message, me) if me else ""
    if not words(question):
        raise SafeError("There is no text in that message that I could answer.")
    known = await known_to(interaction)
    require_open(interaction, known.base.settings)
    card = reply_card(known, question, controls_of(interaction, known.texts), with_question=True)
    await sending.respond(interaction, card)
