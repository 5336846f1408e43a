"""Databases are brought up to date when they are opened, once, and never by an older version."""

import asyncio
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import knowledge
from knowledge.errors import StorageError
from knowledge.model import Alias, Author, Citation, Entry, EntryKind, Setting
from knowledge.storage import migrating, open_store
from knowledge.storage.migrations import configuration
from knowledge.storage.tables import METADATA
from knowledge.storage.urls import backend_at

from .databases import keep, run_sql, save, start_python, tells

OPEN = """
import asyncio, sys
from knowledge.storage import open_store
import knowledge.storage.database
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(open_store(sys.argv[1]))
print("alembic" in sys.modules, flush=True)
"""

THIRD_VERSION = (
    "INSERT INTO entries VALUES (1, 'b', 1, 'gap', '', NULL, NULL, '2025-11-01', '2025-11-01')",
    "INSERT INTO entries VALUES (1, 'a', 0, 'entry', 'It is “so”.', 7, 'Mia', '2025-11-01', '2025-11-01')",
    "INSERT INTO entries VALUES (2, 'a', 0, 'entry', 'Other.', NULL, NULL, '2025-11-01', '2025-11-01')",
    "INSERT INTO phrasings VALUES (1, 'a', 1, 'second?'), (1, 'a', 0, 'first?'), (2, 'a', 0, 'theirs?')",
    "INSERT INTO citations VALUES (1, 'a', 0, 'story', 3, 9, 'it is.', 'hash')",
    "INSERT INTO follow_ups VALUES (1, 'a', 0, 'b')",
    "INSERT INTO aliases VALUES (1, 'bdo', 'Ballon d’Or', 7, 'Mia', '2025-11-01')",  # noqa: RUF001
    "INSERT INTO settings VALUES (1, 'strictness', 'careful', NULL, NULL, '2025-11-01')",
    "INSERT INTO versions VALUES (1, 5)",
)
"""What a server may own in the version before there was a history."""


async def test_the_migrations_lead_to_the_tables(url: str) -> None:
    await (await open_store(url)).close()

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    backend = backend_at(url)
    async with backend.reading() as connection:
        assert await connection.run_sync(differences) == []
    await backend.engine.dispose()


async def test_the_revisions_are_those_that_alembic_sees(sqlite_url: str) -> None:
    def known(connection: Connection) -> list[str]:
        scripts = ScriptDirectory.from_config(configuration(connection))
        return [script.revision for script in scripts.walk_revisions()][::-1]

    backend = backend_at(sqlite_url)
    async with backend.reading() as connection:
        assert await connection.run_sync(known) == migrating.revisions()
    await backend.engine.dispose()


async def test_of_many_that_open_a_new_database_at_once_one_migrates(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade, upgraded = migrating._upgrade, []  # noqa: SLF001 - only to count its calls
    monkeypatch.setattr(migrating, "_upgrade", lambda connection: (upgraded.append(1), upgrade(connection)))
    stores = await asyncio.gather(*(open_store(url) for _ in range(5)))
    assert len(upgraded) == 1
    for number, store in enumerate(stores):
        await store.remember("key", str(number))
        await store.close()


async def test_of_several_processes_that_open_a_new_database_at_once_one_migrates(url: str) -> None:
    processes = [start_python(OPEN, url) for _ in range(3)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    migrated = sorted(process.communicate()[0] for process in processes)
    assert migrated == ["False\n", "False\n", "True\n"]
    assert len(await run_sql(url, "SELECT * FROM alembic_version")) == 1


async def test_a_migration_that_fails_leaves_no_table_behind(url: str) -> None:
    await run_sql(url, "CREATE TABLE phrasings (something_else INTEGER)")
    with pytest.raises(StorageError, check=tells("not expected")):
        await open_store(url)
    await run_sql(url, "DROP TABLE phrasings")
    await (await open_store(url)).close()


async def test_a_database_from_a_newer_version_is_refused_and_left_as_it_is(url: str) -> None:
    await (await open_store(url)).close()
    await run_sql(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, check=tells(r"newer version of Pullquote\. Update Pullquote")):
        await open_store(url)
    assert await run_sql(url, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_developer_makes_a_new_migration_with_one_command(tmp_path: Path) -> None:
    package = Path(knowledge.__file__).parent
    shutil.copytree(package, tmp_path / "knowledge", ignore=shutil.ignore_patterns("packs", "__pycache__"))
    tables = tmp_path / "knowledge" / "storage" / "tables.py"
    tables.write_text(
        tables.read_text().replace('Column("author_name"', 'Column("mood", Text),Column("author_name"')
    )
    subprocess.run(
        [sys.executable, "-m", "knowledge.storage.migrations", "Add a mood"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    [made] = (tmp_path / "knowledge" / "storage" / "migrations" / "versions").glob("*add_a_mood.py")
    number = int(migrating.revisions()[-1]) + 1
    assert made.name == f"v{number:04}_add_a_mood.py"
    assert "mood" in made.read_text()


async def open_at(url: str, revision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a database as an earlier version did."""
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_upgrade", lambda c: command.upgrade(configuration(c), revision))
        await (await open_store(url)).close()
    assert await run_sql(url, "SELECT version_num FROM alembic_version") == [(revision,)]


async def test_a_database_of_the_first_version_keeps_its_entries_and_begins_to_count_changes(
    url: str, full_entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_at(url, "0001", monkeypatch)
    await run_sql(url, THIRD_VERSION[2])
    store = await open_store(url)
    old = Entry("a", (), "Other.")
    assert (await store.owned(2)).entries == (old,)
    assert await store.version(2) == 0
    await save(store, 2, [full_entry])
    assert await store.version(2) == 1
    assert (await store.owned(2)).entries == (old, full_entry)
    await store.close()


async def test_a_database_without_a_history_keeps_all_that_servers_own_and_goes_on_counting(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_at(url, "0003", monkeypatch)
    for statement in THIRD_VERSION:
        await run_sql(url, statement)
    store = await open_store(url)
    mia = Author(7, "Mia")
    first = Entry(
        "a", ("first?", "second?"), "It is “so”.", (Citation("story", 3, 9, "it is.", "hash"),), author=mia
    )
    owned = await store.owned(1)
    assert owned.records == (
        replace(first, follow_ups=("b",)),
        Entry("b", (), kind=EntryKind.GAP),
        Alias("bdo", "Ballon d’Or", mia),  # noqa: RUF001
        Setting("strictness", "careful"),
    )
    assert (await store.owned(2)).records == (Entry("a", ("theirs?",), "Other."),)
    assert await store.history(1) == ()
    change = await keep(store, 1, Alias("new", "x"))
    assert change is not None
    assert change.number == 6
    await store.close()
