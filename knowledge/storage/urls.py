"""Reading the URL of a database."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from knowledge.errors import DatabaseUrlError
from knowledge.storage.backend import Backend

ACCEPTED = "sqlite:///file.db, sqlite:////folder/file.db or postgresql://user:password@host:port/name"

POSTGRESQL_OPTIONS = {"host", "port", "sslmode"}


def backend_at(url: str, *, create: bool = True) -> Backend:
    """Return the backend at a URL, not yet connected.

    Raises `DatabaseUrlError`, without the URL's password; without `create` for a SQLite file that is not there too.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Their messages may hold the URL, so that they are not even chained.
        raise DatabaseUrlError(f"The database URL cannot be read. Write it as {ACCEPTED}.") from None
    match parsed.drivername:
        case "sqlite":
            from knowledge.storage.sqlite import SQLite  # noqa: PLC0415 - only the driver that is used is imported

            return SQLite(_file(parsed, create=create))
        case "postgresql":
            from knowledge.storage.postgresql import PostgreSQL  # noqa: PLC0415 - the same

            if unknown := sorted(parsed.query.keys() - POSTGRESQL_OPTIONS):
                raise DatabaseUrlError(
                    f"The database URL has options that are not known ({', '.join(unknown)}). Behind the"
                    f" question mark it may have {', '.join(sorted(POSTGRESQL_OPTIONS))}."
                )
            return PostgreSQL(parsed)
        case _:
            raise DatabaseUrlError(
                f"The database URL names no database that is known. Write it as {ACCEPTED}."
            )


def _file(url: URL, *, create: bool) -> Path:
    if url.host or url.query or not url.database or ":memory:" in url.database:
        raise DatabaseUrlError(
            "The database URL names no SQLite file: it takes three slashes and the file, or four and the path"
            f" from the root, and nothing behind. Write it as {ACCEPTED}."
        )
    file = Path(url.database)
    if not create and not file.exists():
        raise DatabaseUrlError(
            f"There is no database {file}. Check the path; a new database is made by `pullquote run`,"
            " `pullquote import` and `pullquote alias add` alone."
        )
    return file
