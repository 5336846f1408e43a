"""What the bot says when it was called without a question."""

from collections.abc import Iterable

import discord

from bot.components import Card
from bot.render.answers import Controls
from knowledge.model import Suggestion

_HELP = """\
Hello! Ask me something about the story, and I will show you the line that the answer stands on.
-# Mention me with your question, write to me directly, reply to one of my answers, or use /ask."""

_WITHHELD = """\
Discord did not let me see the text of your message.
-# Please ask with **/ask**, or mention me by choosing my name with the APP badge from the list."""


def help_card(suggestions: Iterable[Suggestion], controls: Controls) -> Card:
    """Return how to ask, with some questions to begin with."""
    card = Card(discord.ui.Container(discord.ui.TextDisplay(_HELP), accent_colour=discord.Colour.blurple()))
    for suggestion in suggestions:
        if (button := controls.follow_up(suggestion)) is not None:
            card.add_item(discord.ui.ActionRow(button))
    return card


def withheld_card() -> Card:
    """Return what to do when Discord kept back the text of a message."""
    return Card(discord.ui.Container(discord.ui.TextDisplay(_WITHHELD)))
