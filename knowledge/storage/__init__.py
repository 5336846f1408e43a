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


async def open_store(url: str) -> Store:
    """Open the database at a URL, made or brought up to date where needed; the caller closes the store.

    `sqlite:///file.db` (relative to the working folder), `sqlite:////folder/file.db` (from the root; missing
    folders are made) and `postgresql://user:password@host:port/name` are understood. Raises `StorageError`,
    without the password, for any other URL and for a database that cannot be used.
    """
    # SQLAlchemy takes 0.2 s or more to import: who keeps nothing need not wait for it.
    from knowledge.storage.database import open_database  # noqa: PLC0415

    return await open_database(url)
