"""The log channel: one line for each change by a moderator, gathered for a second so that many become one message.

Nothing waits for it, and what cannot be told changes nothing: /qa history has it all.
"""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial

import discord
import structlog

from bot import sending
from bot.adjusting.reach import hindrance
from bot.client import GoingDownError, PullquoteClient
from bot.curating.telling import change_line, when
from knowledge.errors import StorageError
from knowledge.owned import Change

log = structlog.get_logger(__name__)

GATHER_SECONDS = 1.0
MAX_MESSAGE = 2000
"""Code points of a message, Discord's limit."""
MOST_TOLD = 100
"""Lines that are told at once: what comes beyond is counted."""


class ChangeLog:
    """Tells each server's log channel of its changes; what cannot be told is logged, and hinders nobody."""

    def __init__(self, client: PullquoteClient) -> None:
        self._client = client
        self._waiting: dict[int, list[Change]] = {}
        self._telling: set[asyncio.Task[None]] = set()

    def changed(self, server: int, change: Change) -> None:
        """Take a change in; it is told a second later, with those that come until then."""
        if server in self._waiting:
            self._waiting[server].append(change)
            return
        self._waiting[server] = [change]
        task = asyncio.create_task(self._tell(server))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, server: int) -> None:
        with suppress(GoingDownError):
            self._client.admit()  # what was changed before the bot was told to stop is told all the same
        await asyncio.sleep(GATHER_SECONDS)
        # From here on a change waits for a message of its own.
        changes = self._waiting.pop(server)
        try:
            channel_id = (await self._client.library.base(server)).settings.log_channel
            if channel_id is None:
                return
            guild = self._client.get_guild(server)
            if why := hindrance(guild, channel_id, replying=False):
                log.warning("log channel not told", server=server, reason=why)
                return
            channel = self._client.get_partial_messageable(channel_id, guild_id=server)
            for text in messages(changes):
                nonce = secrets.randbits(64)
                await sending.persistently(partial(channel.send, text, suppress_embeds=True, nonce=nonce))
        except (discord.HTTPException, StorageError, *sending.BROKEN_CONNECTION) as error:
            log.warning("log channel not told", server=server, reason=type(error).__name__)


def messages(changes: Sequence[Change]) -> Iterator[str]:
    """Yield a line for each change, in as few messages as hold them; of too many only the first are told."""
    lines = [f"{when(one.at, 't')} {change_line(one)} (change {one.number})" for one in changes[:MOST_TOLD]]
    if len(changes) > MOST_TOLD:
        lines.append(f"… and {len(changes) - MOST_TOLD:,} more changes: see /qa history")
    text = ""
    for line in lines:
        if text and len(text) + 1 + len(line) > MAX_MESSAGE:
            yield text
            text = ""
        text = f"{text}\n{line}" if text else line
    if text:
        yield text
