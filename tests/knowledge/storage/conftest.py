"""Every behaviour of a store is shown on SQLite and on a real PostgreSQL, which comes as a wheel."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from knowledge.model import Author, Citation, Entry
from knowledge.storage import Store, open_store

from .databases import NewDatabase, postgresql_server


@pytest.fixture(scope="session")
def new_database() -> Iterator[NewDatabase]:
    with postgresql_server() as new_database:
        yield new_database


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'pullquote.db').as_posix()}"


@pytest.fixture
def postgresql_url(new_database: NewDatabase) -> Iterator[str]:
    with new_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
def full_entry() -> Entry:
    """Return an entry with something in every field."""
    return Entry(
        id="winner",
        phrasings=("Who won the first one?", "first winner??", "¿Quién ganó?"),
        answer="Ada Hegerberg did.\nShe plays for Lyon.",
        citations=(
            Citation("ballon-dor", 10, 35, "“Ada Hegerberg”…\t1st 🏆", "a" * 64),
            Citation("ballon-dor", 100, 104, "Lyon", "b" * 64),
        ),
        follow_ups=("club", "age"),
        author=Author(2**63 - 1, "Mödératör"),
    )
