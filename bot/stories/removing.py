"""Removing a story: shown, confirmed, and gone with its excerpts; only that there was one stays in the history."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord

from bot import sending
from bot.components import Card, Interaction
from bot.curating.desk import NAMED, KeyedButton, author_of, desk_of, mark_of, server_of
from bot.render.escape import escape
from bot.stories.cards import removal_card
from bot.stories.finding import own_story
from knowledge.model import Entry, OwnStory
from knowledge.owned import Owned, drop, put, without_excerpts

_ASKED = (
    "**Remove this story?** Its text, its index and all excerpts from it, in entries and in their history, are gone at"
    " once. This cannot be undone."
)

_CHANGED = "**Not removed yet**: meanwhile somebody changed this story, or entries that cite it."
_DONE = "**Removed.** The text, its index and all excerpts from it are gone; the history keeps that there was one."


async def ask(interaction: Interaction, wanted: str) -> None:
    """Answer a command with what goes with a story, and ask whether it is to be removed."""
    server = server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    owned = await interaction.client.library.owned(server)
    story = own_story(owned, wanted)
    card = _asked_card(story, _citing(owned.entries, story.slug), _ASKED)
    await sending.respond(interaction, card, ephemeral=True)


def _asked_card(story: OwnStory, citing: Sequence[Entry], asked: str) -> Card:
    buttons = [Remove(f"{mark_of(story, *citing)}:{story.slug}"), Keep(story.slug)]
    return removal_card(story, citing, buttons, asked)


async def remove(interaction: Interaction, slug: str, mark: str) -> Card:
    """Remove a story and the excerpts of it that entries cite, in one; return the card that says so.

    Where these are no longer what the moderator saw, which `mark` tells, it is the card that asks again. Raises
    `UnknownStoryError` where it is gone already.
    """
    server, library = server_of(interaction), interaction.client.library
    async with desk_of(interaction.client).turn(server):
        owned = await library.owned(server)
        story = own_story(owned, slug)
        citing = _citing(owned.entries, slug)
        if mark_of(story, *citing) != mark:
            return _asked_card(story, citing, f"{_CHANGED}\n{_ASKED}")
        await library.change(server, [drop(story), *_stale(owned, slug)], author_of(interaction))
    return removal_card(story, citing, (), _DONE)


def _stale(owned: Owned, slug: str) -> Iterable[Any]:
    known = {entry.id: entry for entry in owned.entries}
    return (put(entry, known[entry.id]) for entry in without_excerpts(owned.entries, slug))


def _citing(entries: Iterable[Entry], slug: str) -> list[Entry]:
    return [entry for entry in entries if any(citation.story == slug for citation in entry.citations)]


class Remove(KeyedButton, template=rf"pq1:story-remove-as:{NAMED}"):
    """Removes the story as it was shown; its state is the mark of that, and the slug."""

    name, text, style = "story-remove-as", "Remove it", discord.ButtonStyle.danger

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Remove the story, then say so, or ask again."""
        mark, _, slug = self.key.partition(":")
        await sending.defer(interaction)
        await sending.edit(interaction, await remove(interaction, slug, mark))


class Keep(KeyedButton, template=rf"pq1:story-keep:{NAMED}"):
    """Leaves the story as it is."""

    name, text, style = "story-keep", "Keep it", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing happened."""
        await sending.edit(interaction, Card(discord.ui.TextDisplay(f"**{escape(self.key)}** stays.")))
