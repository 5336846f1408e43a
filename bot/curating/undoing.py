"""Taking changes back, and bringing removed entries back. Each is a change itself, which can be taken back."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import chain
from typing import Self

import discord
from discord import app_commands

from bot import sending
from bot.bases import while_typing
from bot.components import MAX_CHOICE, MAX_CHOICES, MAX_TEXT, Card, Interaction
from bot.curating import finding, history
from bot.curating.desk import ModeratorButton, author_of, desk_of, server_of
from bot.curating.history import change_blocks
from bot.curating.showing import entry_card, within
from bot.curating.telling import change_line, plain, when, who
from bot.render.escape import cut, fit, one_line
from knowledge.errors import ChangedSinceError, IdTakenError
from knowledge.owned import Change, Item, Kind, put

Done = Callable[[Interaction, Change | None], Awaitable[Card]]
"""Makes the card to show once a change is taken back; None where all was so already."""

_ASKED = "**Take this change back?** Nothing has happened yet."
_AFTERWARDS = "**Afterwards the history will say**\n{line}"
_DONE = "**Taken back.** It counts from the next question on."
_DONE_STALE = (
    "**Taken back**, but the story does not say what is cited: I answer once that is mended with /qa edit."
)
ALREADY = "All is as it was before that change already."
_NOT_DONE = (
    "**Not taken back**: {what} has been changed again since, by {who} {when}. Take the later changes back first,"
    " the last one first, or edit it as it is now."
)
_NAMES = {Kind.HIDDEN: "hiding of the pack's entry", Kind.GRADED: "graded question"}
"""What is called otherwise than its kind."""
_TWICE = "**Taken back already**, by {who} {when}."
_RESTORED = "**Restored.** I answer with it from the next question on."
_RESTORED_STALE = (
    "**Restored**, but the story no longer says what it cites: I answer with it once that is mended with"
    " /qa edit."
)
_NONE_REMOVED = (
    "No such entry was removed here. Choose one from the list that opens while you type, or see what happened with"
    " /qa history."
)


class Undo(ModeratorButton, template=r"pq1:qa-undo:(?P<change>[0-9]{1,18})"):
    """Takes a change back; its state is the number of the change."""

    def __init__(self, number: int, label: str = "Undo") -> None:
        self.number = number
        super().__init__(
            discord.ui.Button(
                label=label, style=discord.ButtonStyle.secondary, custom_id=f"pq1:qa-undo:{number}"
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], label: str) -> Self:
        """Return the button again from the number of its change."""
        return cls(int(state["change"]), label)

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Take the change back, then say so."""
        await take_back(interaction, self.number, _done_card)


class Leave(ModeratorButton, template=r"pq1:qa-leave"):
    """Leaves a change as it is."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label="Leave it", style=discord.ButtonStyle.secondary, custom_id="pq1:qa-leave")
        )

    @classmethod
    def read(cls, _state: dict[str, str], _label: str) -> Self:
        """Return the button again."""
        return cls()

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing happened."""
        await sending.edit(interaction, Card(discord.ui.TextDisplay("Nothing was taken back.")))


async def ask(interaction: Interaction, number: int) -> None:
    """Answer a command with what taking a change back would do, and ask whether to."""
    server = server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    change = await interaction.client.library.revertible(server, number)
    backwards = tuple(Item(i.kind, i.key, i.after, i.before) for i in reversed(change.items))
    then = replace(change, author=author_of(interaction), items=backwards, reverts=number)
    afterwards = _AFTERWARDS.format(line=change_line(then))
    text, _is_cut = within(chain((_ASKED,), change_blocks(change)), MAX_TEXT - len(afterwards) - 1)
    card = Card(discord.ui.Container(discord.ui.TextDisplay(f"{text}\n{afterwards}")))
    card.add_item(discord.ui.ActionRow(Undo(number, "Take it back"), Leave()))
    await sending.respond(interaction, card, ephemeral=True)


