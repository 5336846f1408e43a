"""`/qa grade`, `/qa ungrade` and `/qa check`. Like all of `/qa`, each checks again who calls it."""

from discord import app_commands

from bot.checking import grading, pages
from bot.components import Interaction, is_moderator, require_moderator
from bot.curating.commands import qa
from knowledge.model import MAX_QUESTION

_Typed = app_commands.Range[str, 1, MAX_QUESTION]


@qa.command(name="grade", description="Tell what is right for a question, so that /qa check can ask it")
@app_commands.describe(
    question="The question, as a member would ask it", entry="What answers it, or: not in the story"
)
async def _grade(interaction: Interaction, question: _Typed, entry: _Typed) -> None:
    require_moderator(interaction)
    await grading.grade(interaction, question, entry)


@qa.command(name="ungrade", description="Take a question out of those that /qa check asks")
@app_commands.describe(question="The question")
async def _ungrade(interaction: Interaction, question: _Typed) -> None:
    require_moderator(interaction)
    await grading.ungrade(interaction, question)


@qa.command(name="check", description="Ask me the graded questions, and see how many I answer right")
async def _check(interaction: Interaction) -> None:
    require_moderator(interaction)
    await pages.check(interaction)


@_grade.autocomplete("entry")
async def _complete_entry(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await grading.complete_entry(interaction, typed) if is_moderator(interaction) else []


@_ungrade.autocomplete("question")
async def _complete_graded(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await grading.complete_graded(interaction, typed) if is_moderator(interaction) else []
