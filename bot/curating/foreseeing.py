"""What else an entry changes, on its preview: at once where that is known within half a second, else put in later."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, TypeAlias

import discord
from discord.utils import format_dt, utcnow

from bot import reporting, sending
from bot.client import GoingDownError
from bot.components import Card, Interaction
from bot.curating.desk import desk_of
from bot.curating.effects import NOT_KNOWN, WORKING_OUT, effect_file, effect_lines
from knowledge.effect import Foreseen, StoppedError, Tried

PATIENCE_SECONDS = 0.5
"""How long a preview waits for its effect; then it is shown without."""

LONGEST_SECONDS = 14 * 60
"""How long an effect is waited for: Discord takes no edit of an answer after 15 minutes."""

_PAUSES = (5.0, 30.0)
"""Seconds before each further try to put an effect in, where Discord cannot be reached."""

_SERVER_ERROR = 500

_TOO_LATE = "it took too long. The next preview may have it."

Make: TypeAlias = Callable[[Sequence[str]], tuple[Card, bool]]
"""Makes a preview with these lines about what else changes; tells whether it lacks something of what was typed."""


@dataclass(slots=True)
class _Preview:
    """A preview on the screen."""

    interaction: Interaction
    make: Make
    typed: Callable[[], discord.File] | None
    foreseen: asyncio.Task[Foreseen]
    files: dict[str, Callable[[], discord.File]] = field(default_factory=dict)
    """What the card does not hold and is not sent yet, by what is said to it."""

    async def show(self, instead: str) -> discord.Message | None:
        """Show it with its effect, or `instead` of that while it is not known; return the message that it is on."""
        effect, lines, is_long = _told(self.foreseen, instead)
        card, is_cut = self.make(lines)
        message = await sending.edit(self.interaction, card)
        if is_cut and self.typed is not None:
            self.files["All that you typed:"], self.typed = self.typed, None
        if effect is not None and (is_long or not _has(card, lines)):
            self.files["All that else changes:"] = partial(effect_file, effect)
        return message

    async def send_files(self) -> None:
        """Send what the card does not hold."""
        for text, file in tuple(self.files.items()):
            await sending.respond(self.interaction, text=text, file=file(), ephemeral=True)
            del self.files[text]

    async def show_effect(self) -> None:
        """Put what is foreseen in: work that is finished before the bot stops, or not begun."""
        self.interaction.client.admit()
        await self.show(NOT_KNOWN.format(why=_TOO_LATE))
        await self.send_files()


async def show_preview(
    interaction: Interaction,
    server: int,
    tried: Tried,
    make: Make,
    typed: Callable[[], discord.File] | None = None,
) -> None:
    """Show the preview of an entry in the place of the card, with what else it changes, or see to it that it follows.

    `typed` makes the file of all that was typed, for where the card cannot hold it.
    """
    until = utcnow() + timedelta(seconds=LONGEST_SECONDS)
    foreseen = asyncio.create_task(interaction.client.library.foresight.foresee(server, tried))
    foreseen.add_done_callback(lambda task: task.cancelled() or task.exception())
    preview = _Preview(interaction, make, typed, foreseen)
    try:
        await asyncio.wait({foreseen}, timeout=PATIENCE_SECONDS)
        await _leave(interaction)
        is_in = foreseen.done()
        message = await preview.show(WORKING_OUT.format(when=format_dt(until, "R")))
    except BaseException:
        foreseen.cancel()
        raise
    if is_in or message is None:
        await preview.send_files()
    else:
        desk_of(interaction.client).follow_up(message.id, _put_in(preview))


async def replace(interaction: Interaction, card: Card) -> None:
    """Show another card in the place of a preview, into which nothing is put any more."""
    await _leave(interaction)
    await sending.edit(interaction, card)


async def _leave(interaction: Interaction) -> None:
    if interaction.message is not None:
        await desk_of(interaction.client).leave(interaction.message.id)


async def _put_in(preview: _Preview) -> None:
    """Show the preview with its effect, as soon as that is there; tried again where Discord cannot be reached."""
    try:
        with suppress(
            discord.HTTPException, *sending.BROKEN_CONNECTION
        ):  # they are sent with the effect, then
            await _unbroken(preview.send_files())
        await asyncio.wait({preview.foreseen}, timeout=LONGEST_SECONDS)
        for pause in (*_PAUSES, None):
            try:
                await _unbroken(preview.show_effect())
                break
            except (discord.HTTPException, *sending.BROKEN_CONNECTION) as error:
                is_final = isinstance(error, discord.HTTPException) and error.status < _SERVER_ERROR
                if pause is None or is_final:
                    raise
                await asyncio.sleep(pause)
    except (GoingDownError, StoppedError):
        pass  # the preview ends with the bot
    except Exception as error:  # noqa: BLE001  nobody waits for it: the card tells until when it could be expected
        reporting.sentence_for(error, where="putting in what else changes")
    finally:
        preview.foreseen.cancel()


async def _unbroken(work: Coroutine[Any, Any, None]) -> None:
    """Do something to its end also where nobody wants it any more: what is on its way to Discord may arrive."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


def _told(foreseen: asyncio.Task[Foreseen], instead: str) -> tuple[Foreseen | None, Sequence[str], bool]:
    """Return the effect, its lines and whether these lack something of it; `instead` while it is not known.

    Raises `StoppedError`.
    """
    if not foreseen.done():
        return None, [instead], False
    error = foreseen.exception()
    if isinstance(error, StoppedError):
        raise error
    if isinstance(error, Exception):
        why = reporting.sentence_for(error, where="foreseeing")
        return None, [NOT_KNOWN.format(why=why)], False
    return foreseen.result(), *effect_lines(foreseen.result())


def _has(card: Card, lines: Sequence[str]) -> bool:
    texts = [item.content for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    return all(any(line in text for text in texts) for line in lines)
