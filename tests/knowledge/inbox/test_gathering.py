"""Misses are written together, a little later, and survive a database that is away for a while."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.errors import StorageError
from knowledge.inbox import gathering
from knowledge.inbox.gathering import Gathering, forget_old
from knowledge.model import Ended, Miss
from knowledge.storage import Store, open_store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Time:
    """Time that passes a minute with every look at it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'kept.db'}")
    yield opened
    await opened.close()


async def test_misses_are_written_after_a_while_each_once_with_how_often(store: Store) -> None:
    gathered = Gathering(store.misses, seconds=0.01, now=Time())
    for question in ("How tall is she?", "And her dog?", "How tall is she?"):
        gathered.note(1, question, Ended.UNKNOWN)
    gathered.note(2, "Elsewhere?", Ended.CLOSEST)
    assert await store.misses.waiting(1) == ()
    await asyncio.sleep(0.2)
    await gathered.close()
    tall, dog = await store.misses.waiting(1)
    assert tall == Miss(
        "How tall is she?", Ended.UNKNOWN, 2, NOON + timedelta(minutes=1), NOON + timedelta(minutes=3)
    )
    assert dog.times == 1
    assert [miss.question for miss in await store.misses.waiting(2)] == ["Elsewhere?"]


async def test_closing_writes_what_is_left(store: Store) -> None:
    gathered = Gathering(store.misses, seconds=60)
    gathered.note(1, "How tall is she?", Ended.UNKNOWN)
    await gathered.close()
    assert len(await store.misses.waiting(1)) == 1


async def test_a_question_is_cut_to_what_is_looked_at(store: Store) -> None:
    gathered = Gathering(store.misses, seconds=60)
    gathered.note(1, "x" * 5000, Ended.UNKNOWN)
    await gathered.close()
    [miss] = await store.misses.waiting(1)
    assert miss.question == "x" * 300


class Away:
    """Misses whose database is away for so many calls; the call that works takes a turn of the event loop."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.added: list[Miss] = []

    async def add(self, _server: int, misses: Sequence[Miss]) -> None:
        if self.failures:
            self.failures -= 1
            raise StorageError("The database is away: try again later.")
        await asyncio.sleep(0)
        self.added += misses


async def test_misses_wait_for_a_database_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    away = Away(1)
    gathered = Gathering(away, seconds=60)  # type: ignore[arg-type]
    gathered.note(1, "How tall is she?", Ended.UNKNOWN)
    await gathered.flush()
    assert away.added == []
    assert "The database is away" in caplog.text
    await gathered.close()
    assert [miss.question for miss in away.added] == ["How tall is she?"]


async def test_what_is_asked_again_while_it_is_written_is_counted_too() -> None:
    away = Away(0)
    gathered = Gathering(away, seconds=60)  # type: ignore[arg-type]
    gathered.note(1, "How tall is she?", Ended.UNKNOWN)
    writing = asyncio.create_task(gathered.flush())
    await asyncio.sleep(0)
    gathered.note(1, "How tall is she?", Ended.UNKNOWN)
    await writing
    await gathered.close()
    assert [miss.times for miss in away.added] == [1, 1]


async def test_what_is_written_twice_at_once_is_counted_once() -> None:
    away = Away(0)
    gathered = Gathering(away, seconds=60)  # type: ignore[arg-type]
    gathered.note(1, "How tall is she?", Ended.UNKNOWN)
    await asyncio.gather(gathered.flush(), gathered.flush())
    assert [miss.times for miss in away.added] == [1]


async def test_only_so_many_are_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 3)
    away = Away(0)
    gathered = Gathering(away, seconds=60)  # type: ignore[arg-type]
    for number in range(10):
        gathered.note(1, f"Question {number}?", Ended.UNKNOWN)
    gathered.note(1, "Question 0?", Ended.UNKNOWN)
    await gathered.close()
    assert [(miss.question, miss.times) for miss in away.added] == [
        ("Question 0?", 2),
        ("Question 1?", 1),
        ("Question 2?", 1),
    ]


async def test_what_is_older_than_a_server_keeps_is_deleted(store: Store) -> None:
    for server in (1, 2):
        for age in (5, 20):
            at = NOON - timedelta(days=age)
            await store.misses.add(server, [Miss(f"Asked {age} days ago?", Ended.UNKNOWN, 1, at, at)])

    async def days(server: int) -> int:
        return {1: 7, 2: 30}[server]

    assert await forget_old(store.misses, days, NOON) == 1
    assert [miss.question for miss in await store.misses.waiting(1)] == ["Asked 5 days ago?"]
    assert len(await store.misses.waiting(2)) == 2
