"""Hiding entries of packs from a server's members, and showing them again."""

from collections.abc import Sequence

from bot import sending
from bot.components import Interaction
from bot.curating.desk import author_of, desk_of, server_of
from bot.curating.finding import find, hidden, of_packs, own_entry
from bot.curating.showing import entry_card
from bot.curating.undoing import Undo
from knowledge.model import Author, Entry, Hidden
from knowledge.owned import Kind, Write, put

_HIDDEN = "**Hidden.** Members of this server no longer get this answer."
_SHOWN = "**No longer hidden.** I answer with it from the next question on."
_REPLACED = "**No longer hidden**, but I still answer with this server's own entry of the same id."
_NOT_OF_PACK = (
    "No pack has such an entry that could be hidden here. An entry of this server's own goes with /qa remove; /qa list"
    " shows what comes from packs."
)
_NOT_HIDDEN = "No such entry is hidden here. /qa list shows those that are."


async def hide(interaction: Interaction, wanted: str) -> None:
    """Answer a command by hiding a pack's entry."""
    await _change(interaction, wanted, to_hide=True)


async def unhide(interaction: Interaction, wanted: str) -> None:
    """Answer a command by no longer hiding a pack's entry."""
    await _change(interaction, wanted, to_hide=False)


async def _change(interaction: Interaction, wanted: str, *, to_hide: bool) -> None:
    server, library, author = server_of(interaction), interaction.client.library, author_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    async with desk_of(interaction.client).turn(server):
        base = await library.base(server, fresh=True)
        among = of_packs(base) if to_hide else hidden(base)
        entry = find(among, wanted, _NOT_OF_PACK if to_hide else _NOT_HIDDEN)
        change = await library.change(server, _writes(entry, author, to_hide=to_hide), author)
    buttons = [Undo(change.number)] if change else []
    base = await library.base(server)
    own = own_entry(base, entry.id)
    heading = _HIDDEN if to_hide else _REPLACED if own else _SHOWN
    card, _is_cut = entry_card(own or entry, base, heading, buttons)
    await sending.respond(interaction, card, ephemeral=True)


def _writes(entry: Entry, author: Author, *, to_hide: bool) -> Sequence[Write]:
    return [put(Hidden(entry.id, author)) if to_hide else Write(Kind.HIDDEN, entry.id, None)]
