"""All servers' knowledge: the packs, shared, and what each server owns, loaded when first asked."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from knowledge.answering import Base, CompiledPacks, Models
from knowledge.encoding import Encoding
from knowledge.errors import IdTakenError, StorageError, UnknownAliasError, UnknownEntryError
from knowledge.model import Alias, Entry, Pack, Setting
from knowledge.settings import ServerSettings
from knowledge.storage.interface import Store

log = logging.getLogger(__name__)

LOADED = 1000
"""Servers whose entries are held in memory."""

FRESH_SECONDS = 1.0
"""How long a base is used before the database is asked whether another process changed the server's entries."""

PATIENCE_SECONDS = 0.5
"""How long a question waits for what another process changed; then it is answered from what was known before."""


@dataclass(frozen=True, slots=True)
class _Owned:
    """All that a server owns."""

    entries: tuple[Entry, ...] = ()
    aliases: tuple[Alias, ...] = ()
    settings: ServerSettings = ServerSettings()  # noqa: RUF009  it is frozen


@dataclass(slots=True)
class _Loaded:
    """A server's base, the version of what it was made of, and until when it need not be checked."""

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
        models: Models | None = None,
        loaded: int = LOADED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the packs that every server has on, and where entries are kept (None: nothing can be saved).

        `models` gives the sentence encoder for a language. The entries of `loaded` servers are held in memory; the
        one idle longest is let go. Raises `PacksClashError` where two packs have something of the same id.
        """
        self._compiled = CompiledPacks(packs, models)
        self._packs_alone = Base(self._compiled)
        self.store = store
        self._bases: OrderedDict[int, _Loaded] = OrderedDict()
        self._loaded = loaded
        self._clock = clock
        # A lock is there as long as someone holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._refreshing: dict[int, asyncio.Task[None]] = {}
        self._encoding = Encoding()

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
            await self._take_in(server, store, lambda owned: _with_entries(owned, entries))

    async def remove(self, server: int, entry_id: str) -> Entry:
        """Remove one of a server's own entries and return it as it was.

        Raises `UnknownEntryError` where the server has none of that id, `StorageError` when it cannot be removed.
        """
        store = self._writable()
        async with self._alone(server):
            removed = await store.remove(server, entry_id)
            await self._take_in(
                server,
                store,
                lambda owned: replace(owned, entries=tuple(e for e in owned.entries if e.id != entry_id)),
            )
        if removed is None:
            raise UnknownEntryError("That entry is not there any more.")
        return removed

    async def save_alias(self, server: int, alias: Alias) -> None:
        """Keep an alias, replacing what the same one meant before; it counts from the next question on.

        Raises `StorageError` when it cannot be kept.
        """
        store = self._writable()
        async with self._alone(server):
            await store.save_alias(server, alias)
            await self._take_in(server, store, lambda owned: _with_alias(owned, alias))

    async def remove_alias(self, server: int, alias: str) -> Alias:
        """Remove an alias, given as it is kept, and return it.

        Raises `UnknownAliasError` where the server has none such, `StorageError` when it cannot be removed.
        """
        store = self._writable()
        async with self._alone(server):
            removed = await store.remove_alias(server, alias)
            await self._take_in(server, store, lambda owned: _without_alias(owned, alias))
        if removed is None:
            raise UnknownAliasError(
                "There is no such alias here. The list of aliases shows those that there are."
            )
        return removed

    async def save_setting(self, server: int, setting: Setting) -> None:
        """Keep a setting; it counts from the next question on. Raises `StorageError` when it cannot be kept."""
        store = self._writable()
        async with self._alone(server):
            await store.save_setting(server, setting)
            await self._take_in(
                server, store, lambda owned: replace(owned, settings=owned.settings.changed(setting))
            )

    def start_encoding(self) -> None:
        """Have the packs encoded for a closer look, if there is an encoder, while questions are answered without it."""
        self._encoding.start(self._packs_alone)

    async def close(self) -> None:
        """Stop what goes on in the background, and close the store."""
        await self._encoding.close()
        await asyncio.gather(*self._refreshing.values(), return_exceptions=True)
        if self.store is not None:
            await self.store.close()

    def _writable(self) -> Store:
        if self.store is None:
            raise StorageError(
                "There is no database to keep that in: set PULLQUOTE_DATABASE_URL or give --database.",
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
        # Before all else: what is saved in between is then read again, and not missed.
        version = await store.version(server)
        if loaded is None or loaded.version != version:
            return await self._put(server, version, await _read_owned(server, store))
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

    async def _take_in(self, server: int, store: Store, change: Callable[[_Owned], _Owned]) -> None:
        """Bring a loaded base up to date with a change that is on disk already, and must not be reported as lost.

        What the server owns is read again only where another process changed something as well.
        """
        loaded = self._bases.get(server)
        if loaded is None:
            return
        base = loaded.base
        owned = change(_Owned(base.own, base.aliases, base.settings))
        version = loaded.version
        with suppress(StorageError):  # the version stays behind then, so that all is read again soon
            now = await store.version(server)
            if now != version + 1:
                owned = await _read_owned(server, store)
            version = now
        await self._put(server, version, owned)

    async def _put(self, server: int, version: int, owned: _Owned) -> _Loaded:
        """Make a base, and hold it when it is whole: until then questions are answered from the one before."""
        before = self._bases.get(server)
        fresh_until = self._clock() + FRESH_SECONDS
        base = self._packs_alone
        if owned != _Owned():
            base = await asyncio.to_thread(self._made, owned, before.base if before else None)
        loaded = self._bases[server] = _Loaded(base, version, fresh_until)
        self._encoding.start(base, is_wanted=lambda: self._bases.get(server) is loaded)
        self._bases.move_to_end(server)
        while len(self._bases) > self._loaded:
            self._bases.popitem(last=False)
        return loaded

    def _made(self, owned: _Owned, before: Base | None) -> Base:
        """Index a server's entries; of thousands that takes a while, during which the event loop has to go on."""
        if not owned.entries:
            self._packs_alone.warm()
            return self._packs_alone.ruled(owned.aliases, owned.settings)
        base = Base(self._compiled, owned.entries, before, aliases=owned.aliases, settings=owned.settings)
        base.warm()
        return base

    @asynccontextmanager
    async def _alone(self, server: int) -> AsyncIterator[None]:
        """Let one change of a server's entries happen at a time, so that none overtakes another."""
        lock = self._locks.setdefault(server, asyncio.Lock())
        async with lock:
            yield


async def _read_owned(server: int, store: Store) -> _Owned:
    """Read all that a server owns."""
    aliases, settings = await store.aliases(server), await store.settings(server)
    return _Owned(await store.entries(server), aliases, ServerSettings(settings))


def _with_entries(owned: _Owned, entries: Iterable[Entry]) -> _Owned:
    changed = {entry.id: entry for entry in (*owned.entries, *entries)}
    return replace(owned, entries=tuple(changed.values()))


def _with_alias(owned: _Owned, alias: Alias) -> _Owned:
    others = _without_alias(owned, alias.alias).aliases
    return replace(owned, aliases=tuple(sorted((*others, alias), key=lambda one: one.alias)))


def _without_alias(owned: _Owned, alias: str) -> _Owned:
    return replace(owned, aliases=tuple(one for one in owned.aliases if one.alias != alias))
