"""The log channel: one line for each change by a moderator, gathered for a second so that many become one message."""

import asyncio
from collections import defaultdict
from contextlib import suppress
from datetime import datetime
from functools import partial

import discord
import structlog

from bot import sending
from bot.client import GoingDownError, PullquoteClient
from bot.curating.telling import change_line
from knowledge.errors import StorageError
from knowledge.owned import Change

log = structlog.get_logger(__name__)

GATHER_SECONDS = 1.0
MOST = 2000
"""Code points of a message, Discord's limit."""
_MOST_WAITING = 100
"""Lines of a server that wait at most: what comes beyond is counted."""


class LogChannel:
    """Tells each server's log channel of its changes; what cannot be told is logged, and hinders nobody."""

    def __init__(self, client: PullquoteClient) -> None:
        self._client = client
        self._lines: defaultdict[int, list[str]] = defaultdict(list)
        self._telling: dict[int, asyncio.Task[None]] = {}

    def changed(self, server: int, change: Change) -> None:
        """Take a change in; it is told a second later."""
        self._lines[server].append(f"{_time(change.at)} {change_line(change)} (change {change.number})")
        if server not in self._telling:
            task = self._telling[server] = asyncio.create_task(self._tell(server))
            task.add_done_callback(lambda _: self._telling.pop(server, None))

    async def _tell(self, server: int) -> None:
        with suppress(GoingDownError):
            self._client.admit()  # what was changed before the bot was told to stop is told all the same
        await asyncio.sleep(GATHER_SECONDS)
        lines = self._lines.pop(server, [])
        try:
            channel_id = (await self._client.library.base(server)).settings.log_channel
            if channel_id is None:
                return
            channel = self._client.get_partial_messageable(channel_id, guild_id=server)
            for text in messages(lines):
                await sending.persistently(partial(channel.send, text, suppress_embeds=True))
        except (discord.HTTPException, StorageError, *sending.BROKEN_CONNECTION) as error:
            log.warning("log channel not told", server=server, error=type(error).__name__)


def messages(lines: list[str]) -> list[str]:
    """Return lines as as few messages as hold them; of too many lines only the first are told."""
    shown = [line[:MOST] for line in lines[:_MOST_WAITING]]
    if len(lines) > len(shown):
        shown.append(f"… and {len(lines) - len(shown)} more changes: see /qa history")
    made = [""]
    for line in shown:
        if len(made[-1]) + len(line) + 1 > MOST:
            made.append("")
        made[-1] += f"\n{line}" if made[-1] else line
    return [text for text in made if text]


def _time(at: datetime) -> str:
    return f"<t:{int(at.timestamp())}:t>"
