"""Databases are brought up to date when they are opened, once, and never by an older version."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import knowledge
from knowledge.errors import StorageError
from knowledge.model import Alias, Entry, Setting
from knowledge.storage import migrating, open_store
from knowledge.storage.migrations import configuration
from knowledge.storage.tables import METADATA
from knowledge.storage.urls import backend_at

from .databases import run_sql, start_python, tells

OPEN = """
import asyncio, sys
from knowledge.storage import open_store
import knowledge.storage.database
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(open_store(sys.argv[1]))
print("alembic" in sys.modules, flush=True)
"""

FIRST_VERSION = """
INSERT INTO entries (server_id, id, position, kind, answer, created_at, updated_at)
VALUES (1, 'old', 0, 'entry', 'Kept.', '2025-11-01 12:00:00.000000', '2025-11-01 12:00:00.000000')
"""


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


async def test_a_database_of_the_first_version_keeps_its_entries_and_begins_to_count_changes(
    url: str, full_entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_upgrade", lambda c: command.upgrade(configuration(c), "0001"))
        await (await open_store(url)).close()
    assert await run_sql(url, "SELECT version_num FROM alembic_version") == [("0001",)]
    await run_sql(url, FIRST_VERSION)
    store = await open_store(url)
    assert await store.entries(1) == (Entry("old", (), "Kept."),)
    assert await store.version(1) == 0
    await store.save(1, [full_entry])
    assert await store.version(1) == 1
    assert await store.entries(1) == (Entry("old", (), "Kept."), full_entry)
    await store.close()


async def test_a_database_of_the_second_version_keeps_its_entries_and_gets_aliases_and_settings(
    url: str, full_entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_upgrade", lambda c: command.upgrade(configuration(c), "0002"))
        store = await open_store(url)
        await store.save(1, [full_entry])
        await store.close()
    store = await open_store(url)
    assert await store.entries(1) == (full_entry,)
    assert (await store.aliases(1), await store.settings(1)) == ((), ())
    await store.save_alias(1, Alias("bdo", "Ballon d'Or"))
    await store.save_setting(1, Setting("strictness", "careful"))
    assert await store.version(1) == 3
    await store.close()
