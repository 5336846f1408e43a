"""Foreseeing for many servers: what each base answers is worked out in the background, one base at a time."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Protocol

from knowledge.answering import Base
from knowledge.effect.foreseeing import Foreseen, Tried, foresee
from knowledge.effect.known import Known, known
from knowledge.effect.memory import Memory
from knowledge.errors import SafeError
from knowledge.model import Graded, Miss

log = logging.getLogger(__name__)

MOST_QUESTIONS = 40_000
"""Questions that are kept in memory, of all servers together: some 10 kB each, less where servers share a pack."""

IDLE_SECONDS = 30 * 60
"""How long a memory is kept that nobody uses."""

REST = 2.0
"""How long to rest from asking, in times of what that took: a third of one processor at most."""

WAITED_FOR = 0.25
"""How much of that rest is left while a preview waits: two thirds of one processor."""

_STRETCH_SECONDS = 0.005
"""How long is worked at least between two rests: the shortest sleep takes longer than a question that is kept."""


class Knowing(Protocol):
    """What foreseeing needs of a server."""

    async def base(self, server: int | None, *, fresh: bool = False) -> Base:
        """Return what the server is answered from."""

    async def graded(self, server: int) -> tuple[Graded, ...]:
        """Return the server's graded questions."""

    async def misses(self, server: int) -> tuple[Miss, ...]:
        """Return the misses that wait."""


class TooManyError(SafeError):
    """A server knows too many questions for all of them to be tried."""

    def __init__(self) -> None:
        super().__init__("This server knows too many questions to try them all.")


class StoppedError(SafeError):
    """Foreseeing was stopped; it also ends a thread that is still asking."""

    def __init__(self) -> None:
        super().__init__("I am just being restarted. Please try again in a minute.")


@dataclass(slots=True)
class _Kept:
    """What is kept of one server."""

    following: asyncio.Task[None]
    forgetting: asyncio.TimerHandle
    memory: Memory | None = None


class Foresight:
    """Tells what a change of a server's base would do to its known questions, as long as its moderators are at work.

    What it keeps follows the server's base: each change that `follow` is told of, and others when it is asked.
    """

    def __init__(
        self,
        knowing: Knowing,
        *,
        most: int = MOST_QUESTIONS,
        idle: float = IDLE_SECONDS,
        rest: float = REST,
    ) -> None:
        """Take whom to ask about servers; at most so many questions are kept, and a memory so long without use."""
        self._knowing = knowing
        self._most, self._idle, self._rest = most, idle, rest
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._packs: Memory | None = None
        """Of the packs alone: every server's first memory begins with it."""
        self._preparing = asyncio.Lock()
        self._foreseeing = asyncio.Lock()
        self._waiting = 0
        """Previews that wait for a memory."""

    @property
    def servers(self) -> tuple[int, ...]:
        """The servers of which something is kept, the one used last at the end."""
        return tuple(self._kept)

    def prepare(self, server: int) -> None:
        """Begin to work out what a server's base answers: a moderator is about to change it."""
        self._prepared(server)

    def follow(self, server: int) -> None:
        """Bring what is kept of a server up to date: its base was changed."""
        if server in self._kept:
            self._prepared(server)

    async def foresee(self, server: int, tried: Tried) -> Foreseen:
        """Foresee what an entry does on a server as it is now; waits until that can be told.

        Raises `TooManyError`, `StoppedError`, and `StorageError` where what the server knows cannot be read.
        """
        kept = self._prepared(server)
        self._waiting += 1
        try:
            await asyncio.shield(kept.following)
        finally:
            self._waiting -= 1
        async with self._foreseeing:
            if kept.memory is None:
                raise StoppedError
            graded, misses = await self._knowing.graded(server), await self._knowing.misses(server)
            return await asyncio.to_thread(foresee, kept.memory, tried, graded, misses)

    async def close(self) -> None:
        """Stop what goes on in the background, and keep nothing; whoever asks afterwards begins anew."""
        going_on = [kept.following for kept in self._kept.values()]
        for server in self.servers:
            self._forget(server)
        await asyncio.gather(*going_on, return_exceptions=True)

    def _prepared(self, server: int) -> _Kept:
        """Return what is kept of a server, which is being brought up to date; nobody using it, it is forgotten."""
        kept = self._kept.get(server)
        if kept is not None:
            kept.forgetting.cancel()
        forgetting = asyncio.get_running_loop().call_later(self._idle, self._forget, server)
        if kept is None:
            kept = self._kept[server] = _Kept(self._started(server), forgetting)
        elif kept.following.done():
            kept.following = self._started(server)
        kept.forgetting = forgetting
        self._kept.move_to_end(server)
        return kept

    def _started(self, server: int) -> asyncio.Task[None]:
        task = asyncio.create_task(self._follow(server))
        task.add_done_callback(_take_note)
        return task

    async def _follow(self, server: int) -> None:
        """Make a server's memory, and again as long as the server's base has changed meanwhile."""
        kept = self._kept.get(server)
        if kept is None:
            raise StoppedError

        def stop_if_forgotten() -> None:
            if self._kept.get(server) is not kept:
                raise StoppedError

        async with self._preparing:
            stop_if_forgotten()
            while kept.memory is None or kept.memory.base is not await self._knowing.base(server):
                base = await self._knowing.base(server)
                graded, misses = await self._knowing.graded(server), await self._knowing.misses(server)
                questions = known(base, graded, misses)
                if len(questions) > self._most:
                    raise TooManyError
                before = kept.memory or await self._of_packs(stop_if_forgotten)
                kept.memory = await self._made(base, questions, before, stop_if_forgotten)
        self._make_room(server)

    async def _of_packs(self, check: Callable[[], None]) -> Memory:
        if self._packs is None:
            base = await self._knowing.base(None)
            self._packs = await self._made(base, known(base), None, check)
        return self._packs

    async def _made(
        self, base: Base, questions: Sequence[Known], before: Memory | None, check: Callable[[], None]
    ) -> Memory:
        last = monotonic()

        def rest(_done: int, _all: int) -> None:
            nonlocal last
            check()
            worked = monotonic() - last
            if worked >= _STRETCH_SECONDS:
                sleep(worked * self._rest * (WAITED_FOR if self._waiting else 1.0))
                last = monotonic()

        return await asyncio.to_thread(Memory, base, questions, before, rest)

    def _make_room(self, server: int) -> None:
        """Forget the servers unused longest, but not this one nor those being prepared, while too much is kept."""
        for other, kept in tuple(self._kept.items()):
            if sum(len(one.memory.questions) for one in self._kept.values() if one.memory) <= self._most:
                return
            if other != server and kept.following.done():
                self._forget(other)

    def _forget(self, server: int) -> None:
        kept = self._kept.pop(server, None)
        if kept is not None:
            kept.forgetting.cancel()
        if not self._kept:
            self._packs = None


def _take_note(task: asyncio.Task[None]) -> None:
    """Take note of how following ended: whoever waits for it is told as well."""
    error = None if task.cancelled() else task.exception()
    if isinstance(error, SafeError):
        log.info("what changes do cannot be foreseen: %s", error)
    elif error is not None:
        log.error("what changes do cannot be foreseen", exc_info=error)
