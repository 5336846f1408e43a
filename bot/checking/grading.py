"""Telling what is right for a question, and taking that back."""

import asyncio
from typing import Final

import discord
from discord import app_commands

from bot import sending
from bot.bases import base_while_typing
from bot.checking import wording
from bot.components import MAX_CHOICE, MAX_CHOICES, Card, Interaction
from bot.curating.desk import author_of, desk_of, server_of
from bot.curating.showing import MAX_LINE, first_phrasing
from bot.curating.undoing import Undo
from bot.render.escape import cut, fit, one_line
from knowledge import curating, evaluation
from knowledge.answering import Base
from knowledge.errors import SafeError, StorageError, UnknownEntryError
from knowledge.model import Entry, Graded
from knowledge.owned import Change, drop

NOT_IN_STORY: Final = "not in the story"
"""The choice for what no entry answers; no id of an entry has spaces in it."""

_SAME = 100
"""The similarity of two questions of the same folded words."""

_ALREADY = "That is so already."


class UnknownGradedError(SafeError):
    """There is no such graded question on that server."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such graded question here. Choose one from the list that opens while you type."
        )


async def grade(interaction: Interaction, question: str, wanted: str) -> None:
    """Answer a command by keeping what is right for a question; it is on the disk before that is said."""
    server, library, author = server_of(interaction), interaction.client.library, author_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    async with desk_of(interaction.client).turn(server):
        base = await library.base(server, fresh=True)
        entry_id = None if wanted.strip() == NOT_IN_STORY else _entry(base, wanted).id
        write = curating.graded_of(question, entry_id, author, await library.graded(server))
        change = await library.change(server, [write], author)
    graded = Graded(write.key, entry_id, author)
    found = await asyncio.to_thread(evaluation.check, base, [graded])
    lines = [
        f"**Saved**{_number(change)}: /qa check asks this from now on." if change else _ALREADY,
        f"**Question**: {fit(one_line(graded.question), 2 * MAX_LINE)}",
        f"**Right**: {fit(one_line(wording.right(base, graded)), 2 * MAX_LINE)}",
        f"-# {fit(one_line(wording.outcome(found.checked[0])), 2 * MAX_LINE)}",
    ]
    await sending.respond(interaction, _card("\n".join(lines), change), ephemeral=True)


async def ungrade(interaction: Interaction, question: str) -> None:
    """Answer a command by taking a question out of the graded ones; raises `SafeError` where none is meant."""
    server, library, author = server_of(interaction), interaction.client.library, author_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    async with desk_of(interaction.client).turn(server):
        graded = _find((await library.owned(server)).graded, question)
        change = await library.change(server, [drop(graded)], author)
    told = (
        f"**Removed**{_number(change)}: /qa check no longer asks {fit(one_line(graded.question), MAX_LINE)}"
    )
    await sending.respond(interaction, _card(told, change), ephemeral=True)


async def complete_entry(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the entries that may answer a question, and that the story does not."""
    base = await base_while_typing(interaction)
    wanted = typed.strip().casefold()
    own = [entry for entry in base.own if wanted and wanted in entry.id.casefold()]
    asked = (base.entry(one.source.id) for one in base.suggest(typed, limit=MAX_CHOICES))
    entries = list(dict.fromkeys([*own, *filter(None, asked)]))
    gap = app_commands.Choice(name=NOT_IN_STORY.capitalize(), value=NOT_IN_STORY)
    named = [
        app_commands.Choice(
            name=cut(f"{first_phrasing(entry)} ({one_line(entry.id)})", MAX_CHOICE), value=entry.id
        )
        for entry in entries[: MAX_CHOICES - 1]
    ]
    return [gap, *named] if wanted in NOT_IN_STORY else [*named, gap]


async def complete_graded(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the graded questions that hold what was typed."""
    await base_while_typing(interaction)
    library, server = interaction.client.library, server_of(interaction)
    if not library.is_loaded(server):
        return []
    try:
        owned = await library.owned(server)
    except StorageError:
        return []
    wanted = typed.strip().casefold()
    found = [one.question for one in owned.graded if wanted in one.question.casefold()]
    return [
        app_commands.Choice(name=cut(one_line(question), MAX_CHOICE), value=question[:MAX_CHOICE])
        for question in found[:MAX_CHOICES]
    ]


def _entry(base: Base, wanted: str) -> Entry:
    """Return the entry or gap of an id, or of a phrasing in the same words; raises `UnknownEntryError`."""
    if entry := base.entry(wanted.strip()):
        return entry
    for near in base.similar(wanted, limit=1):
        if near.score >= _SAME:
            return near.entry
    raise UnknownEntryError(
        "There is no such entry. Choose one from the list that opens while you type, or “Not in the story”."
    )


def _find(graded: tuple[Graded, ...], typed: str) -> Graded:
    """Return a graded question by its words, or by as much of them as a choice can hold; raises `SafeError`."""
    wanted = " ".join(typed.split())
    is_cut = len(wanted) >= MAX_CHOICE - 1
    found = [one for one in graded if one.question == wanted] or [
        one for one in graded if is_cut and one.question.startswith(wanted)
    ]
    if not found:
        raise UnknownGradedError
    if len(found) > 1:
        raise SafeError(
            "Several graded questions begin like that: please type in full the one that you mean."
        )
    return found[0]


def _number(change: Change | None) -> str:
    return f" (change {change.number})" if change else ""


def _card(text: str, change: Change | None) -> Card:
    card = Card(discord.ui.TextDisplay(text))
    if change:
        card.add_item(discord.ui.ActionRow(Undo(change.number)))
    return card
