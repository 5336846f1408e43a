"""Everything that is sent to Discord goes through here: tried again where discord.py gives up too early.

discord.py tries again after 500, 502, 504 and 524, but not after a 503, nor when a connection breaks. An
ordinary message carries a nonce that stays the same, so Discord drops the second of two. An interaction can
be answered only once: there the second gets error 40060, which then means that the first had arrived.
"""

import asyncio
import itertools
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

import aiohttp
import discord
import structlog

log = structlog.get_logger(__name__)

Interaction: TypeAlias = discord.Interaction[Any]

PAUSES = (0.1, 0.3, 0.9)
"""Seconds before each further try: in sum less than the three that an interaction has."""

ALREADY_ANSWERED = 40060

BROKEN_CONNECTION = (
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    ConnectionError,
    TimeoutError,
)
_UNAVAILABLE = 503

_WAITING = "waiting"
"""Where an interaction notes that "thinking" waits to be replaced, and whether one person alone sees it."""

Result = TypeVar("Result")


async def persistently(call: Callable[[], Awaitable[Result]]) -> Result:
    """Await `call()`, again where Discord was unavailable or the connection broke; raises the last error."""
    for pause in PAUSES:
        try:
            return await call()
        except (discord.HTTPException, *BROKEN_CONNECTION) as error:
            if isinstance(error, discord.HTTPException) and error.status != _UNAVAILABLE:
                raise
            log.warning("sending again", error=type(error).__name__, after_seconds=pause)
            await asyncio.sleep(pause)
    return await call()


async def reply(
    message: discord.Message, view: discord.ui.LayoutView | None = None, *, text: str = ""
) -> discord.Message:
    """Reply to a message without a ping; where it is gone by now, say it in its channel all the same."""
    reference = message.to_reference(fail_if_not_exists=False)
    content: dict[str, Any] = {"view": view} if view else {"content": text}
    nonce = secrets.randbits(64)
    return await persistently(
        lambda: message.channel.send(**content, reference=reference, mention_author=False, nonce=nonce)
    )


async def respond(
    interaction: Interaction,
    view: discord.ui.LayoutView | None = None,
    *,
    text: str = "",
    file: discord.File | None = None,
    ephemeral: bool = False,
) -> None:
    """Answer an interaction, with a card or with plain text: as its first answer, or as one more."""
    content: dict[str, Any] = {"view": view} if view else {"content": text}
    waiting = interaction.extras.pop(_WAITING, None)
    if waiting is not None and (waiting or not ephemeral):
        if file:
            content["attachments"] = [file]
        await persistently(lambda: interaction.edit_original_response(**content))
        return
    if file:
        content["file"] = file
    if waiting is not None:
        # All can see "thinking", and this is for one person alone: only behind something else can it be that.
        await persistently(lambda: interaction.edit_original_response(content="…"))
    if interaction.response.is_done():
        await persistently(lambda: interaction.followup.send(ephemeral=ephemeral, **content))
    else:
        await _once(lambda: interaction.response.send_message(ephemeral=ephemeral, **content))
    if waiting is not None:
        await persistently(interaction.delete_original_response)


async def edit(interaction: Interaction, view: discord.ui.LayoutView) -> discord.Message | None:
    """Replace the card: the one that the pressed button is on, or the one that answered the interaction.

    Returns the message that it is on.
    """
    interaction.extras.pop(_WAITING, None)
    if interaction.response.is_done():
        return await persistently(lambda: interaction.edit_original_response(view=view))
    await _once(lambda: interaction.response.edit_message(view=view))
    return interaction.message


async def defer(interaction: Interaction, *, ephemeral: bool = False, thinking: bool = False) -> None:
    """Gain 15 minutes before work that waits for a disk; `ephemeral` holds for what is said then.

    With `thinking` the person sees that the bot is at work, and what is said first takes the place of that.
    """
    await _once(lambda: interaction.response.defer(ephemeral=ephemeral, thinking=thinking))
    if thinking:
        interaction.extras[_WAITING] = ephemeral


async def ask_with(interaction: Interaction, form: discord.ui.Modal) -> None:
    """Open a form; it can only be the first answer to an interaction, and not to a form's submission."""
    interaction.client.open_forms[form.custom_id] = form
    await _once(lambda: interaction.response.send_modal(form))


async def _once(call: Callable[[], Awaitable[object]]) -> None:
    """Give an interaction its first answer, also where an earlier try broke after it had arrived."""
    tries = itertools.count()

    async def attempt() -> None:
        is_repeated = next(tries) > 0
        try:
            await call()
        except discord.HTTPException as error:
            if not (is_repeated and error.code == ALREADY_ANSWERED):
                raise

    await persistently(attempt)
