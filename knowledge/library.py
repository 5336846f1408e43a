"""All servers' knowledge: the packs, shared, and each server's own entries, loaded when first asked."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from weakref import WeakValueDictionary

from knowledge.answering import Base, CompiledPacks
from knowledge.errors import IdTakenError, StorageError, UnknownEntryError
from knowledge.model import Entry, Pack
from knowledge.storage.interface import Store

log = logging.getLogger(__name__)

LOADED = 1000
"""Servers whose entries are held in memory."""

FRESH_SECONDS = 1.0
"""How long a base is used before the database is asked whether another process changed the server's entries."""

PATIENCE_SECONDS = 0.5
"""How long a question waits for what another process changed; then it is answered from what was known before."""


@dataclass(slots=True)
class _Loaded:
    """A server's base, the version of the entries that it was made of, and until when it need not be checked."""

    base: Base
    version: int
    fresh_until: float


class Library:
    """Gives each server its base and keeps what moderators save."""

    def __init__(
        self,
        packs: Sequence[Pack],
        store: Store | None = None,
        *,
        loaded: int = LOADED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the packs that every server has on, and where entries are kept (None: nothing can be saved).

        The entries of `loaded` servers are held in memory; the one idle longest is let go. Raises
        `PacksClashError` where two packs have something of the same id.
        """
        self._compiled = CompiledPacks(packs)
        self._packs_alone = Base(self._compiled)
        self.store = store
        self._bases: OrderedDict[int, _Loaded] = OrderedDict()
        self._loaded = loaded
        self._clock = clock
        # A lock is there as long as someone holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._refreshing: dict[int, asyncio.Task[None]] = {}

    def is_loaded(self, server: int | None) -> bool:
        """Return whether `base` has an answer at once, or in half a second at most; else it may take seconds."""
        return server is None or self.store is None or server in self._bases

    async def base(self, server: int | None, *, fresh: bool = False) -> Base:
        """Return what a server can be answered from; None (a direct message, the terminal): the packs alone.

        What another process saved is seen a second later, at once with `fresh`. Raises `StorageError` when the
        server's entries have to be read and cannot be. Once loaded they stay in use while the database is away.
        """
        if server is None or self.store is None:
            return self._packs_alone
        loaded = self._bases.get(server)
        if loaded is None or fresh:
            loaded = await self._refresh(server, self.store, fresh=fresh)
        elif loaded.fresh_until <= self._clock() and server not in self._refreshing:
            await self._refresh_patiently(server, self.store)
            loaded = self._bases.get(server, loaded)
        if server in self._bases:
            self._bases.move_to_end(server)
        return loaded.base

    async def save(self, server: int, entries: Sequence[Entry], *, new: bool = False) -> None:
        """Keep entries, all or none, replacing those of the same ids; when this returns they are on disk and found.

        `new`: raise `IdTakenError` instead of replacing any; `base` then has the entry that is there already. Raises
        `StorageError` when they cannot be kept. After an error nothing has changed.
        """
        store = self._writable()
        async with self._alone(server):
            try:
                await store.save(server, entries, new=new)
            except IdTakenError:
                with suppress(StorageError):
                    await self._read(server, store)
                raise
            await self._take_in(server, store, {entry.id: entry for entry in entries})

    async def remove(self, server: int, entry_id: str) -> Entry:
        """Remove one of a server's own entries and return it as it was.

        Raises `UnknownEntryError` where the server has none of that id, `StorageError` when it cannot be removed.
        """
        store = self._writable()
        async with self._alone(server):
            removed = await store.remove(server, entry_id)
            await self._take_in(server, store, {entry_id: None})
        if removed is None:
            raise UnknownEntryError("That entry is not there any more.")
        return removed

    async def close(self) -> None:
        """Close the store."""
        await asyncio.gather(*self._refreshing.values(), return_exceptions=True)
        if self.store is not None:
            await self.store.close()

    def _writable(self) -> Store:
        if self.store is None:
            raise StorageError(
                "There is no database to keep entries in: set PULLQUOTE_DATABASE_URL or give --database.",
                "I have no database to keep that in: please tell whoever runs me.",
            )
        return self.store

    async def _refresh(self, server: int, store: Store, *, fresh: bool = True) -> _Loaded:
        """Read a server's entries if they are not loaded or, for `fresh`, were changed since."""
        async with self._alone(server):
            loaded = self._bases.get(server)
            return await self._read(server, store) if loaded is None or fresh else loaded

    async def _read(self, server: int, store: Store) -> _Loaded:
        """Read a server's entries, if they are not loaded as they are now."""
        loaded = self._bases.get(server)
        # Before the entries: what is saved in between is then read again, and not missed.
        version = await store.version(server)
        if loaded is None or loaded.version != version:
            return await self._put(server, version, await store.entries(server))
        loaded.fresh_until = self._clock() + FRESH_SECONDS
        return loaded

    async def _refresh_patiently(self, server: int, store: Store) -> None:
        """Refresh a loaded base, in the background where that takes long."""
        task = asyncio.create_task(self._refresh_or_log(server, store))
        self._refreshing[server] = task
        task.add_done_callback(lambda _: self._refreshing.pop(server))
        await asyncio.wait({task}, timeout=PATIENCE_SECONDS)

    async def _refresh_or_log(self, server: int, store: Store) -> None:
        try:
            await self._refresh(server, store)
        except StorageError as error:
            log.warning("answering without looking for changes: %s", error.operator)

    async def _take_in(self, server: int, store: Store, changes: dict[str, Entry | None]) -> None:
        """Bring a loaded base up to date with a change that is on disk already, and must not be reported as lost.

        `changes` are what was saved or, as None, removed, by id. The entries are read again only where another
        process changed some as well.
        """
        loaded = self._bases.get(server)
        if loaded is None:
            return
        changed = {entry.id: entry for entry in loaded.base.own} | changes
        own: Sequence[Entry] = [entry for entry in changed.values() if entry is not None]
        version = loaded.version
        with suppress(StorageError):  # the version stays behind then, so that the entries are read again soon
            now = await store.version(server)
            if now != version + 1:
                own = await store.entries(server)
            version = now
        await self._put(server, version, own)

    async def _put(self, server: int, version: int, own: Sequence[Entry]) -> _Loaded:
        """Make a base, and hold it when it is whole: until then questions are answered from the one before."""
        before = self._bases.get(server)
        fresh_until = self._clock() + FRESH_SECONDS
        base = self._packs_alone
        if own:
            base = await asyncio.to_thread(self._made, own, before.base if before else None)
        loaded = self._bases[server] = _Loaded(base, version, fresh_until)
        self._bases.move_to_end(server)
        while len(self._bases) > self._loaded:
            self._bases.popitem(last=False)
        return loaded

    def _made(self, own: Sequence[Entry], before: Base | None) -> Base:
        """Index a server's entries; of thousands that takes a while, during which the event loop has to go on."""
        base = Base(self._compiled, own, before)
        base.warm()
        return base

    @asynccontextmanager
    async def _alone(self, server: int) -> AsyncIterator[None]:
        """Let one change of a server's entries happen at a time, so that none overtakes another."""
        lock = self._locks.setdefault(server, asyncio.Lock())
        async with lock:
            yield
