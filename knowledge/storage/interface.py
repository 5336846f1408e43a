"""The one narrow interface behind which everything is kept. Every call names the server; nothing crosses servers."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.model import Alias, Entry, Setting


class Store(Protocol):
    """Keeps what servers own. A call that writes returns only when the change is on disk.

    Every method raises `StorageError` when the database cannot be read or written.
    """

    async def entries(self, server: int) -> tuple[Entry, ...]:
        """Return a server's entries, in the order they were first saved."""

    async def version(self, server: int) -> int:
        """Return the number of changes to what a server owns so far, whoever made them; cheap."""

    async def save(self, server: int, entries: Sequence[Entry], *, new: bool = False) -> None:
        """Insert the entries, replacing those whose id the server has already; all of them or none.

        `new`: raise `IdTakenError` instead of replacing any.
        """

    async def remove(self, server: int, entry_id: str) -> Entry | None:
        """Remove an entry and return it as it was; None if the server has none of that id."""

    async def aliases(self, server: int) -> tuple[Alias, ...]:
        """Return a server's aliases, by the alphabet."""

    async def save_alias(self, server: int, alias: Alias) -> None:
        """Keep an alias, replacing what the same one meant before."""

    async def remove_alias(self, server: int, alias: str) -> Alias | None:
        """Remove an alias, given as it is kept, and return it; None if the server has none such."""

    async def settings(self, server: int) -> tuple[Setting, ...]:
        """Return what was ever set for a server, by the alphabet of the keys."""

    async def save_setting(self, server: int, setting: Setting) -> None:
        """Keep a setting, replacing its value before."""

    async def recall(self, key: str) -> str | None:
        """Return what `remember` last kept under the key: small state of the whole bot, of no server."""

    async def remember(self, key: str, value: str) -> None:
        """Keep a value under a key, replacing the one before."""

    async def close(self) -> None:
        """Give back every connection."""
