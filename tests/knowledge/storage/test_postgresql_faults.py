"""What happens when PostgreSQL cannot be used: one sentence each, without the password."""

import asyncio
import socket
import traceback
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from knowledge.errors import StorageError
from knowledge.model import Entry
from knowledge.storage import open_store
from knowledge.storage.postgresql import PostgreSQL

from .databases import run_sql, save, tells

SECRET = "hunter2"  # noqa: S105 - a password that nobody has
ENTRY = Entry("a", ("?",), "Yes.")
OTHER_CONNECTIONS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def changed(url: str, **parts: str) -> str:
    return make_url(url).set(**parts).render_as_string(hide_password=False)


async def refused(url: str) -> str:
    with pytest.raises(StorageError) as refusal:
        await open_store(url)
    assert isinstance(refusal.value.__cause__, Exception)
    assert SECRET not in "".join(traceback.format_exception(refusal.value))
    return refusal.value.operator


async def test_a_server_that_does_not_listen_is_said() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        port = unused.getsockname()[1]
        sentence = await refused(f"postgresql://me:{SECRET}@127.0.0.1:{port}/pullquote")
    assert sentence.startswith(f"The database postgresql://127.0.0.1:{port}/pullquote cannot be reached.")


async def test_a_socket_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be reached" in await refused(f"postgresql://me:{SECRET}@/pullquote?host={tmp_path}")


async def test_a_server_that_speaks_something_else_is_said() -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        url = f"postgresql://me:{SECRET}@127.0.0.1:{port}/x?sslmode=disable"
        assert "cannot be reached" in await refused(url)


async def test_an_sslmode_that_is_none_is_said() -> None:
    assert "database" in await refused(f"postgresql://me:{SECRET}@127.0.0.1:1/x?sslmode=perhaps")


async def test_a_user_that_is_not_known_is_said(postgresql_url: str) -> None:
    sentence = await refused(changed(postgresql_url, username="stranger", password=SECRET))
    assert "refuses the user or the password" in sentence
    assert "stranger" not in sentence


async def test_a_database_that_is_not_there_is_said(postgresql_url: str) -> None:
    assert "does not exist" in await refused(changed(postgresql_url, database="nowhere", password=SECRET))


async def test_a_user_without_rights_is_said(postgresql_url: str) -> None:
    await run_sql(postgresql_url, "CREATE ROLE guest LOGIN")
    try:
        sentence = await refused(changed(postgresql_url, username="guest", password=SECRET))
    finally:
        await run_sql(postgresql_url, "DROP ROLE guest")
    assert "does not let its user do this" in sentence


async def test_a_read_only_database_can_be_read_but_not_written(postgresql_url: str) -> None:
    store = await open_store(postgresql_url)
    await save(store, 1, [ENTRY])
    await store.close()
    name = make_url(postgresql_url).database
    await run_sql(postgresql_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    store = await open_store(postgresql_url)
    assert (await store.owned(1)).entries == (ENTRY,)
    with pytest.raises(StorageError, check=tells(r"^The database postgresql://\S+ is read-only")):
        await save(store, 2, [ENTRY])
    await store.close()


async def test_a_restart_of_the_server_costs_nobody_an_error(postgresql_url: str) -> None:
    store = await open_store(postgresql_url)
    await run_sql(postgresql_url, f"SELECT pg_terminate_backend(pid) {OTHER_CONNECTIONS}")
    await save(store, 1, [ENTRY])
    assert (await store.owned(1)).entries == (ENTRY,)
    await store.close()


async def test_closing_gives_back_every_connection(postgresql_url: str) -> None:
    store = await open_store(postgresql_url)
    await store.owned(1)
    assert await run_sql(postgresql_url, f"SELECT pid {OTHER_CONNECTIONS}") != []
    await store.close()
    assert await run_sql(postgresql_url, f"SELECT pid {OTHER_CONNECTIONS}") == []


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (asyncpg.DiskFullError("x"), "disk of its server is full"),
        (asyncpg.TooManyConnectionsError("x"), "no connection left"),
        (asyncpg.DeadlockDetectedError("x"), "busy"),
        (asyncpg.CannotConnectNowError("x"), "starting"),
        (asyncpg.InvalidPasswordError("x"), "refuses the user or the password"),
        (asyncpg.InterfaceError("connection is closed"), "cannot be reached"),
        (TimeoutError(), "cannot be reached"),
        (asyncpg.UndefinedTableError("x"), "42P01"),
    ],
)
def test_what_cannot_be_brought_about_here_is_said_too(failure: Exception, sentence: str) -> None:
    assert sentence in PostgreSQL(make_url("postgresql://localhost/x")).explain(failure)
