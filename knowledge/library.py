"""All servers' knowledge: the packs, shared, and each server's own entries, loaded when first asked."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from weakref import WeakValueDictionary

from knowledge.answering import Base, CompiledPacks
from knowledge.errors import StorageError, UnknownEntryError
from knowledge.model import Entry, Pack
from knowledge.storage.interface import Store

LOADED = 1000
"""Servers whose entries are held in memory."""


class Library:
    """Gives each server its base and keeps what moderators save."""

    def __init__(self, packs: Sequence[Pack], store: Store | None = None, *, loaded: int = LOADED) -> None:
        """Take the packs that every server has on, and where entries are kept (None: nothing can be saved).

        The entries of `loaded` servers are held in memory; the one idle longest is let go.
        """
        self._compiled = CompiledPacks(packs)
        self._packs_alone = Base(self._compiled)
        self.store = store
        self._bases: OrderedDict[int, Base] = OrderedDict()
        self._loaded = loaded
        # A lock is there as long as someone holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def base(self, server: int | None) -> Base:
        """Return what a server can be answered from; None (a direct message, the terminal): the packs alone.

        Raises `StorageError` when the server's entries cannot be read.
        """
        if server is None or self.store is None:
            return self._packs_alone
        if server not in self._bases:
            async with self._alone(server):
                if server not in self._bases:
                    await self._put(server, await self.store.entries(server))
        self._bases.move_to_end(server)
        return self._bases[server]

    async def save(self, server: int, entries: Sequence[Entry]) -> None:
        """Keep entries, all or none, replacing those of the same ids; when this returns they are on disk and found.

        Raises `StorageError` when they cannot be kept; then nothing has changed.
        """
        store = self._writable()
        async with self._alone(server):
            await store.save(server, entries)
            await self._reload(server, store)

    async def remove(self, server: int, entry_id: str) -> Entry:
        """Remove one of a server's own entries and return it as it was.

        Raises `UnknownEntryError` where the server has none of that id, `StorageError` when it cannot be removed.
        """
        store = self._writable()
        async with self._alone(server):
            removed = await store.remove(server, entry_id)
            if removed is None:
                raise UnknownEntryError("That entry is not there any more.")
            await self._reload(server, store)
        return removed

    async def close(self) -> None:
        """Close the store."""
        if self.store is not None:
            await self.store.close()

    def _writable(self) -> Store:
        if self.store is None:
            raise StorageError(
                "There is no database to keep entries in: set PULLQUOTE_DATABASE_URL or give --database."
            )
        return self.store

    async def _reload(self, server: int, store: Store) -> None:
        """Read a server's entries again after a change that is on disk already, and must not be reported as lost."""
        self._bases.pop(server, None)
        with suppress(StorageError):  # the next question tries again
            await self._put(server, await store.entries(server))

    async def _put(self, server: int, own: Sequence[Entry]) -> None:
        # Indexing thousands of phrasings takes a while: the event loop goes on meanwhile.
        self._bases[server] = await asyncio.to_thread(Base, self._compiled, own) if own else self._packs_alone
        self._bases.move_to_end(server)
        while len(self._bases) > self._loaded:
            self._bases.popitem(last=False)

    @asynccontextmanager
    async def _alone(self, server: int) -> AsyncIterator[None]:
        """Let one change of a server's entries happen at a time, so that none overtakes another."""
        lock = self._locks.setdefault(server, asyncio.Lock())
        async with lock:
            yield
