"""What opening a store imports: the rest of the program starts without waiting for what it does not use."""

import subprocess
import sys

HEAVY = ("sqlalchemy", "alembic", "aiosqlite", "asyncpg")

PROBE = """
import asyncio, sys
from knowledge.storage import default_url, open_store
async def main(url):
    await (await open_store(url)).close()
if len(sys.argv) > 1:
    asyncio.run(main(sys.argv[1]))
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split()).intersection(HEAVY)


def test_the_package_alone_imports_no_database_library() -> None:
    assert imported() == set()


def test_alembic_is_imported_only_where_there_is_something_to_migrate(sqlite_url: str) -> None:
    assert imported(sqlite_url) == {"sqlalchemy", "aiosqlite", "alembic"}
    assert imported(sqlite_url) == {"sqlalchemy", "aiosqlite"}


def test_the_driver_of_postgresql_is_imported_only_for_postgresql(postgresql_url: str) -> None:
    imported(postgresql_url)
    assert imported(postgresql_url) == {"sqlalchemy", "asyncpg"}
