"""What every call to the database has in common: it ends once it has begun, and its errors are sentences."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from knowledge.errors import StorageError
from knowledge.storage.backend import BUSY, Backend


class Calls(Protocol):
    """Knows its calls that have not ended."""

    running: set[asyncio.Task[Any]]


P = ParamSpec("P")
S = TypeVar("S", bound=Calls)
T = TypeVar("T")


@asynccontextmanager
async def explained(backend: Backend) -> AsyncIterator[None]:
    """Turn what a driver raises into sentences, one for the operator and one for members."""
    failures: tuple[type[Exception], ...] = (DBAPIError, PoolTimeoutError, *backend.failures)
    try:
        yield
    except failures as error:
        busy = isinstance(error, PoolTimeoutError)
        reason = BUSY if busy else backend.explain(getattr(error, "orig", None) or error)
        raise StorageError(f"The database {backend.place} {reason}") from error


def to_the_end(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """Let a method that has begun end, though its caller be cancelled.

    Cancelled between two statements, a driver may neither commit nor roll back: its lock then keeps everybody
    else from writing.
    """

    @wraps(method)
    async def run(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.create_task(method(self, *args, **kwargs))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return await asyncio.shield(task)

    return run
