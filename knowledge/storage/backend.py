"""What the two databases do each in their own way."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

BUSY = "is busy. Try again in a moment."
"""What both databases say to whom they had no time for."""


class Backend(Protocol):
    """A database that a store is kept in."""

    @property
    def engine(self) -> AsyncEngine:
        """The connections."""

    @property
    def place(self) -> str:
        """Where the database is, for the operator's eyes; without the user and the password."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What the driver raises when the database cannot be used."""

    def explain(self, failure: BaseException) -> str:
        """Return what is wrong and how to mend it, to follow "The database" and its place."""

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Begin a transaction whose queries all see the same state."""

    def writing(self, server: int | None) -> AbstractAsyncContextManager[AsyncConnection]:
        """Begin a transaction that is the only one to write what the server owns (None: what no server owns).

        It is on disk when the context is left, or, after an exception, it never was.
        """

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Return an INSERT that knows ON CONFLICT."""
