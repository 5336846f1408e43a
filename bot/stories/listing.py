"""The stories that a server is answered from, page by page."""

import asyncio
from collections.abc import Iterator
from typing import Any, Self

import discord

from bot import sending
from bot.components import Card, Interaction
from bot.counting import counted
from bot.curating.desk import ModeratorButton, server_of
from bot.render.escape import escape, fit, one_line
from bot.stories.cards import language_of
from bot.stories.finding import is_own, title_of
from knowledge.answering import Base
from knowledge.model import Author, Story
from knowledge.owned import Owned
from knowledge.stories.budget import budget_words, used_words

PER_PAGE = 8

_MAX_NAME = 120

NONE_YET = "There is no story here yet. Add one with /story add."


async def page_of(interaction: Interaction, page: int) -> Card:
    """Return a page of the list as it is now, counted from 0; beyond the last one, the last."""
    server, library = server_of(interaction), interaction.client.library
    base, owned = await library.base(server, fresh=True), await library.owned(server)
    # Counting the words of long stories takes a while.
    return await asyncio.to_thread(page_card, base, owned, page)


def page_card(base: Base, owned: Owned, page: int) -> Card:
    """Return a page of the list, the server's own stories first."""
    listed = sorted(base.stories, key=lambda story: not is_own(base, story))
    if not listed:
        return Card(discord.ui.TextDisplay(NONE_YET))
    last = (len(listed) - 1) // PER_PAGE
    page = max(min(page, last), 0)
    shown = listed[page * PER_PAGE : (page + 1) * PER_PAGE]
    authors = {kept.slug: kept.author for kept in owned.stories}
    heading = f"**The stories here** ({len(listed)}), page {page + 1} of {last + 1}"
    lines = [heading, *("\n".join(_lines(base, story, authors.get(story.slug))) for story in shown)]
    items: list[discord.ui.Item[Any]] = [discord.ui.TextDisplay("\n".join(lines))]
    if last:
        earlier, later = Turn("previous", max(page - 1, 0)), Turn("next", page + 1)
        earlier.item.disabled, later.item.disabled = page == 0, page == last
        items.append(discord.ui.ActionRow(earlier, later))
    return Card(*items)


def _lines(base: Base, story: Story, author: Author | None) -> Iterator[str]:
    """Yield a story's name and source, what it is like, and where it is from."""
    publisher = one_line(story.source.publisher)
    source = f", {fit(publisher, _MAX_NAME)}" if publisher else ""
    yield f"- **{fit(title_of(base, story), _MAX_NAME)}**{source} ({escape(story.slug)})"
    budget = budget_words(story)
    cited = [citation for entry in base.known for citation in entry.citations]
    used = used_words(story, cited)
    whole = "all of it may be shown"
    parts = [
        language_of(story),
        counted(len(story.passages), "passage"),
        f"{used:,} of {counted(budget, 'word')} quoted" if budget is not None else whole,
    ]
    stale = sum(
        any(each.story == story.slug and not base.holds(each) for each in entry.citations)
        for entry in base.stale
    )
    if stale:
        parts.append(f"**{counted(stale, 'stale entry', 'stale entries')}**")
    by = f"added by {fit(one_line(author.name), _MAX_NAME)}" if author else "imported"
    parts.append(by if is_own(base, story) else "part of a pack")
    yield f"  {', '.join(parts)}"


class Turn(ModeratorButton, template=r"pq1:story-list:(?P<way>previous|next):(?P<page>[0-9]{1,6})"):
    """Turns to another page of the list. Its state is that page, counted from 0."""

    def __init__(self, way: str, page: int) -> None:
        self.page = page
        super().__init__(discord.ui.Button(label=way.capitalize(), custom_id=f"pq1:story-list:{way}:{page}"))

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its page."""
        return cls(state["way"], int(state["page"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show that page."""
        await sending.defer(interaction)
        await sending.edit(interaction, await page_of(interaction, self.page))
