"""How the file is kept, and what happens when it cannot be used: one sentence each, and nothing lost."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.errors import StorageError
from knowledge.model import Entry
from knowledge.storage import open_store, sqlite

from .databases import run_sql, save, tells

ENTRY = Entry("a", ("?",), "Yes.")


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def folder_of_nobody(tmp_path: Path) -> Iterator[Path]:
    """Make a folder, and give up root's rights where the tests run as root: no permission stops root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp())  # pytest's own is closed to all but root
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


async def make(file: Path) -> str:
    url = f"sqlite:///{file.as_posix()}"
    store = await open_store(url)
    await save(store, 1, [ENTRY])
    await store.close()
    return url


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
async def test_what_is_acknowledged_is_on_the_disk_and_whole(
    sqlite_url: str, pragma: str, value: object
) -> None:
    assert await run_sql(sqlite_url, f"PRAGMA {pragma}") == [(value,)]


async def test_closing_leaves_nothing_but_the_database(file: Path) -> None:
    await make(file)
    assert [left.name for left in file.parent.iterdir()] == [file.name]


async def test_a_file_in_use_by_another_program_is_said_and_can_be_written_later(
    sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    store = await open_store(sqlite_url)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            StorageError, check=tells(r"^The database \S+ is being written by another program\.")
        ) as refusal:
            await save(store, 1, [ENTRY])
        assert (await store.owned(1)).entries == ()
    assert isinstance(refusal.value.__cause__, Exception)
    await save(store, 1, [ENTRY])
    assert (await store.owned(1)).entries == (ENTRY,)
    await store.close()


async def test_a_file_that_stays_locked_is_not_opened(
    sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, check=tells("another program")) as refusal:
            await open_store(sqlite_url)
    assert str(file) in refusal.value.operator


async def test_opening_waits_for_who_is_just_making_the_file(sqlite_url: str, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        opening = asyncio.create_task(open_store(sqlite_url))
        await asyncio.sleep(0.1)
        assert not opening.done()
        other.execute("COMMIT")
        await (await opening).close()


async def test_errors_that_members_may_see_do_not_say_where_the_file_is(sqlite_url: str, file: Path) -> None:
    store = await open_store(sqlite_url)
    with closing(sqlite3.connect(file)) as other:
        other.execute("DROP TABLE records")
    with pytest.raises(StorageError, check=tells("not expected")) as refusal:
        await store.owned(1)
    assert str(file.parent) not in str(refusal.value)
    assert str(file) in refusal.value.operator
    await store.close()


async def test_a_read_only_file_can_be_read_but_not_written(folder_of_nobody: Path) -> None:
    file = folder_of_nobody / "pullquote.db"
    url = await make(file)
    file.chmod(0o444)
    store = await open_store(url)
    assert (await store.owned(1)).entries == (ENTRY,)
    with pytest.raises(StorageError, check=tells("read-only")):
        await save(store, 2, [ENTRY])
    await store.close()


async def test_a_file_that_may_not_be_read_is_said(folder_of_nobody: Path) -> None:
    file = folder_of_nobody / "pullquote.db"
    url = await make(file)
    file.chmod(0)
    with pytest.raises(StorageError, check=tells(r"pullquote\.db cannot be opened")):
        await open_store(url)


async def test_a_folder_that_may_not_be_made_is_said(folder_of_nobody: Path) -> None:
    closed = folder_of_nobody / "closed"
    closed.mkdir(0o555)
    with pytest.raises(StorageError, check=tells("cannot be made")):
        await open_store(f"sqlite:///{(closed / 'new' / 'pullquote.db').as_posix()}")


async def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, check=tells("cannot be made")):
        await open_store(f"sqlite:///{(tmp_path / 'file' / 'pullquote.db').as_posix()}")


async def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, check=tells("cannot be opened")):
        await open_store(f"sqlite:///{tmp_path.as_posix()}")


@pytest.fixture
def diary(file: Path) -> Iterator[Path]:
    text = "Dear diary, " * 1000
    file.write_text(text)
    yield file
    assert file.read_text() == text


async def test_a_file_that_is_no_database_is_said_and_left_as_it_is(diary: Path) -> None:
    with pytest.raises(StorageError, check=tells("is damaged, or is no SQLite file")):
        await open_store(f"sqlite:///{diary.as_posix()}")


def damage(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)  # the first page is left: it looks like a database
    file.write_bytes(whole)


async def test_a_damaged_database_is_said(file: Path) -> None:
    url = await make(file)
    damage(file)
    with pytest.raises(StorageError, check=tells("is damaged")):
        await open_store(url)


async def test_a_full_disk_is_said_and_what_was_there_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await make(file)
    monkeypatch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, "PRAGMA max_page_count = 40"))
    store = await open_store(url)
    with pytest.raises(StorageError, check=tells("disk is full")):
        await save(store, 1, [Entry("big", ("?",), "x" * 1_000_000)])
    assert (await store.owned(1)).entries == (ENTRY,)
    await save(store, 1, [Entry("small", ("?",), "x")])
    await store.close()


def test_nothing_is_printed_behind_the_back_of_who_caught_the_error(tmp_path: Path) -> None:
    code = """
import asyncio, sys
from knowledge.errors import StorageError
from knowledge.storage import open_store
for _ in range(20):
    try:
        asyncio.run(open_store(sys.argv[1]))
    except StorageError:
        pass
"""
    url = f"sqlite:///{tmp_path.as_posix()}"
    done = subprocess.run([sys.executable, "-c", code, url], check=True, capture_output=True, text=True)
    assert done.stdout + done.stderr == ""


async def test_a_file_that_was_taken_away_is_said(file: Path) -> None:
    store = await open_store(await make(file))
    await store.close()  # every connection is given back: the next one meets what is there then
    shutil.rmtree(file.parent)
    with pytest.raises(StorageError, check=tells("cannot be opened")):
        await store.owned(1)
