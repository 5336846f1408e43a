"""Reading a story page by page, as far as it may be shown."""

import asyncio
from typing import Any, Self

import discord

from bot import sending
from bot.components import MAX_CUSTOM_ID, Card, Interaction
from bot.curating.desk import ModeratorButton, server_of
from bot.render.answers import link_button
from bot.render.escape import escape, fit, one_line
from bot.render.excerpts import block_quote
from bot.render.links import article_of
from bot.stories.finding import any_story, title_of
from knowledge.answering import Base
from knowledge.model import Story
from knowledge.stories.paging import Readable, readable

_MAX_TITLE = 300

PARTLY = "I may show {words} of its words in all, excerpts included, so this is where my pages end."


async def page_of(interaction: Interaction, wanted: str, page: int) -> Card:
    """Return a page of a story, counted from 0, beyond the last one the last; raises `UnknownStoryError`."""
    base = await interaction.client.library.base(server_of(interaction))
    # Counting the words of a long story takes a while.
    return await asyncio.to_thread(page_card, base, any_story(base, wanted), page)


def page_card(base: Base, story: Story, page: int) -> Card:
    """Return a page of a story to the letter, where it is from, and whether there is more that may not be shown."""
    cited = [citation for entry in base.known for citation in entry.citations]
    found = readable(story, cited, size=lambda text: len(block_quote(escape(text))))
    last = max(len(found.pages) - 1, 0)
    page = max(min(page, last), 0)
    heading = f"**{fit(title_of(base, story), _MAX_TITLE)}**, page {page + 1} of {last + 1}"
    texts = [
        heading,
        *([block_quote(escape(found.pages[page].text))] if found.pages else []),
        _footer(story, found),
    ]
    buttons = _turns(story.slug, page, last)
    if address := article_of(story.source):
        buttons.append(link_button(address))
    row = [discord.ui.ActionRow(*buttons)] if buttons else []
    return Card(*(discord.ui.TextDisplay(text) for text in texts if text), *row)


def _footer(story: Story, found: Readable) -> str:
    source = story.source
    told = ", ".join(filter(None, map(one_line, (source.publisher, source.author, source.published))))
    lines = [fit(told, _MAX_TITLE)] if told else []
    if not found.is_whole:
        lines.append(PARTLY.format(words=found.words))
    return "\n".join(f"-# {line}" for line in lines)


def _turns(slug: str, page: int, last: int) -> list[discord.ui.Item[Any]]:
    turns = [TurnPage(slug, "previous", max(page - 1, 0)), TurnPage(slug, "next", page + 1)] if last else []
    for turn, is_off in zip(turns, (page == 0, page == last), strict=False):
        turn.item.disabled = is_off
    return [turn for turn in turns if len(turn.custom_id) <= MAX_CUSTOM_ID]


class TurnPage(
    ModeratorButton,
    template=r"pq1:story-read:(?P<way>previous|next):(?P<page>[0-9]{1,6}):(?P<story>(?s:.)+)",
):
    """Turns to another page of a story. Its state is the story's slug, and that page, counted from 0."""

    def __init__(self, slug: str, way: str, page: int) -> None:
        self.slug, self.page = slug, page
        super().__init__(
            discord.ui.Button(label=way.capitalize(), custom_id=f"pq1:story-read:{way}:{page}:{slug}")
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its story and page."""
        return cls(state["story"], state["way"], int(state["page"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show that page, or the last one if the story is shorter by now."""
        await sending.defer(interaction)
        await sending.edit(interaction, await page_of(interaction, self.slug, self.page))
