"""What is done once a day while the bot runs: deleting misses that are older than their server keeps them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog

from knowledge.errors import StorageError
from knowledge.library import Library

log = structlog.get_logger(__name__)

EVERY_SECONDS = 24 * 60 * 60


@contextlib.asynccontextmanager
async def upkeep(library: Library, every: float = EVERY_SECONDS) -> AsyncIterator[None]:
    """Keep the library in order, at once and then once a day, as long as the context lasts."""
    task = asyncio.create_task(_keep_in_order(library, every))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep_in_order(library: Library, every: float) -> None:
    while True:
        try:
            count = await library.forget_old_misses()
        except StorageError as error:
            log.warning("old misses are not deleted yet", reason=error.operator)
        except Exception:  # whatever it was, what is too old by tomorrow has to go tomorrow
            log.exception("old misses are not deleted yet")
        else:
            if count:
                log.info("old misses deleted", count=count)
        await asyncio.sleep(every)
