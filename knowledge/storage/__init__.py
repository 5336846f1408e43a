"""Keeping what servers own, in SQLite or PostgreSQL, behind the one narrow interface of `interface.Store`.

Importing this package costs next to nothing; a database is only paid for where one is opened.
"""

import platformdirs

from knowledge.storage.interface import Store

__all__ = ["Store", "default_url", "open_store"]


def default_url() -> str:
    """Return the URL of the SQLite file that is used where no other database is named."""
    folder = platformdirs.user_data_path("pullquote", appauthor=False)
    return f"sqlite:///{(folder / 'pullquote.db').as_posix()}"


async def open_store(url: str, *, create: bool = True) -> Store:
    """Open the database at a URL and bring its tables up to date; the caller closes the store.

    A SQLite file that is not there is made, with the folders above it; without `create` it is refused. A PostgreSQL
    database must be there already; its tables are made.

    `sqlite:///file.db` (relative to the working folder), `sqlite:////folder/file.db` (from the root) and
    `postgresql://user:password@host:port/name` are understood. Raises `StorageError`, without the password, for a
    database that cannot be used, and its kind `DatabaseUrlError` for any other URL.
    """
    # SQLAlchemy takes 0.2 s or more to import: who keeps nothing need not wait for it.
    from knowledge.storage.database import open_database  # noqa: PLC0415

    return await open_database(url, create=create)
