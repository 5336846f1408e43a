"""Foreseeing for many servers: what each base answers is worked out in the background, one base at a time."""

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from knowledge.answering import Base
from knowledge.effect.effect import Effect, effect
from knowledge.effect.known import Known, known
from knowledge.effect.memory import Memory
from knowledge.model import Graded, Miss

PATIENCE_SECONDS = 1.0
"""How long a preview waits for its effect; then it is shown without."""

_SERVERS = 10
"""Memories that are held: at 16,500 questions each takes some 40 MB."""
_PAUSE_SECONDS = 0.0005
"""After each question that is asked in the background: members' questions go first."""


class Knowing(Protocol):
    """What foreseeing needs of a server."""

    async def base(self, server: int | None, *, fresh: bool = False) -> Base:
        """Return what the server is answered from."""

    async def graded(self, server: int) -> tuple[Graded, ...]:
        """Return the server's graded questions."""

    async def misses(self, server: int) -> tuple[Miss, ...]:
        """Return the misses that wait."""


class StoppedError(Exception):
    """The process is about to end."""


class Foresight:
    """Tells what a change of a server's base would do to its known questions."""

    def __init__(self, knowing: Knowing) -> None:
        self._knowing = knowing
        self._memories: OrderedDict[int | None, Memory] = OrderedDict()
        self._preparing: dict[int | None, tuple[Base, asyncio.Future[Memory]]] = {}
        # One thread, so that no more than one base is asked at a time.
        self._thread = ThreadPoolExecutor(1, "foresight")
        self._is_stopped = threading.Event()
        self._background: set[asyncio.Task[object]] = set()

    def prepare(self, server: int) -> None:
        """Begin to work out what a server's base answers: a moderator is about to change it."""
        task: asyncio.Task[object] = asyncio.create_task(self._prepared(server))
        self._background.add(task)
        task.add_done_callback(self._done)

    async def effect(self, server: int, after: Base, patience: float = PATIENCE_SECONDS) -> Effect | None:
        """Return what changes if a server is answered from another base; None where that is not known in time.

        What is worked out goes on being so: asked again later, the answer comes at once. Raises `StorageError`.
        """
        task: asyncio.Task[object] = asyncio.create_task(self._foreseen(server, after))
        self._background.add(task)
        task.add_done_callback(self._done)
        done, _waiting = await asyncio.wait({task}, timeout=patience)
        if not done:
            return None
        found = task.result()
        return found if isinstance(found, Effect) else None

    async def close(self) -> None:
        """Stop what goes on in the background."""
        self._is_stopped.set()
        await asyncio.gather(*self._background, return_exceptions=True)
        self._thread.shutdown()

    async def _foreseen(self, server: int, after: Base) -> Effect:
        memory = await self._prepared(server)
        questions = await self._known(server, after)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, effect, memory, after, questions)

    async def _prepared(self, server: int | None) -> Memory:
        """Return what a server's base answers, as it is now; None: that of the packs alone, which all others share."""
        base = await self._knowing.base(server)
        memory = self._memories.get(server)
        if memory is not None and memory.base is base:
            self._memories.move_to_end(server)
            return memory
        if memory is None and server is not None:
            memory = await self._prepared(None)
        going_on = self._preparing.get(server)
        if going_on is None or going_on[0] is not base:
            questions = await self._known(server, base)
            loop = asyncio.get_running_loop()
            future = loop.run_in_executor(self._thread, Memory, base, questions, memory, self._yield)
            going_on = self._preparing[server] = base, future
        memory = await going_on[1]
        self._memories[server] = memory
        self._memories.move_to_end(server)
        self._preparing.pop(server, None)
        while len(self._memories) > _SERVERS:
            self._memories.popitem(last=False)
        return memory

    async def _known(self, server: int | None, base: Base) -> Sequence[Known]:
        if server is None:
            return known(base)
        return known(base, await self._knowing.graded(server), await self._knowing.misses(server))

    def _yield(self, _done: int, _all: int) -> None:
        if self._is_stopped.is_set():
            raise StoppedError
        time.sleep(_PAUSE_SECONDS)

    def _done(self, task: asyncio.Task[object]) -> None:
        self._background.discard(task)
        if not task.cancelled():
            task.exception()  # it was told to whoever waited, or there is nobody to tell
