"""All servers' knowledge: the packs, shared, and what each server owns, loaded when first asked."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakValueDictionary

from knowledge.answering import Base, CompiledPacks, Models
from knowledge.answering.budgets import check_budgets
from knowledge.effect import Foresight
from knowledge.encoding import Encoding
from knowledge.errors import (
    ChangedSinceError,
    IdTakenError,
    StorageError,
    UnknownAliasError,
    UnknownChangeError,
    UnknownEntryError,
)
from knowledge.inbox.gathering import Gathering, forget_old, now_in_utc
from knowledge.model import Alias, AnswerSource, Author, Ended, Entry, Graded, Miss, OwnStory, Pack
from knowledge.owned import Change, Kind, Owned, Write, put, reverting
from knowledge.settings import MISSES_DAYS
from knowledge.storage.interface import Store
from knowledge.stories import build_story

log = logging.getLogger(__name__)

LOADED = 1000
"""Servers whose entries are held in memory."""

FRESH_SECONDS = 1.0
"""How long a base is used before the database is asked whether another process changed the server's entries."""

PATIENCE_SECONDS = 0.5
"""How long a question waits for what another process changed; then it is answered from what was known before."""


@dataclass(slots=True)
class _Loaded:
    """A server's base, what it was made of, the version of that, and until when it need not be checked."""

    base: Base
    owned: Owned
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
        self.packs = tuple(packs)
        """The packs that a server can have on."""
        self._models = models
        self._packs_alone = Base(CompiledPacks(packs, models))
        self._some_packs: dict[tuple[str, ...], Base] = {}
        self.store = store
        self._bases: OrderedDict[int, _Loaded] = OrderedDict()
        self._loaded = loaded
        self._clock = clock
        # A lock is there as long as someone holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._refreshing: dict[int, asyncio.Task[None]] = {}
        self._encoding = Encoding()
        self._gathering = Gathering(store.misses) if store is not None else None
        self.foresight = Foresight(self)
        """Tells what a change would do to the questions that a server knows."""
        self.listeners: list[Callable[[int, Change], None]] = []
        """Called with the server's id after each change that this process made."""

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

    async def owned(self, server: int) -> Owned:
        """Return what a server owns as it is now; raises `StorageError`."""
        return (await self._refresh(server, self.writable())).owned

    async def change(
        self,
        server: int,
        writes: Sequence[Write],
        by: Author | None = None,
        *,
        reverts: int | None = None,
        on_disk: Callable[[], None] | None = None,
    ) -> Change | None:
        """Make a change, all of it or nothing; when this returns it is on disk, and counts for the next question.

        None where all is so already. `reverts` is the number of the change that it takes back; `on_disk` is called once
        it is kept, before it counts: with thousands of entries that takes a while. Raises `IdTakenError`
        and `ChangedSinceError` where something else is there than a write tells, `BudgetError` where entries would
        quote more of a story than may be shown, and `StorageError` when it cannot be kept. After an error nothing has
        changed.
        """
        store = self.writable()
        async with self._alone(server):
            citing = [w.after for w in writes if isinstance(w.after, Entry) and w.after.citations]
            if citing:
                base = (await self._read(server, store)).base
                gone = {w.key for w in writes if w.kind is Kind.ENTRY and w.after is None}
                await asyncio.to_thread(check_budgets, base, citing, gone)
            try:
                change = await store.change(server, writes, by, reverts=reverts)
            except (IdTakenError, ChangedSinceError):
                with suppress(StorageError):
                    await self._read(server, store)  # `base` then has what is there already
                raise
            if change is not None:
                if on_disk is not None:
                    on_disk()
                await self._take_in(server, store, change)
        if change is not None:
            self.foresight.follow(server)
            if any(item.kind is Kind.SETTING and item.key == MISSES_DAYS for item in change.items):
                await self._forget_misses(server, store)
            for listener in self.listeners:
                listener(server, change)
        return change

    async def save(
        self, server: int, entries: Iterable[Entry], by: Author | None = None, *, new: bool = False
    ) -> Change | None:
        """Keep entries, replacing those of the same ids, as `change` does; `new`: instead of replacing any, raise."""
        return await self.change(server, [put(e, None) if new else put(e) for e in entries], by)

    async def remove(self, server: int, entry_id: str, by: Author | None = None) -> Entry:
        """Remove one of a server's own entries and return it as it was.

        Raises `UnknownEntryError` where the server has none of that id, and as `change` does.
        """
        change = await self.change(server, [Write(Kind.ENTRY, entry_id, None)], by)
        if change is None or not isinstance(entry := change.items[0].before, Entry):
            raise UnknownEntryError("That entry is not there any more.")
        return entry

    async def remove_alias(self, server: int, alias: str, by: Author | None = None) -> Alias:
        """Remove an alias, given as it is kept, and return it.

        Raises `UnknownAliasError` where the server has none such, and as `change` does.
        """
        change = await self.change(server, [Write(Kind.ALIAS, alias, None)], by)
        if change is None or not isinstance(removed := change.items[0].before, Alias):
            raise UnknownAliasError(
                "There is no such alias here. The list of aliases shows those that there are."
            )
        return removed

    async def revert(self, server: int, number: int, by: Author | None = None) -> Change | None:
        """Take a change back, which is a change itself; None where all is as it was already.

        Raises as `revertible` does, and `ChangedSinceError` where something of it was changed again since.
        """
        change = await self.revertible(server, number)
        return await self.change(server, reverting(change), by, reverts=number)

    async def revertible(self, server: int, number: int) -> Change:
        """Return a change that can be taken back unless something of it was changed again since, with all its items.

        Raises `UnknownChangeError` where the server has none of that number or it was about a story.
        """
        change = await self.writable().change_of(server, number)
        if change is None:
            raise UnknownChangeError(
                f"There is no change {number} here: /qa history shows those that there are."
            )
        stories = [item for item in change.items if item.kind is Kind.STORY]
        if any(item.before is not None for item in stories):
            raise UnknownChangeError(
                "The text of a story that was removed or replaced is not kept: bring it back with /story add, or with"
                " /story replace where there is another in its place."
            )
        if stories:
            raise UnknownChangeError("A story that was added is taken away with /story remove.")
        return change

    def note_miss(self, server: int, question: str, ended: Ended, source: AnswerSource | None = None) -> bool:
        """Keep a question as a miss, unless the server does not want that; tell whether it does.

        `Gathering.note` tells the rest.
        """
        loaded = self._bases.get(server)
        if self._gathering is None or loaded is None or not loaded.owned.settings.misses_days:
            return False
        self._gathering.note(server, question, ended, source)
        return True

    async def graded(self, server: int) -> tuple[Graded, ...]:
        """Return a server's graded questions."""
        return (await self.owned(server)).graded if self.store is not None else ()

    async def misses(self, server: int) -> tuple[Miss, ...]:
        """Return the misses that wait for a server's moderators, those of the last seconds too."""
        store = self.writable()
        if self._gathering is not None:
            await self._gathering.flush()
        return await store.misses.waiting(server)

    async def forget_old_misses(self) -> int:
        """Delete misses that are older than their server keeps them; return how many."""
        store = self.writable()

        async def days(server: int) -> int:
            return (await store.owned(server)).settings.misses_days

        return await forget_old(store.misses, days, now_in_utc())

    async def _forget_misses(self, server: int, store: Store) -> None:
        """Delete what a server keeps no longer by its new setting; what fails now is done with the next upkeep."""
        if self._gathering is not None:
            await self._gathering.flush()
        with suppress(StorageError):
            days = (await store.owned(server)).settings.misses_days
            await store.misses.forget(server, now_in_utc() - timedelta(days=days))

    def start_encoding(self) -> None:
        """Have the packs encoded for a closer look, if there is an encoder, while questions are answered without it."""
        self._encoding.start(self._packs_alone)

    async def close(self) -> None:
        """Stop what goes on in the background, and close the store."""
        await self._encoding.close()
        await asyncio.gather(*self._refreshing.values(), return_exceptions=True)
        await self.foresight.close()
        if self._gathering is not None:
            await self._gathering.close()
        if self.store is not None:
            await self.store.close()

    def writable(self) -> Store:
        """Return the store; raises `StorageError` where there is none."""
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
            return await self._put(server, version, await store.owned(server))
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

    async def _take_in(self, server: int, store: Store, change: Change) -> None:
        """Bring a loaded base up to date with a change that is on disk already, and must not be reported as lost.

        What the server owns is read again only where another process changed something as well.
        """
        loaded = self._bases.get(server)
        if loaded is None:
            return
        version, owned = loaded.version, loaded.owned.after(change.items)
        if change.number == version + 1:
            version += 1
        else:
            with suppress(StorageError):  # the version stays behind then, so that all is read again soon
                version = await store.version(server)
                owned = await store.owned(server)
        await self._put(server, version, owned)

    async def _put(self, server: int, version: int, owned: Owned) -> _Loaded:
        """Make a base, and hold it when it is whole: until then questions are answered from the one before."""
        before = self._bases.get(server)
        fresh_until = self._clock() + FRESH_SECONDS
        base = self._packs_alone
        if owned.records:
            base = await asyncio.to_thread(self._made, owned, before)
        loaded = self._bases[server] = _Loaded(base, owned, version, fresh_until)
        self._encoding.start(base, is_wanted=lambda: self._bases.get(server) is loaded)
        self._bases.move_to_end(server)
        while len(self._bases) > self._loaded:
            self._bases.popitem(last=False)
        return loaded

    def _made(self, owned: Owned, before: _Loaded | None) -> Base:
        """Index what a server owns; of thousands of entries that takes a while, while the event loop has to go on."""
        shared = self._with_packs(owned.settings.packs_off)
        packs = _with_stories(shared.compiled, owned.stories, before)
        if not (owned.entries or owned.hidden) and packs is shared.compiled:
            shared.warm()
            return shared.ruled(owned.aliases, owned.settings)
        known = before.base if before and before.base.compiled is packs else None
        base = Base(
            packs,
            owned.entries,
            known,
            aliases=owned.aliases,
            settings=owned.settings,
            hidden=owned.hidden,
        )
        base.warm()
        return base

    def _with_packs(self, off: frozenset[str]) -> Base:
        """Return what is answered from the packs but those that are off; one for all servers that have these on."""
        on = tuple(pack for pack in self.packs if pack.name not in off)
        if len(on) == len(self.packs):
            return self._packs_alone
        names = tuple(pack.name for pack in on)
        if names not in self._some_packs:
            self._some_packs[names] = Base(CompiledPacks(on, self._models))
        return self._some_packs[names]

    @asynccontextmanager
    async def _alone(self, server: int) -> AsyncIterator[None]:
        """Let one change of a server's entries happen at a time, so that none overtakes another."""
        lock = self._locks.setdefault(server, asyncio.Lock())
        async with lock:
            yield


def _with_stories(
    packs: CompiledPacks, stories: tuple[OwnStory, ...], before: _Loaded | None
) -> CompiledPacks:
    """Return packs with a server's own stories beside them, made anew only where these or the packs were changed."""
    if not stories:
        return packs
    if before is not None and before.owned.stories == stories and before.base.packs == packs.packs:
        return before.base.compiled
    return packs.with_stories(build_story(one.slug, one.text, one.language, one.source) for one in stories)