async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
    """Return the last changes that hold what was typed, or are of a number that begins so."""
    store = interaction.client.library.writable()
    changes = await while_typing(store.history(server_of(interaction), limit=4 * MAX_CHOICES))
    wanted = typed.strip().casefold()
    named = [(f"{change.number}: {plain(change_line(change))}", change.number) for change in changes]
    return [
        app_commands.Choice(name=cut(name, MAX_CHOICE), value=number)
        for name, number in named
        if wanted in name.casefold()
    ][:MAX_CHOICES]


async def restore(interaction: Interaction, wanted: str) -> None:
    """Answer a command by bringing a removed entry back."""
    server, library, author = server_of(interaction), interaction.client.library, author_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    async with desk_of(interaction.client).turn(server):
        removed = await finding.removed(library.writable(), server, wanted.strip())
        entry = finding.find(removed, wanted, _NONE_REMOVED)
        change = await library.change(server, [put(entry, None)], author)
    buttons = [Undo(change.number)] if change else []
    base = await library.base(server)
    heading = _RESTORED if all(map(base.holds, entry.citations)) else _RESTORED_STALE
    card, _is_cut = entry_card(entry, base, heading, buttons)
    await sending.respond(interaction, card, ephemeral=True)


async def complete_removed(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the removed entries that hold what was typed in their ids or phrasings, the last ones first."""
    store = interaction.client.library.writable()
    removed = await while_typing(finding.removed(store, server_of(interaction)))
    wanted = typed.strip().casefold()
    return finding.choices(
        entry for entry in removed if any(wanted in text.casefold() for text in (entry.id, *entry.phrasings))
    )


async def take_back(interaction: Interaction, number: int, done: Done) -> None:
    """Take a change back and show that in the place of the card; where that cannot be, say so beside it."""
    server, library = server_of(interaction), interaction.client.library
    await sending.defer(interaction)
    try:
        async with desk_of(interaction.client).turn(server):
            change = await library.revert(server, number, author_of(interaction))
    except (ChangedSinceError, IdTakenError) as error:
        refusal = await _refusal(interaction, number, *_what(error))
        await sending.respond(interaction, refusal, ephemeral=True)
        return
    await sending.edit(interaction, await done(interaction, change))


async def _done_card(interaction: Interaction, change: Change | None) -> Card:
    if change is None:
        return Card(discord.ui.TextDisplay(ALREADY))
    base = await interaction.client.library.base(server_of(interaction))
    is_stale = not frozenset(base.stale).isdisjoint(item.after for item in change.items)
    heading = _DONE_STALE if is_stale else _DONE
    text, _is_cut = within(chain((heading,), change_blocks(change)), MAX_TEXT)
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        discord.ui.TextDisplay(text)
    )
    return Card(container, discord.ui.ActionRow(Undo(change.number)))


def _what(error: ChangedSinceError | IdTakenError) -> tuple[Kind, str]:
    """Return the kind and the key of what is not as it has to be."""
    if isinstance(error, IdTakenError):
        return Kind.ENTRY, error.entry_id
    return Kind(error.kind), error.key


async def _refusal(interaction: Interaction, number: int, kind: Kind, key: str) -> Card:
    """Return what came between, and the way to it."""
    store = interaction.client.library.writable()
    (last,) = await store.history(server_of(interaction), of=[(kind, key)], limit=1)
    told = {"who": who(last.author), "when": when(last.at)}
    if last.reverts == number:
        return Card(discord.ui.TextDisplay(_TWICE.format(**told)))
    what = f"the {_NAMES.get(kind, kind)} **{fit(one_line(key), 100)}**"
    return Card(
        discord.ui.TextDisplay(_NOT_DONE.format(what=what, **told)),
        discord.ui.ActionRow(history.Turn("open", 0, key if kind in {Kind.ENTRY, Kind.HIDDEN} else "")),
    )
