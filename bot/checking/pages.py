"""`/qa check`, page by page. Every page is asked anew: a check belongs to the entries as they are."""

import asyncio
import io
from collections.abc import Iterable, Iterator
from typing import Any, Self

import discord

from bot import sending
from bot.checking import wording
from bot.components import MAX_TEXT, Card, Interaction
from bot.curating.desk import ModeratorButton, server_of
from bot.curating.showing import MAX_LINE
from bot.render.escape import escape, fit, one_line
from knowledge import evaluation
from knowledge.answering import Base
from knowledge.evaluation import Check

NONE_YET = (
    "This server has no graded questions yet: questions of which you told what is right. Add them with /qa grade, best"
    " in words that members use and no entry has; then /qa check tells how many I answer right."
)

_ROOM = MAX_TEXT - 200
"""Code points of a page, beside its heading."""

_CONFUSED = "**Entries that are taken for others**"


async def check(interaction: Interaction) -> None:
    """Answer a command with the first page, and all of it as a file where there are more."""
    await sending.defer(interaction, ephemeral=True, thinking=True)
    found = await _checked(interaction)
    if found is None:
        await sending.respond(interaction, text=NONE_YET, ephemeral=True)
        return
    pages = list(_pages(_blocks(*found)))
    await sending.respond(interaction, page_card(pages, 0), ephemeral=True)
    if len(pages) > 1:
        content = io.BytesIO(wording.report(*found).encode("utf-8", "replace"))
        file = discord.File(content, "check.txt")
        await sending.respond(interaction, text="All of it:", file=file, ephemeral=True)


class Turn(ModeratorButton, template=r"pq1:check-(?P<way>previous|next):(?P<page>-?[0-9]{1,5})"):
    """Turns to another page of a check. Its state is that page, counted from 0."""

    def __init__(self, way: str, page: int) -> None:
        self.page = page
        super().__init__(discord.ui.Button(label=way.capitalize(), custom_id=f"pq1:check-{way}:{page}"))

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its page."""
        return cls(state["way"], int(state["page"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show that page, or the last one if there are fewer by now."""
        await sending.defer(interaction)
        found = await _checked(interaction)
        card = Card(discord.ui.TextDisplay(NONE_YET))
        if found is not None:
            card = page_card(list(_pages(_blocks(*found))), self.page)
        await sending.edit(interaction, card)


def page_card(pages: list[str], page: int) -> Card:
    """Return a page, counted from 0; beyond the last one, the last."""
    page = max(min(page, len(pages) - 1), 0)
    heading = "**How I answer this server's graded questions**"
    if len(pages) == 1:
        return Card(discord.ui.TextDisplay(heading), _framed(pages[0]))
    turns = [Turn("previous", page - 1), Turn("next", page + 1)]
    for turn in turns:
        turn.item.disabled = not 0 <= turn.page < len(pages)
    heading = f"{heading}, page {page + 1} of {len(pages)}"
    return Card(discord.ui.TextDisplay(heading), _framed(pages[page]), discord.ui.ActionRow(*turns))


def _framed(text: str) -> discord.ui.Container[Any]:
    return discord.ui.Container(discord.ui.TextDisplay(text))


async def _checked(interaction: Interaction) -> tuple[Base, Check] | None:
    """Ask the graded questions; None where there are none."""
    library, server = interaction.client.library, server_of(interaction)
    base, owned = await library.base(server, fresh=True), await library.owned(server)
    if not owned.graded:
        return None
    return base, await asyncio.to_thread(evaluation.check, base, owned.graded)


def _blocks(base: Base, check: Check) -> Iterator[str]:
    yield "\n".join(map(escape, wording.summary(check)))
    for one in wording.findings(base, check):
        question, said, right = (
            fit(one_line(text), room * MAX_LINE)
            for text, room in ((one.question, 2), (one.said, 2), (one.right, 2))
        )
        yield f"**{one.heading}**: {question}\nI said: {said}\nRight: {right}"
    heading = f"{_CONFUSED}\n"
    for line in wording.confused(check.pairs):
        yield f"{heading}- {fit(one_line(line), 2 * MAX_LINE)}"
        heading = ""


def _pages(blocks: Iterable[str]) -> Iterator[str]:
    """Yield the blocks, as many on a page as fit."""
    page = ""
    for block in blocks:
        joined = f"{page}\n{block}" if page else block
        if page and len(joined) > _ROOM:
            yield page
            page = block
        else:
            page = joined
    yield page
