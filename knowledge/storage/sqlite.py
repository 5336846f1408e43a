"""SQLite: one file, written by one at a time."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import URL, Connection, Table, event
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import await_only

from knowledge.errors import StorageError

BUSY_SECONDS = 5.0
"""How long to wait for another program that is writing."""

PRAGMAS = (
    # With WAL, NORMAL may lose the last transactions when the power fails; what a moderator was told is saved
    # must be on the disk.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What was removed is overwritten: nobody should find a story in the file that its server has removed.
    "PRAGMA secure_delete = ON",
)

CLOSED = "cannot be opened. Let the user who runs Pullquote read and write its file and its folder."
DAMAGED = "is damaged, or is no SQLite file. Put a backup in its place, or name another file."
LOCKED = "is being written by another program. Wait a moment, or end that program, and try again."
REASONS = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_READONLY: "is read-only. Let the user who runs Pullquote write its file and its folder.",
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FULL: "cannot grow, because the disk is full. Make room and try again.",
    sqlite3.SQLITE_IOERR: "cannot be read or written, because the disk reports an error. Check the disk.",
}
UNEXPECTED = "reports an error that was not expected. The log has the details."


class SQLite:
    """A `Backend` in a file. Its folder is made at once, the file when it is first connected to."""

    failures: tuple[type[Exception], ...] = (sqlite3.Error, OverflowError)

    def __init__(self, file: Path) -> None:
        file = file.absolute()  # a relative path would point elsewhere once the working folder changes
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The folder {file.parent} cannot be made ({error.strerror}). Make it, for the user who runs"
                " Pullquote to write in, or name another file."
            ) from error
        self.place = str(file)
        self.engine = _engine(file)
        # SQLite has writers ask again and again, in no order; those of one process queue instead.
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction, which sees the state at its first query."""
        async with self.engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self, server: int | None) -> AsyncIterator[AsyncConnection]:  # noqa: ARG002 - one for all
        """Begin a transaction that locks the file for writing at once, so that it cannot fail to later."""
        immediate = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        async with self._turn, immediate.begin() as connection:
            yield connection

    def insert(self, table: Table) -> Insert:
        """Return SQLite's INSERT."""
        return insert(table)

    def explain(self, failure: BaseException) -> str:
        """Return what SQLite's error code means."""
        if isinstance(failure, OverflowError):
            return "cannot hold a number as large as that."
        code: int = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return REASONS.get(code & 0xFF, UNEXPECTED)  # the higher bits tell variants of one reason apart


def _engine(file: Path) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(file)),
        # Python's driver would begin transactions by itself, before some statements only: `_begin` does it.
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        hide_parameters=True,  # what people wrote stays out of logs
    )
    event.listen(engine.sync_engine, "do_connect", lambda *_: await_only(asyncio.to_thread(_try, file)))
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _try(file: Path) -> None:
    """Open the file once, to raise what is wrong with it, and let those who read not wait for who writes (WAL).

    It is tried before aiosqlite connects, whose thread outlives a connection that fails and may then speak to an
    event loop that has ended. When several processes make a file, SQLite refuses WAL to all but one without
    waiting, unlike anything else: so it is asked again.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
