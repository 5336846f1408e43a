"""The one narrow interface behind which everything is kept. Every call names the server; nothing crosses servers."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.model import Entry


class Store(Protocol):
    """Keeps what servers own. A call that writes returns only when the change is on disk.

    Every method raises `StorageError` when the database cannot be read or written.
    """

    async def entries(self, server: int) -> tuple[Entry, ...]:
        """Return a server's entries, in the order they were first saved."""

    async def version(self, server: int) -> int:
        """Return the number of changes to a server's entries so far, whoever made them; cheap."""

    async def save(self, server: int, entries: Sequence[Entry], *, new: bool = False) -> None:
        """Insert the entries, replacing those whose id the server has already; all of them or none.

        `new`: raise `IdTakenError` instead of replacing any.
        """

    async def remove(self, server: int, entry_id: str) -> Entry | None:
        """Remove an entry and return it as it was; None if the server has none of that id."""

    async def recall(self, key: str) -> str | None:
        """Return what `remember` last kept under the key: small state of the whole bot, of no server."""

    async def remember(self, key: str, value: str) -> None:
        """Keep a value under a key, replacing the one before."""

    async def close(self) -> None:
        """Give back every connection."""
