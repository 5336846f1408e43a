"""Waiting for something to happen, without polling the clock."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PATIENCE = 15.0
"""Seconds that a wait takes at most: far more than anything needs, so that a slow machine fails nothing."""


class Pulse:
    """Wakes whoever waits whenever the loopback Discord has dealt with something of the bot."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Let everyone who waits look again."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, look: Callable[[], Found | None], what: str, seconds: float = PATIENCE) -> Found:
        """Return what `look` finds, as soon as it does; raises `TimeoutError`, naming `what` was awaited."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := look()):
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.add(future)
                    await future
        except TimeoutError:
            raise TimeoutError(f"not within {seconds:g} s: {what}") from None
        return found
