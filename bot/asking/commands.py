"""`/ask` and the message command *Answer this*."""

import discord
from discord import app_commands

from bot import sending
from bot.asking.buttons import AskingControls
from bot.asking.questions import answer, question_in
from bot.client import PullquoteClient
from bot.components import Interaction
from bot.render.answers import answer_card
from bot.render.escape import cut, one_line
from bot.render.help import help_card
from knowledge.errors import SafeError
from knowledge.model import MAX_QUESTION

_MAX_CHOICE = 100
"""Code points of a suggestion while typing, Discord's limit."""


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
    await _respond(interaction, question, private=private)


@_ask.autocomplete("question")
async def _suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    base = await interaction.client.library.base(interaction.guild_id)
    questions = dict.fromkeys(
        one_line(suggestion.question) for suggestion in base.suggest(typed[:MAX_QUESTION])
    )
    choices = (cut(question, _MAX_CHOICE) for question in questions if question)
    return [app_commands.Choice(name=choice, value=choice) for choice in choices][:25]


@app_commands.context_menu(name="Answer this")
async def _answer_this(interaction: Interaction, message: discord.Message) -> None:
    me = interaction.client.user
    question = question_in(message, me) if me else ""
    if not question:
        raise SafeError("There is no text in that message that I could answer.")
    await _respond(interaction, question, private=False)


async def _respond(interaction: Interaction, question: str, *, private: bool) -> None:
    controls = AskingControls(interaction.user.id, private=private)
    if one_line(question):
        found = await answer(interaction.client, interaction.guild_id, question)
        card = answer_card(found, controls, with_question=True)
    else:
        base = await interaction.client.library.base(interaction.guild_id)
        card = help_card(base.suggest("", 3), controls)
    await sending.respond(interaction, card, ephemeral=private)
