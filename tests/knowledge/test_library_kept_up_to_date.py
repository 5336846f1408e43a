"""What other processes save, and what happens while a base is made or the database is away."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.answering import Base
from knowledge.errors import IdTakenError
from knowledge.library import FRESH_SECONDS, Library
from knowledge.owned import put
from knowledge.storage import Store, open_store
from tests.knowledge.bases import AUTHOR, PACK, ask, entry
from tests.knowledge.stores import SECRET, WIFI, Clock, Flaky


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'kept.db'}")
    yield opened
    await opened.close()


class Twins:
    """The libraries of two processes on one database."""

    def __init__(self, store: Store) -> None:
        self.clock = Clock()
        self.bot = Library([PACK], store, clock=self.clock)
        self.importing = Library([PACK], store, clock=self.clock)


@pytest.fixture
def twins(store: Store) -> Twins:
    return Twins(store)


async def test_what_another_process_saves_and_removes_is_seen_a_second_later(twins: Twins) -> None:
    for server in (1, 2):
        await twins.bot.base(server)
    await twins.importing.save(1, [WIFI])
    twins.clock.now += FRESH_SECONDS
    assert ask(await twins.bot.base(1), "wifi key").source.id == "wifi"
    assert (await twins.bot.base(2)).own == ()
    await twins.importing.remove(1, "wifi")
    twins.clock.now += FRESH_SECONDS
    assert (await twins.bot.base(1)).own == ()


async def test_a_moderator_sees_what_another_process_saved_at_once(twins: Twins) -> None:
    await twins.bot.base(1)
    await twins.importing.save(1, [WIFI])
    assert (await twins.bot.base(1)).own == ()
    assert (await twins.bot.base(1, fresh=True)).own == (WIFI,)


async def test_a_change_by_two_processes_loses_nothing_of_either(twins: Twins) -> None:
    await twins.bot.base(1)
    await twins.importing.save(1, [WIFI])
    await twins.bot.save(1, [SECRET])
    assert (await twins.bot.base(1)).own == (WIFI, SECRET)


async def test_a_new_entry_does_not_overwrite_one_that_another_process_saved(twins: Twins) -> None:
    await twins.bot.base(1)
    await twins.importing.save(1, [WIFI])
    mine = entry("wifi", ("Is there wifi?",), "Mine.", author=AUTHOR)
    with pytest.raises(IdTakenError):
        await twins.bot.save(1, [mine], new=True)
    assert (await twins.bot.base(1)).own == (WIFI,)  # so that the next id can be chosen


async def test_a_base_that_is_fresh_or_unchanged_is_not_read_again() -> None:
    store, clock = Flaky(), Clock()
    library = Library([PACK], store, clock=clock)
    await library.save(1, [WIFI])
    base = await library.base(1)
    store.fails = {"version"}
    assert await library.base(1) is base  # not even the version is
    store.fails = set()
    clock.now += FRESH_SECONDS
    assert await library.base(1) is base
    assert store.reads == [1]


async def test_a_save_of_a_loaded_server_reads_nothing_back() -> None:
    store = Flaky()
    library = Library([PACK], store)
    await library.base(1)
    store.reads.clear()
    await library.save(1, [WIFI, SECRET])
    await library.save(1, [entry("wifi", ("Wifi?",), "None.", author=AUTHOR)])
    await library.remove(1, "secret")
    assert [one.answer for one in (await library.base(1)).own] == ["None."]
    assert store.reads == []


@pytest.mark.parametrize("call", ["version", "owned"])
async def test_a_loaded_server_is_answered_while_its_database_is_away(
    call: str, caplog: pytest.LogCaptureFixture
) -> None:
    store, clock = Flaky(), Clock()
    library = Library([PACK], store, clock=clock)
    await library.save(1, [WIFI])
    base = await library.base(1)
    await store.change(1, [put(SECRET)])
    store.fails = {call}
    clock.now += FRESH_SECONDS
    assert await library.base(1) is base
    assert "The database is away" in caplog.text
    store.fails = set()
    assert (await library.base(1)).own == (WIFI, SECRET)


async def test_a_change_on_disk_is_found_though_the_database_is_away_right_after() -> None:
    store = Flaky()
    library = Library([PACK], store)
    await library.base(1)
    store.fails = {"version", "owned"}
    await library.save(1, [WIFI])
    assert ask(await library.base(1), "wifi key").source.id == "wifi"


async def test_a_server_is_loaded_from_its_first_question_on() -> None:
    library = Library([PACK], Flaky())
    assert library.is_loaded(None)
    assert not library.is_loaded(1)
    await library.base(1)
    assert library.is_loaded(1)
    assert Library([PACK]).is_loaded(1)


async def test_questions_are_answered_from_the_old_base_until_the_new_one_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, clock = Flaky(), Clock()
    library = Library([PACK], store, clock=clock)
    await library.save(1, [WIFI])
    before = await library.base(1)
    indexing, may_end = threading.Event(), threading.Event()
    monkeypatch.setattr(Base, "warm", lambda _base: (indexing.set(), may_end.wait(20)))
    monkeypatch.setattr("knowledge.library.PATIENCE_SECONDS", 0.01)
    saving = asyncio.create_task(library.save(1, [SECRET]))
    await asyncio.to_thread(indexing.wait, 20)
    clock.now += FRESH_SECONDS
    assert library.is_loaded(1)
    assert await library.base(1) is before
    assert await library.base(1) is before  # one already waits for the news
    may_end.set()
    await saving
    assert (await library.base(1)).own == (WIFI, SECRET)
    await asyncio.sleep(0)


async def test_only_what_changed_is_folded_again() -> None:
    library = Library([PACK], Flaky())
    await library.save(1, [WIFI, SECRET])
    before = {group.source.id: group for group in (await library.base(1)).curated[-1].groups}
    changed = entry("wifi", ("wifi key",), "There is none.", author=AUTHOR)
    await library.save(1, [changed])
    after = {group.source.id: group for group in (await library.base(1)).curated[-1].groups}
    assert after["secret"] is before["secret"]
    assert after["wifi"].answer == "There is none."
