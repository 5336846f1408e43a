"""The form for a story's text, and what is known of its source."""

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.components import Form, Interaction, require_moderator
from bot.curating.drafts import KEPT_SECONDS
from bot.stories.proposals import Given
from knowledge.model import Source

MAX_INPUT = 4000
"""Code points that an input of Discord holds."""

_FIELDS = {
    "title": "The headline.",
    "publisher": "Where it appeared.",
    "url": "Where members can read all of it; begins with https://.",
    "licence": "own, public-domain, permission or cc-by-4.0 and its like: then all of it may be shown.",
}


class StoryForm(Form):
    """Asks for a text and the main fields of its source; what was typed goes to `then`, beside what was given."""

    def __init__(self, given: Given, then: Callable[[Interaction, Given], Awaitable[None]]) -> None:
        super().__init__(title="A story" if given.replaces is None else "The corrected text of a story")
        self.timeout = KEPT_SECONDS  # who copies an article takes longer than with other forms
        self._given = given
        self._then = then
        self._text: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, default=given.text or None
        )
        told = f"At most {MAX_INPUT:,} characters fit here. Attach a longer one to the command, as file."
        self.add_item(discord.ui.Label(text="Text", description=told, component=self._text))
        self._fields: dict[str, discord.ui.TextInput[Any]] = {}
        for name, description in _FIELDS.items():
            field: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=name, default=getattr(given.source, name) or None, required=False
            )
            label = "URL" if name == "url" else name.capitalize()
            self.add_item(discord.ui.Label(text=label, description=description, component=field))
            self._fields[name] = field

    async def submitted(self, interaction: Interaction) -> None:
        """Check the permission again, and hand over what was typed."""
        require_moderator(interaction)
        typed = {name: field.value for name, field in self._fields.items()}
        source: Source = dataclasses.replace(self._given.source, **typed)
        await self._then(interaction, dataclasses.replace(self._given, text=self._text.value, source=source))
