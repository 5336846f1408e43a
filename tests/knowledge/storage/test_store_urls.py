"""Which URLs a store is opened at, and how the others are refused."""

import asyncio
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from knowledge.errors import DatabaseUrlError
from knowledge.storage import default_url, open_store

from .databases import tells

SECRET = "hunter2"  # noqa: S105 - a password that nobody has


def test_the_default_is_a_file_in_the_data_folder_of_the_platform() -> None:
    url = default_url()
    assert url.startswith("sqlite:///")
    file = Path(url.removeprefix("sqlite:///"))
    assert file.name == "pullquote.db"
    assert file.is_relative_to(platformdirs.user_data_path())


async def test_the_default_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_args, **_more: tmp_path / "Some User's data")
    await (await open_store(default_url())).close()
    assert (tmp_path / "Some User's data" / "pullquote.db").is_file()


async def test_missing_folders_are_made(tmp_path: Path) -> None:
    file = tmp_path / "a" / "new folder" / "100%.db"
    await (await open_store(f"sqlite:///{file.as_posix()}")).close()
    assert file.is_file()


async def test_a_relative_path_stays_where_it_was_when_the_working_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    store = await open_store("sqlite:///here.db")
    monkeypatch.chdir(tmp_path / "elsewhere")
    await asyncio.gather(*(store.recall("key") for _ in range(3)))  # needs more connections
    await store.close()
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (tmp_path / "here.db").is_file()


@pytest.fixture
def untouched_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "pullquote.db",
        "/var/lib/pullquote.db",
        f"mysql://root:{SECRET}@localhost/pullquote",
        f"postgres://me:{SECRET}@localhost/pullquote",
        f"postgresql+psycopg://me:{SECRET}@localhost/pullquote",
        f"postgresql://me:{SECRET}@localhost:port/pullquote",
        f"postgresql:/me:{SECRET}@localhost/pullquote",
        f"nothing like me:{SECRET}",
        "sqlite+aiosqlite:///file.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://file.db",
        "sqlite:///file.db?mode=ro",
        f"postgresql://me@localhost/pullquote?password={SECRET}",
        "postgresql://me@localhost/pullquote?sslrootcert=x",
    ],
)
@pytest.mark.usefixtures("untouched_folder")
async def test_any_other_url_is_refused_with_what_is_accepted(url: str) -> None:
    with pytest.raises(DatabaseUrlError, check=tells(r"sqlite:///file\.db|host, port, sslmode")) as refusal:
        await open_store(url)
    assert SECRET not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.usefixtures("untouched_folder")
async def test_who_only_reads_makes_no_database_of_a_misspelt_path(tmp_path: Path) -> None:
    file = tmp_path / "typo" / "pullquote.db"
    with pytest.raises(DatabaseUrlError, check=tells(re.escape(f"no database {file}"))):
        await open_store(f"sqlite:///{file.as_posix()}", create=False)


async def test_who_only_reads_opens_a_database_that_is_there(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'pullquote.db').as_posix()}"
    await (await open_store(url)).close()
    await (await open_store(url, create=False)).close()
