"""What the bot answered, read back from its message."""

import re
from dataclasses import dataclass

import discord

from bot.asking.votes import NotHelpfulButton
from bot.render.answers import QUESTION_ID
from bot.render.escape import unescape
from knowledge.answering import Base
from knowledge.model import AnswerSource, Question


@dataclass(frozen=True, slots=True)
class Given:
    """A question, what was said to it, and what that came from (None: not known, or nothing was answered)."""

    question: str
    said: str
    source: AnswerSource | None


def given_on(message: discord.Message, question: str, base: Base) -> Given:
    """Return what a message of the bot's answers to a question; what it does not tell is what is answered now."""
    said = ""
    if message.flags.components_v2:
        view = discord.ui.LayoutView.from_message(message)
        for item in view.walk_children():
            if isinstance(item, discord.ui.Button) and (source := _source(item.custom_id or "")):
                return Given(question, said, source)
            if isinstance(item, discord.ui.TextDisplay) and item.id != QUESTION_ID:
                said = said or unescape(item.content)
    return Given(question, said, base.answer(Question(question)).source)


def _source(custom_id: str) -> AnswerSource | None:
    match = re.fullmatch(NotHelpfulButton.__discord_ui_compiled_template__, custom_id)
    return NotHelpfulButton.read(match.groupdict(), "").source if match else None
