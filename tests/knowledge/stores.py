"""A store that can fail, and entries to be kept in it."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from knowledge.errors import StorageError
from knowledge.model import Alias, Entry, Setting
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


class Flaky:
    """A store in memory that fails when told to, and notes what it was asked for."""

    def __init__(self, *, slow: bool = False) -> None:
        self.kept: dict[int, dict[str, Entry]] = {}
        self.kept_aliases: dict[int, dict[str, Alias]] = {}
        self.kept_settings: dict[int, dict[str, Setting]] = {}
        self.versions: Counter[int] = Counter()
        self.fails: set[str] = set()
        self.reads: list[int] = []
        self.writing = 0
        self.most_writing = 0
        self._slow = slow

    async def entries(self, server: int) -> tuple[Entry, ...]:
        self._check("entries")
        self.reads.append(server)
        found = tuple(self.kept.get(server, {}).values())
        await self._wait()
        return found

    async def version(self, server: int) -> int:
        self._check("version")
        return self.versions[server]

    async def save(self, server: int, entries: Sequence[Entry], *, new: bool = False) -> None:
        assert not new
        self._check("save")
        self.writing += 1
        self.most_writing = max(self.most_writing, self.writing)
        await self._wait()
        self.kept.setdefault(server, {}).update({one.id: one for one in entries})
        self.versions[server] += 1
        self.writing -= 1

    async def remove(self, server: int, entry_id: str) -> Entry | None:
        self._check("remove")
        self.versions[server] += 1
        return self.kept.get(server, {}).pop(entry_id, None)

    async def aliases(self, server: int) -> tuple[Alias, ...]:
        self._check("aliases")
        return tuple(self.kept_aliases.get(server, {}).values())

    async def save_alias(self, server: int, alias: Alias) -> None:
        self._check("save_alias")
        self.kept_aliases.setdefault(server, {})[alias.alias] = alias
        self.versions[server] += 1

    async def remove_alias(self, server: int, alias: str) -> Alias | None:
        self._check("remove_alias")
        self.versions[server] += 1
        return self.kept_aliases.get(server, {}).pop(alias, None)

    async def settings(self, server: int) -> tuple[Setting, ...]:
        self._check("settings")
        return tuple(self.kept_settings.get(server, {}).values())

    async def save_setting(self, server: int, setting: Setting) -> None:
        self._check("save_setting")
        self.kept_settings.setdefault(server, {})[setting.key] = setting
        self.versions[server] += 1

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
