"""What the bot says when it was called without a question."""

from collections.abc import Iterable
from typing import Any

import discord

from bot.components import Card
from bot.render.answers import Controls
from bot.texts import ENGLISH, Texts
from knowledge.model import Suggestion


def help_card(suggestions: Iterable[Suggestion], controls: Controls, texts: Texts = ENGLISH) -> Card:
    """Return how to ask, with some questions to begin with."""
    shown = discord.ui.TextDisplay[Any](f"{texts.help}\n-# {texts.how_to_ask}")
    card = Card(discord.ui.Container(shown, accent_colour=discord.Colour.blurple()))
    for suggestion in suggestions:
        if (button := controls.follow_up(suggestion)) is not None:
            card.add_item(discord.ui.ActionRow(button))
    return card


def withheld_card(texts: Texts = ENGLISH) -> Card:
    """Return what to do when Discord kept back the text of a message."""
    return Card(
        discord.ui.Container(discord.ui.TextDisplay(f"{texts.withheld}\n-# {texts.how_to_ask_instead}"))
    )
