"""The changes of a server's knowledge, page by page: who changed what and when, and how it was before."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, Self

import discord
from discord import app_commands

from bot import sending
from bot.bases import base_of, base_while_typing, while_typing
from bot.components import MAX_TEXT, Card, Interaction
from bot.counting import counted
from bot.curating.desk import ModeratorButton, server_of
from bot.curating.differences import difference
from bot.curating.finding import all_entries, choices, find, nearest, removed
from bot.curating.showing import within
from bot.curating.telling import item_line, when, who
from bot.render.escape import fit, one_line
from knowledge.errors import UnknownEntryError
from knowledge.owned import Change, Kind

PER_PAGE = 5

_NONE = "Nothing has been changed yet{about}."
_MAX_TITLE = 100
_FOOTER = "-# /qa revert takes a change back."


async def show(interaction: Interaction, wanted: str | None) -> None:
    """Answer a command with the last changes: all, or those of one entry, which may be gone."""
    entry_id = ""
    await sending.defer(interaction, ephemeral=True, thinking=True)
    if wanted is not None:
        base, store = await base_of(interaction), interaction.client.library.writable()
        gone = await removed(store, server_of(interaction))
        try:
            entry_id = find((*all_entries(base), *gone), wanted, "").id
        except UnknownEntryError:
            entry_id = wanted.strip()
    await sending.respond(interaction, await _page(interaction, entry_id), ephemeral=True)


async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the entries that are most like what was typed, those that are gone last."""
    store = interaction.client.library.writable()
    reading = while_typing(removed(store, server_of(interaction)))
    base, gone = await asyncio.gather(base_while_typing(interaction), reading)
    there = all_entries(base)
    known = {entry.id for entry in there}
    return choices(nearest(base, (*there, *(entry for entry in gone if entry.id not in known)), typed))


class Turn(
    ModeratorButton,
    template=r"pq1:qa-history:(?P<way>older|newest|open):(?P<before>[0-9]{1,10}):(?P<entry>(?s:.)*)",
):
    """Shows a page of the history: the changes before a number, 0 for the last ones; of an entry, "" for all.

    `open` shows it beside what is there, the other ways in its place.
    """

    _LABELS = {"older": "Older", "newest": "Newest", "open": "History"}  # noqa: RUF012  never changed

    def __init__(self, way: str, before: int, entry_id: str, *, is_off: bool = False) -> None:
        self.way, self.before, self.entry_id = way, before, entry_id
        super().__init__(
            discord.ui.Button(
                label=self._LABELS[way],
                style=discord.ButtonStyle.secondary,
                custom_id=f"pq1:qa-history:{way}:{before}:{entry_id}",
                disabled=is_off,
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from the way, the number and the entry."""
        return cls(state["way"], int(state["before"]), state["entry"])

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show that page."""
        is_beside = self.way == "open"
        await sending.defer(interaction, ephemeral=True, thinking=is_beside)
        card = await _page(interaction, self.entry_id, self.before or None)
        if is_beside:
            await sending.respond(interaction, card, ephemeral=True)
        else:
            await sending.edit(interaction, card)


async def _page(interaction: Interaction, entry_id: str, before: int | None = None) -> Card:
    store = interaction.client.library.writable()
    of = [(kind, entry_id) for kind in (Kind.ENTRY, Kind.HIDDEN)] if entry_id else []
    changes = await store.history(server_of(interaction), of=of, before=before, limit=PER_PAGE + 1)
    return history_card(changes, entry_id, before)


def history_card(changes: Sequence[Change], entry_id: str = "", before: int | None = None) -> Card:
    """Return a page of the history from its changes, the last one first; one more than fit shows that there are more.

    `entry_id` is the entry that they are of, `before` the number below which they are.
    """
    name = fit(one_line(entry_id), _MAX_TITLE)
    if not changes:
        return Card(discord.ui.TextDisplay(_NONE.format(about=f" about **{name}**" if name else "")))
    shown = changes[:PER_PAGE]
    heading = f"**History of {name}**" if name else "**History of this server**"
    texts, room = [heading], MAX_TEXT - len(heading) - len(_FOOTER) - 3
    for number, change in enumerate(shown):
        text, _is_cut = within(change_blocks(change), room // (len(shown) - number) - 2)
        texts.append(text)
        room -= len(text) + 2
    items: list[discord.ui.Item[Any]] = [discord.ui.TextDisplay("\n\n".join([*texts, _FOOTER]))]
    is_last = len(changes) <= PER_PAGE
    if before is not None or not is_last:
        newest = Turn("newest", 0, entry_id, is_off=before is None)
        items.append(discord.ui.ActionRow(newest, Turn("older", shown[-1].number, entry_id, is_off=is_last)))
    return Card(*items)


def change_blocks(change: Change) -> Iterator[str]:
    """Yield a change in parts, most telling first: who and when, and for each thing what became of it."""
    took_back = f", took back change {change.reverts}" if change.reverts is not None else ""
    yield f"**{change.number}**: {who(change.author)} {when(change.at)}{took_back}"
    for item in change.items:
        told = item_line(item)
        yield f"{told[:1].upper()}{told[1:]}"
        yield from difference(item)
    if change.size > len(change.items):
        yield f"And {counted(change.size - len(change.items), 'more thing')} in the same change."
