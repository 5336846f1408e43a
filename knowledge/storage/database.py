"""The store, in tables."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import wraps
from itertools import islice
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Table, bindparam, delete, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.errors import IdTakenError, StorageError
from knowledge.model import Alias, Author, Entry, Setting
from knowledge.storage.backend import BUSY, Backend
from knowledge.storage.interface import Store
from knowledge.storage.migrating import migrate
from knowledge.storage.rows import (
    PARTS,
    Row,
    author_columns,
    entry_rows,
    part_rows,
    read_aliases,
    read_entries,
    read_settings,
    storable,
    texts,
)
from knowledge.storage.tables import ALIASES, ENTRIES, REMEMBERED, SETTINGS, VERSIONS
from knowledge.storage.urls import backend_at

P = ParamSpec("P")
T = TypeVar("T")

CHUNK = 2000
"""Rows written at a time: enough to be quick, few enough that the event loop gets its turn in between."""

UNSTORABLE = (
    "has a NUL character or half of a surrogate pair, which no database keeps. Take it out and try again."
)


async def open_database(url: str, *, create: bool) -> Store:
    """Open the database at a URL and bring it up to date; what `open_store` does."""
    backend = backend_at(url, create=create)
    try:
        async with _explained(backend):
            await migrate(backend)
    except BaseException:
        await backend.engine.dispose()
        raise
    return DatabaseStore(backend)


@asynccontextmanager
async def _explained(backend: Backend) -> AsyncIterator[None]:
    """Turn what a driver raises into sentences, one for the operator and one for members."""
    failures: tuple[type[Exception], ...] = (DBAPIError, PoolTimeoutError, *backend.failures)
    try:
        yield
    except failures as error:
        busy = isinstance(error, PoolTimeoutError)
        reason = BUSY if busy else backend.explain(getattr(error, "orig", None) or error)
        raise StorageError(f"The database {backend.place} {reason}") from error


def _to_the_end(
    method: Callable[Concatenate["DatabaseStore", P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate["DatabaseStore", P], Coroutine[Any, Any, T]]:
    """Let a method that has begun end, though its caller be cancelled.

    Cancelled between two statements, a driver may neither commit nor roll back: its lock then keeps everybody
    else from writing.
    """

    @wraps(method)
    async def run(self: "DatabaseStore", /, *args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.create_task(method(self, *args, **kwargs))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return await asyncio.shield(task)

    return run


class DatabaseStore:
    """A `Store` in the tables of SQLite or PostgreSQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.running: set[asyncio.Task[Any]] = set()

    @_to_the_end
    async def entries(self, server: int) -> tuple[Entry, ...]:
        """Return a server's entries, in the order they were first saved."""
        async with _explained(self._backend), self._backend.reading() as connection:
            return await read_entries(connection, server)

    @_to_the_end
    async def version(self, server: int) -> int:
        """Return the number of changes to what a server owns so far."""
        query = select(VERSIONS.c.version).where(VERSIONS.c.server_id == server)
        async with _explained(self._backend), self._backend.reading() as connection:
            version: int | None = await connection.scalar(query)
        return version or 0

    @_to_the_end
    async def save(self, server: int, entries: Sequence[Entry], *, new: bool = False) -> None:
        """Insert or replace entries, all or none. Of several with the same id, the last counts."""
        unique = {entry.id: entry for entry in entries}
        for entry in unique.values():
            if not all(map(storable, texts(entry))):
                raise _unstorable(f"The entry {entry.id!r}")
        async with _explained(self._backend), self._backend.writing(server) as connection:
            if new:
                await _check_free(connection, server, unique)
            await self._write_entries(connection, server, unique.values())
            await _write_parts(connection, server, unique.values())
            await self._raise_version(connection, server)

    async def _raise_version(self, connection: AsyncConnection, server: int) -> None:
        insert = self._backend.insert(VERSIONS).values(server_id=server, version=1)
        raised = {"version": VERSIONS.c.version + 1}
        await connection.execute(
            insert.on_conflict_do_update(index_elements=[VERSIONS.c.server_id], set_=raised)
        )

    async def _write_entries(
        self, connection: AsyncConnection, server: int, entries: Iterable[Entry]
    ) -> None:
        last = await connection.scalar(
            select(func.max(ENTRIES.c.position)).where(ENTRIES.c.server_id == server)
        )
        insert = self._backend.insert(ENTRIES)
        kept = {"server_id", "id", "position", "created_at"}
        upsert = insert.on_conflict_do_update(
            index_elements=[ENTRIES.c.server_id, ENTRIES.c.id],
            set_={column.name: column for column in insert.excluded if column.name not in kept},
        )
        position = 0 if last is None else last + 1
        for rows in _chunks(entry_rows(server, entries, position, datetime.now(UTC))):
            await connection.execute(upsert, rows)

    @_to_the_end
    async def remove(self, server: int, entry_id: str) -> Entry | None:
        """Remove an entry and return it as it was; None if the server has none of that id."""
        if not storable(entry_id):
            return None
        async with _explained(self._backend), self._backend.writing(server) as connection:
            found = await read_entries(connection, server, entry_id)
            await connection.execute(
                delete(ENTRIES).where(ENTRIES.c.server_id == server, ENTRIES.c.id == entry_id)
            )
            await self._raise_version(connection, server)
        return found[0] if found else None

    @_to_the_end
    async def aliases(self, server: int) -> tuple[Alias, ...]:
        """Return a server's aliases, by the alphabet."""
        async with _explained(self._backend), self._backend.reading() as connection:
            return await read_aliases(connection, server)

    async def save_alias(self, server: int, alias: Alias) -> None:
        """Keep an alias, replacing what the same one meant before."""
        key, value = {"alias": alias.alias}, {"meaning": alias.meaning}
        await self._keep(ALIASES, server, key, value, alias.author)

    @_to_the_end
    async def remove_alias(self, server: int, alias: str) -> Alias | None:
        """Remove an alias and return it; None if the server has none such."""
        if not storable(alias):
            return None
        async with _explained(self._backend), self._backend.writing(server) as connection:
            found = [one for one in await read_aliases(connection, server) if one.alias == alias]
            await connection.execute(
                delete(ALIASES).where(ALIASES.c.server_id == server, ALIASES.c.alias == alias)
            )
            await self._raise_version(connection, server)
        return found[0] if found else None

    @_to_the_end
    async def settings(self, server: int) -> tuple[Setting, ...]:
        """Return what was ever set for a server, by the alphabet of the keys."""
        async with _explained(self._backend), self._backend.reading() as connection:
            return await read_settings(connection, server)

    async def save_setting(self, server: int, setting: Setting) -> None:
        """Keep a setting, replacing its value before."""
        key, value = {"key": setting.key}, {"value": setting.value}
        await self._keep(SETTINGS, server, key, value, setting.author)

    @_to_the_end
    async def _keep(self, table: Table, server: int, key: Row, value: Row, author: Author | None) -> None:
        """Insert or replace one row of a server, with who wrote it and when."""
        written = {**value, **author_columns(author), "changed_at": datetime.now(UTC)}
        if not all(storable(text) for text in (*key.values(), *written.values()) if isinstance(text, str)):
            raise _unstorable("What was typed")
        insert = self._backend.insert(table).values(server_id=server, **key, **written)
        async with _explained(self._backend), self._backend.writing(server) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=["server_id", *key], set_=written)
            )
            await self._raise_version(connection, server)

    @_to_the_end
    async def recall(self, key: str) -> str | None:
        """Return what `remember` last kept under the key."""
        if not storable(key):
            return None
        async with _explained(self._backend), self._backend.reading() as connection:
            value: str | None = await connection.scalar(
                select(REMEMBERED.c.value).where(REMEMBERED.c.key == key)
            )
        return value

    @_to_the_end
    async def remember(self, key: str, value: str) -> None:
        """Keep a value under a key, replacing the one before."""
        if not (storable(key) and storable(value)):
            raise _unstorable("What is to be remembered")
        insert = self._backend.insert(REMEMBERED).values(key=key, value=value)
        async with _explained(self._backend), self._backend.writing(None) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=[REMEMBERED.c.key], set_={"value": value})
            )

    async def close(self) -> None:
        """Give back every connection, after what is still being written."""
        await asyncio.gather(*self.running, return_exceptions=True)
        async with _explained(self._backend):
            await self._backend.engine.dispose()


def _unstorable(what: str) -> StorageError:
    """Return the error for a text that whoever typed it can mend."""
    sentence = f"{what} {UNSTORABLE}"
    return StorageError(sentence, sentence)


async def _check_free(connection: AsyncConnection, server: int, ids: Iterable[str]) -> None:
    """Raise `IdTakenError` if the server has an entry of one of the ids."""
    for chunk in _chunks({"id": entry_id} for entry_id in ids):
        wanted = [row["id"] for row in chunk]
        query = select(ENTRIES.c.id).where(ENTRIES.c.server_id == server, ENTRIES.c.id.in_(wanted)).limit(1)
        taken: str | None = await connection.scalar(query)
        if taken is not None:
            raise IdTakenError(taken)


async def _write_parts(connection: AsyncConnection, server: int, entries: Iterable[Entry]) -> None:
    for part in PARTS:
        outdated = delete(part).where(part.c.server_id == server, part.c.entry_id == bindparam("id"))
        for ids in _chunks({"id": entry.id} for entry in entries):
            await connection.execute(outdated, ids)
        for rows in _chunks(part_rows(part, server, entries)):
            await connection.execute(part.insert(), rows)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
