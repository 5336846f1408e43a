"""Quotations as a card."""

from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.quoting.finding import Found, Line
from bot.render.answers import Controls
from bot.render.escape import escape, fit, one_line
from bot.render.excerpts import excerpt_text

_COLOUR = discord.Colour(0xD4A72C)
_MAX_SPEAKER = 200


def quote_card(found: Found, controls: Controls) -> Card:
    """Return lines of stories with who says them and where they stand, as many as fit one message."""
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=_COLOUR)
    room = MAX_TEXT
    if found.sentence:
        sentence = escape(found.sentence)
        container.add_item(discord.ui.TextDisplay(sentence))
        room -= len(sentence)
    for line in found.lines:
        text = _text(line)
        room -= len(text)
        if room < 0:
            break
        container.add_item(discord.ui.TextDisplay(text))
        if (button := controls.context(line.cited)) is not None:
            container.add_item(discord.ui.ActionRow(button))
    card = Card(container)
    if (button := controls.dismiss()) is not None:
        card.add_item(discord.ui.ActionRow(button))
    return card


def _text(line: Line) -> str:
    speaker = f"**{fit(one_line(line.speaker), _MAX_SPEAKER)}**:\n" if line.speaker else ""
    return speaker + excerpt_text(line.cited)
