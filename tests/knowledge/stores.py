"""A store that can fail, and entries to be kept in it."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from knowledge.errors import StorageError
from knowledge.model import Author, Miss
from knowledge.owned import Change, Item, Owned, Write, key_of, put
from knowledge.storage.interface import Misses
from knowledge.storage.records import items_of
from tests.knowledge.bases import AUTHOR, COST, entry

CANARY = "xyloquartz"
WIFI = entry("wifi", ("What is the wifi password?", "wifi key"), "Ask at the desk.", author=AUTHOR)
SECRET = entry(
    "secret", (f"Where is the {CANARY} hidden?",), f"The {CANARY} is in the cellar.", COST, author=AUTHOR
)


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class NoMisses:
    """Misses that are thrown away."""

    async def add(self, server: int, misses: Sequence[Miss]) -> None:
        """Keep nothing."""

    async def waiting(self, _server: int) -> tuple[Miss, ...]:
        return ()


class Flaky:
    """A store in memory that fails when told to, and notes what it was asked for."""

    def __init__(self, *, slow: bool = False) -> None:
        self.kept: dict[int, Owned] = {}
        self.changes: dict[int, list[Change]] = {}
        self.fails: set[str] = set()
        self.reads: list[int] = []
        self.writing = 0
        self.most_writing = 0
        self._slow = slow

    @property
    def misses(self) -> Misses:
        return NoMisses()  # type: ignore[return-value]

    async def owned(self, server: int) -> Owned:
        self._check("owned")
        self.reads.append(server)
        found = self.kept.get(server, Owned())
        await self._wait()
        return found

    async def version(self, server: int) -> int:
        self._check("version")
        return len(self.changes.get(server, []))

    async def change(
        self, server: int, writes: Sequence[Write], by: Author | None = None, *, reverts: int | None = None
    ) -> Change | None:
        self._check("change")
        self.writing += 1
        self.most_writing = max(self.most_writing, self.writing)
        await self._wait()
        owned, made = self.kept.get(server, Owned()), self.changes.setdefault(server, [])
        there = {(write.kind, key_of(one)): one for write in map(put, owned.records) if (one := write.after)}
        items = tuple(items_of(writes, there))
        self.kept[server] = owned.after(items)
        self.writing -= 1
        if not items:
            return None
        made.append(Change(len(made) + 1, datetime.now(UTC), by, items, len(items), reverts))
        return made[-1]

    async def history(self, server: int, **_which: object) -> tuple[Change, ...]:
        return tuple(reversed(self.changes.get(server, [])))

    async def change_of(self, server: int, number: int) -> Change | None:
        return next((one for one in self.changes.get(server, []) if one.number == number), None)

    async def removed(self, server: int, limit: int = 0) -> tuple[Item, ...]:
        raise NotImplementedError

    async def recall(self, key: str) -> str | None:
        raise NotImplementedError

    async def remember(self, key: str, value: str) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        self._check("close")

    def _check(self, call: str) -> None:
        if call in self.fails:
            raise StorageError("The database is away: try again later.")

    async def _wait(self) -> None:
        if self._slow:
            for _ in range(3):
                await asyncio.sleep(0)
