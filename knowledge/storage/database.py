"""The store, in tables."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from knowledge.model import Author
from knowledge.owned import Change, Item, Kind, Owned, Write
from knowledge.storage.backend import Backend
from knowledge.storage.calls import explained, to_the_end
from knowledge.storage.interface import LISTED, Store
from knowledge.storage.migrating import migrate
from knowledge.storage.misses import DatabaseMisses
from knowledge.storage.queries import (
    next_number,
    read_change,
    read_changes,
    read_records,
    read_removed,
    read_those,
    write_change,
    write_items,
)
from knowledge.storage.records import items_of, storable, unstorable
from knowledge.storage.tables import REMEMBERED, VERSIONS
from knowledge.storage.urls import backend_at


async def open_database(url: str, *, create: bool) -> Store:
    """Open the database at a URL and bring it up to date; what `open_store` does."""
    backend = backend_at(url, create=create)
    try:
        async with explained(backend):
            await migrate(backend)
    except BaseException:
        await backend.engine.dispose()
        raise
    return DatabaseStore(backend)


class DatabaseStore:
    """A `Store` in the tables of SQLite or PostgreSQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.running: set[asyncio.Task[Any]] = set()
        self.misses = DatabaseMisses(backend, self.running)

    @to_the_end
    async def owned(self, server: int) -> Owned:
        """Return all that a server owns."""
        async with explained(self._backend), self._backend.reading() as connection:
            return Owned(await read_records(connection, server))

    @to_the_end
    async def version(self, server: int) -> int:
        """Return the number of the last change to what a server owns."""
        query = select(VERSIONS.c.version).where(VERSIONS.c.server_id == server)
        async with explained(self._backend), self._backend.reading() as connection:
            version: int | None = await connection.scalar(query)
        return version or 0

    @to_the_end
    async def change(
        self, server: int, writes: Sequence[Write], by: Author | None = None, *, reverts: int | None = None
    ) -> Change | None:
        """Make a change of one or more writes, all or none. Of several to the same thing, the last counts."""
        unique = {(write.kind, write.key): write for write in _storable(writes)}
        if by is not None and not storable(by.name):
            raise unstorable("Your name")
        async with explained(self._backend), self._backend.writing(server) as connection:
            items = tuple(items_of(unique.values(), await read_those(connection, server, unique.values())))
            if not items:
                return None
            number = await next_number(connection, self._backend, server)
            change = Change(number, datetime.now(UTC), by, items, len(items), reverts)
            await write_items(connection, self._backend, server, items)
            await write_change(connection, server, change)
        return change

    @to_the_end
    async def history(
        self,
        server: int,
        *,
        of: Collection[tuple[Kind, str]] = (),
        before: int | None = None,
        limit: int = LISTED,
    ) -> tuple[Change, ...]:
        """Return a server's changes, the last one first."""
        if not all(storable(key) for _kind, key in of):
            return ()
        async with explained(self._backend), self._backend.reading() as connection:
            return await read_changes(connection, server, of=of, before=before, limit=limit)

    @to_the_end
    async def change_of(self, server: int, number: int) -> Change | None:
        """Return one change with all its items; None where the server has none of that number."""
        async with explained(self._backend), self._backend.reading() as connection:
            return await read_change(connection, server, number)

    @to_the_end
    async def removed(self, server: int, limit: int = LISTED) -> tuple[Item, ...]:
        """Return the last removal of each entry that is not there any more, the latest first."""
        async with explained(self._backend), self._backend.reading() as connection:
            return await read_removed(connection, server, limit)

    @to_the_end
    async def recall(self, key: str) -> str | None:
        """Return what `remember` last kept under the key."""
        if not storable(key):
            return None
        async with explained(self._backend), self._backend.reading() as connection:
            value: str | None = await connection.scalar(
                select(REMEMBERED.c.value).where(REMEMBERED.c.key == key)
            )
        return value

    @to_the_end
    async def remember(self, key: str, value: str) -> None:
        """Keep a value under a key, replacing the one before."""
        if not (storable(key) and storable(value)):
            raise unstorable("What is to be remembered")
        insert = self._backend.insert(REMEMBERED).values(key=key, value=value)
        async with explained(self._backend), self._backend.writing(None) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=[REMEMBERED.c.key], set_={"value": value})
            )

    async def close(self) -> None:
        """Give back every connection, after what is still being written."""
        await asyncio.gather(*self.running, return_exceptions=True)
        async with explained(self._backend):
            await self._backend.engine.dispose()


def _storable(writes: Iterable[Write]) -> Iterator[Write]:
    """Yield the writes to what can be there; raise for one that would keep what cannot."""
    for write in writes:
        if storable(write.key):
            yield write
        elif write.after is not None:
            raise unstorable(f"The name of the {write.kind}")
