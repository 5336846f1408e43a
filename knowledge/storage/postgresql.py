"""PostgreSQL: many processes at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import URL, Table, func, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from knowledge.storage.backend import BUSY

CONNECT_SECONDS = 10.0
COMMAND_SECONDS = 60.0
"""How long a statement may take, waiting for other writers included."""

SHARED_LOCK = (0x50554C4C, 0)
"""The advisory lock of what no server owns. Servers are locked by their id, in another space of keys."""

UNREACHABLE = (
    "cannot be reached. Check that PostgreSQL runs and that the host and port in the database URL are right."
)
UNEXPECTED = "reports an error that was not expected"
REASONS = {
    "08": UNREACHABLE,
    "22": "cannot hold one of the values: a number that is too large, perhaps.",
    "25006": "is read-only. Name the primary server in the database URL.",
    "28": "refuses the user or the password. Check both in the database URL.",
    "3D": "does not exist on that server. Create it with createdb, or check its name in the database URL.",
    "40": BUSY,
    "42501": "does not let its user do this. Grant that user all rights on the database and its schema.",
    "53100": "cannot grow, because the disk of its server is full. Make room and try again.",
    "53300": "has no connection left. Raise max_connections of PostgreSQL, or run fewer processes.",
    "55": BUSY,
    "57": "is shutting down or starting. Try again in a moment.",
}
"""What an SQLSTATE, or the class that it starts with, means."""


class PostgreSQL:
    """A `Backend` on a PostgreSQL server."""

    failures: tuple[type[Exception], ...] = (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        OSError,
        OverflowError,
    )

    def __init__(self, url: URL) -> None:
        # asyncpg takes the values of libpq's sslmode under the name of ssl.
        query = {"ssl" if key == "sslmode" else key: value for key, value in url.query.items()}
        self.place = URL.create(
            "postgresql", host=url.host, port=url.port, database=url.database, query=url.query
        ).render_as_string()
        self.engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg", query=query),
            connect_args={"timeout": CONNECT_SECONDS, "command_timeout": COMMAND_SECONDS},
            pool_pre_ping=True,  # a restart of PostgreSQL costs nobody an error
            hide_parameters=True,  # what people wrote stays out of logs
        )
        self._snapshots = self.engine.execution_options(isolation_level="REPEATABLE READ")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction in which a later query does not see what was written after the first."""
        async with self._snapshots.begin() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self, server: int | None) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction that holds the server's advisory lock to its end."""
        key = SHARED_LOCK if server is None else (server,)
        async with self.engine.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(*key)))
            yield connection

    def insert(self, table: Table) -> Insert:
        """Return PostgreSQL's INSERT."""
        return insert(table)

    def explain(self, failure: BaseException) -> str:
        """Return what PostgreSQL's code means; without a code, the connection failed."""
        code: str | None = getattr(failure, "sqlstate", None)
        if code is None:
            return UNREACHABLE
        return REASONS.get(code) or REASONS.get(code[:2], f"{UNEXPECTED} ({code}). The log has the details.")
