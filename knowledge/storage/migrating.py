"""Bringing a database up to date when it is opened, by one process while the others wait."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from knowledge.errors import StorageError
from knowledge.storage.backend import Backend

MIGRATIONS = Path(__file__).parent / "migrations"


def revisions() -> list[str]:
    """Return the revisions that this version knows, oldest first.

    Read off the names of the files (`v0001_...py`): importing Alembic would take 0.1 s at every start.
    """
    return sorted(file.name[1:5] for file in MIGRATIONS.glob("versions/v*.py"))


async def migrate(backend: Backend) -> None:
    """Apply the migrations that the database lacks. Raises `StorageError` when it is newer than this."""
    async with backend.reading() as connection:
        current = await connection.run_sync(_is_current)
    if not current:
        async with backend.writing(None) as connection:
            # Whoever had to wait for another process finds the work done.
            if not await connection.run_sync(_is_current):
                await connection.run_sync(_upgrade)


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    stored = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    known = revisions()
    if stored is not None and stored not in known:
        raise StorageError(
            "The database was written by a newer version of Pullquote. Update Pullquote, or name another"
            " database."
        )
    return stored == known[-1]


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - 0.1 s, only where it is needed

    from knowledge.storage.migrations import configuration  # noqa: PLC0415 - the same

    command.upgrade(configuration(connection), "head")
