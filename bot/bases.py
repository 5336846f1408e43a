"""What a server is answered from: in time for Discord, which waits three seconds, and also without its database."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bot import reporting, sending
from bot.components import Interaction
from bot.texts import Texts, texts_in
from knowledge.answering import Base
from knowledge.errors import SafeError, StorageError
from knowledge.library import Library
from knowledge.model import Answer, Ended, Outcome, SourceKind

if TYPE_CHECKING:
    from bot.client import PullquoteClient

WITHOUT_OWN = "Right now I cannot look up what this server's moderators taught me: this comes from the story."

WAITED_WHILE_TYPING = 2.0
"""Seconds: suggestions while somebody types cannot be deferred, and are of no use after three."""

T = TypeVar("T")

_loading: set[asyncio.Task[Any]] = set()
"""What is still being loaded when nobody waits for it any more: without this, Python might drop it."""


def _ignore(_answer: Answer) -> None:
    """Keep nothing: a direct message is nobody's miss."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a server can be answered from."""

    base: Base
    notice: str = ""
    """What members need to know about it: that the server's own entries could not be read."""
    note: Callable[[Answer], None] = _ignore
    """Keeps the question as a miss where the answer is none, and the server wants that."""

    @property
    def texts(self) -> Texts:
        """What the bot says there in its own words."""
        return texts_in(self.base.settings.language)


async def known(client: "PullquoteClient", server: int | None) -> Known:
    """Return what a server can be answered from, None: a direct message.

    Where the server's own entries cannot be read, that is the packs alone.
    """
    try:
        base = await client.library.base(server)
        return Known(base, note=partial(_note, client.library, server, base.sure) if server else _ignore)
    except StorageError as error:
        reporting.tell_the_operator(error, where="reading a server's entries")
        return Known(await client.library.base(None), WITHOUT_OWN)


def _note(library: Library, server: int, sure: float, answer: Answer) -> None:
    is_gap = answer.source is not None and answer.source.kind is SourceKind.GAP
    is_settled = is_gap and answer.confidence >= sure
    if answer.outcome is not Outcome.ANSWER and not is_settled:
        library.note_miss(server, answer.question, Ended(answer.outcome.value))


async def known_to(interaction: Interaction, *, ephemeral: bool = False, in_place: bool = False) -> Known:
    """Return what the server of an interaction can be answered from, as `known` does; gains time as `base_of` does."""
    await _gain_time(interaction, ephemeral=ephemeral, in_place=in_place)
    return await known(interaction.client, interaction.guild_id)


async def base_of(interaction: Interaction, *, ephemeral: bool = False, in_place: bool = False) -> Base:
    """Return the base of an interaction's server; raises `StorageError` where its entries cannot be read.

    If they have to be read first, the interaction is deferred. `ephemeral` holds for the answer then; `in_place`
    says that it will take the place of the card which the pressed button is on.
    """
    await _gain_time(interaction, ephemeral=ephemeral, in_place=in_place)
    return await interaction.client.library.base(interaction.guild_id)


async def base_while_typing(interaction: Interaction) -> Base:
    """Return the base for suggestions: the packs' alone while the server's own entries take too long to read."""
    found = await _in_time(known(interaction.client, interaction.guild_id))
    return found.base if found else await interaction.client.library.base(None)


async def base_at_once(interaction: Interaction) -> Base:
    """Return the base of an interaction's server where nothing can be deferred, as before a form.

    Raises `SafeError` where the server's entries take too long to read, and `StorageError` where they cannot be read.
    """
    base = await _in_time(interaction.client.library.base(interaction.guild_id))
    if base is None:
        raise SafeError("I am still reading this server's entries. Please try again in a moment.")
    return base


async def while_typing(reading: Coroutine[Any, Any, tuple[T, ...]]) -> tuple[T, ...]:
    """Return what was read for suggestions; nothing where that fails or takes too long."""
    try:
        return await _in_time(reading) or ()
    except StorageError as error:
        reporting.tell_the_operator(error, where="suggesting while somebody types")
        return ()


async def _in_time(reading: Coroutine[Any, Any, T]) -> T | None:
    """Return what is read; None where that takes too long: it goes on then, and is there the next time."""
    task = asyncio.create_task(reading)
    _loading.add(task)
    task.add_done_callback(_loading.discard)
    done, _late = await asyncio.wait({task}, timeout=WAITED_WHILE_TYPING)
    return task.result() if done else None


async def _gain_time(interaction: Interaction, *, ephemeral: bool, in_place: bool) -> None:
    if not (interaction.response.is_done() or interaction.client.library.is_loaded(interaction.guild_id)):
        await sending.defer(interaction, ephemeral=ephemeral, thinking=not in_place)
