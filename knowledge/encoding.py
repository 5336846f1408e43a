"""Have a sentence encoder encode what bases hold, in the background, while questions are answered by their words."""

import asyncio
import logging
from collections.abc import Callable

from knowledge.answering import Base

log = logging.getLogger(__name__)

_TOLD = 1024
"""Texts after which the log is told how far it is."""


class _ClosedError(Exception):
    """Ends a thread that is still encoding."""


class Encoding:
    """Encodes one base at a time, in a thread. A base without an encoder has nothing to be encoded."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def start(self, base: Base, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Have a base encoded when its turn comes, if it is wanted then. Needs a running event loop."""
        if base.compiled.sentences is not None and base.closer is None:
            task = asyncio.create_task(self._encode(base, is_wanted))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop, leaving what is not encoded."""
        self._is_closed = True
        await asyncio.gather(*self._tasks)

    async def _encode(self, base: Base, is_wanted: Callable[[], bool]) -> None:
        async with self._turn:
            if self._is_closed or not is_wanted():
                return
            try:
                await asyncio.to_thread(base.look_closer, self._tell)
            except _ClosedError:
                log.info("stopped encoding; what was encoded is kept")
            except Exception:
                log.exception("encoding failed: questions are answered by their words alone")

    def _tell(self, done: int, of: int) -> None:
        if self._is_closed:
            raise _ClosedError
        if done == of or done % _TOLD == 0:
            log.info("encoded %d of %d texts for the semantic model", done, of)
