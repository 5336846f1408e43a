"""Misses, gathered and written half a minute later: nobody who asks waits for the disk.

Nobody is told that a miss is kept, so those of the last half minute may be lost when the process is killed.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.errors import StorageError
from knowledge.model import MAX_QUESTION, AnswerSource, Ended, Miss
from knowledge.storage.interface import Misses

log = logging.getLogger(__name__)

SECONDS = 30.0
"""How long misses are gathered before they are written."""

MOST = 1000
"""Misses in memory at most, while the database is away or busy; beyond that the newest are dropped."""


def now_in_utc() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


class Gathering:
    """Gathers the misses of all servers."""

    def __init__(
        self, misses: Misses, *, seconds: float = SECONDS, now: Callable[[], datetime] = now_in_utc
    ) -> None:
        self._misses = misses
        self._seconds = seconds
        self._now = now
        self._gathered: dict[tuple[int, str, Ended], Miss] = {}
        self._turn = asyncio.Lock()  # what is being written must not be written once more
        self._due: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, server: int, question: str, ended: Ended, source: AnswerSource | None = None) -> None:
        """Note that a question ended so; it is written half a minute later at most.

        `source` is what an answer that was no help came from.
        """
        cut = question[:MAX_QUESTION]
        known = self._gathered.get((server, cut, ended))
        if known is None and len(self._gathered) >= MOST:
            return
        now = self._now()
        first, times = (known.first, known.times) if known else (now, 0)
        self._gathered[server, cut, ended] = Miss(cut, ended, times + 1, first, now, source)
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(self._seconds, self._write)

    async def flush(self) -> None:
        """Write what is gathered now; where that fails it is kept, to be tried again with the next miss."""
        async with self._turn:
            await self._flush()

    async def _flush(self) -> None:
        by_server: dict[int, list[Miss]] = {}
        for (server, _question, _ended), miss in self._gathered.items():
            by_server.setdefault(server, []).append(miss)
        for server, misses in by_server.items():
            try:
                await self._misses.add(server, misses)
            except StorageError as error:
                log.warning("misses are not kept yet: %s", error.operator)
                return
            for miss in misses:
                key = (server, miss.question, miss.ended)
                if self._gathered.get(key) == miss:
                    del self._gathered[key]
                elif later := self._gathered.get(key):  # asked again while this was written
                    times = later.times - miss.times
                    self._gathered[key] = replace(later, times=times, first=later.last)

    async def close(self) -> None:
        """Write what is left."""
        if self._due is not None:
            self._due.cancel()
        if self._writing is not None:
            await self._writing
        await self.flush()

    def _write(self) -> None:
        self._due = None
        self._writing = asyncio.create_task(self.flush())


async def forget_old(misses: Misses, days: Callable[[int], Awaitable[int]], now: datetime) -> int:
    """Delete what is older than each server keeps it; return how many misses went.

    `days` tells how long a server keeps misses.
    """
    count = 0
    for server in await misses.servers():
        count += await misses.forget(server, now - timedelta(days=await days(server)))
    return count
