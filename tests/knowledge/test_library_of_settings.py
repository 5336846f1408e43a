"""Aliases and settings of a server count from the next question on, in every process, and for nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.answering.strictness import MEANINGS
from knowledge.errors import StorageError, UnknownAliasError
from knowledge.library import FRESH_SECONDS, Library
from knowledge.model import Alias, Author, Setting, Strictness
from knowledge.owned import put
from knowledge.settings import STRICTNESS
from knowledge.storage import Store, open_store
from tests.knowledge.bases import PACK, ask
from tests.knowledge.stores import WIFI, Clock, Flaky

MIA = Author(7, "Mia")
KEY = Alias("wk", "wifi key", MIA)
SANDE = Alias("rs", "Runa Sande", MIA)
CAREFUL = Setting(STRICTNESS, Strictness.CAREFUL.value, MIA)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'kept.db'}")
    yield opened
    await opened.close()


@pytest.fixture
def library(store: Store) -> Library:
    return Library([PACK], store)


async def test_an_alias_counts_from_the_next_question_on(library: Library) -> None:
    await library.save(1, [WIFI])
    assert ask(await library.base(1), "wk").source is None
    await library.change(1, [put(KEY)])
    base = await library.base(1)
    assert ask(base, "wk").source.id == "wifi"
    assert (base.aliases, base.own) == ((KEY,), (WIFI,))


async def test_an_alias_is_changed_by_saving_it_again_and_gone_when_it_is_removed(library: Library) -> None:
    await library.base(1)
    await library.change(1, [put(SANDE)])
    await library.change(1, [put(KEY)])
    other = Alias("wk", "wooden keel")
    await library.change(1, [put(other)])
    assert (await library.base(1)).aliases == (SANDE, other)
    assert await library.remove_alias(1, "wk") == other
    assert (await library.base(1)).aliases == (SANDE,)
    with pytest.raises(UnknownAliasError, match="no such alias"):
        await library.remove_alias(1, "wk")


async def test_a_setting_counts_from_the_next_question_on(library: Library) -> None:
    assert (await library.base(1)).settings.strictness is Strictness.BALANCED
    await library.change(1, [put(CAREFUL)])
    base = await library.base(1)
    assert base.sure == MEANINGS[Strictness.CAREFUL].sure
    assert base.settings.of(STRICTNESS) == CAREFUL


async def test_they_stay_when_entries_change_and_entries_stay_when_they_change(library: Library) -> None:
    await library.base(1)
    await library.change(1, [put(KEY)])
    await library.change(1, [put(CAREFUL)])
    await library.save(1, [WIFI])
    base = await library.base(1)
    assert (base.aliases, base.settings.kept, base.own) == ((KEY,), (CAREFUL,), (WIFI,))
    await library.remove(1, "wifi")
    await library.remove_alias(1, "wk")
    base = await library.base(1)
    assert (base.aliases, base.settings.kept, base.own) == ((), (CAREFUL,), ())


async def test_they_are_there_after_the_database_was_reopened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'again.db'}"
    for number in range(2):
        library = Library([PACK], await open_store(url))
        if number == 0:
            await library.change(1, [put(SANDE)])
            await library.change(1, [put(CAREFUL)])
        base = await library.base(1)
        assert (base.aliases, base.settings.kept) == ((SANDE,), (CAREFUL,))
        await library.close()


async def test_no_other_server_and_no_direct_message_sees_them(library: Library) -> None:
    await library.base(2)
    await library.change(1, [put(SANDE)])
    await library.change(1, [put(CAREFUL)])
    plain = ask(await library.base(None), "What did RS say about books?")
    for server in (2, 3, None):
        base = await library.base(server)
        assert (base.aliases, base.settings.kept) == ((), ())
        assert base.settings.strictness is Strictness.BALANCED
        assert ask(base, "What did RS say about books?") == plain
    with pytest.raises(UnknownAliasError):
        await library.remove_alias(2, "rs")
    assert (await library.base(1)).aliases == (SANDE,)


async def test_what_another_process_sets_is_seen_a_second_later(store: Store) -> None:
    clock = Clock()
    bot, terminal = (Library([PACK], store, clock=clock) for _ in range(2))
    await bot.base(1)
    await terminal.change(1, [put(SANDE)])
    await terminal.change(1, [put(CAREFUL)])
    assert (await bot.base(1)).aliases == ()
    clock.now += FRESH_SECONDS
    base = await bot.base(1)
    assert (base.aliases, base.settings.strictness) == ((SANDE,), Strictness.CAREFUL)
    await terminal.remove_alias(1, "rs")
    clock.now += FRESH_SECONDS
    assert (await bot.base(1)).aliases == ()


async def test_a_change_by_two_processes_loses_nothing_of_either(store: Store) -> None:
    bot, terminal = (Library([PACK], store) for _ in range(2))
    await bot.base(1)
    await terminal.save(1, [WIFI])
    await terminal.change(1, [put(SANDE)])
    await bot.change(1, [put(KEY)])
    base = await bot.base(1)
    assert (base.own, base.aliases) == ((WIFI,), (SANDE, KEY))


async def test_a_change_of_a_loaded_server_reads_no_entries_back() -> None:
    store = Flaky()
    library = Library([PACK], store)
    await library.save(1, [WIFI])
    await library.base(1)
    store.reads.clear()
    await library.change(1, [put(KEY)])
    await library.change(1, [put(CAREFUL)])
    assert ask(await library.base(1), "wk").source.id == "wifi"
    assert store.reads == []


async def test_after_an_error_nothing_has_changed() -> None:
    store = Flaky()
    library = Library([PACK], store)
    await library.change(1, [put(SANDE)])
    base = await library.base(1)
    store.fails = {"change"}
    for change in (library.change(1, [put(KEY), put(CAREFUL)]), library.remove_alias(1, "rs")):
        with pytest.raises(StorageError):
            await change
    assert await library.base(1) is base


async def test_without_a_database_nothing_can_be_set() -> None:
    library = Library([PACK])
    with pytest.raises(StorageError, match="no database") as caught:
        await library.change(1, [put(CAREFUL)])
    assert "PULLQUOTE_DATABASE_URL" in caught.value.operator


async def test_servers_with_settings_alone_share_what_was_made_of_the_packs(library: Library) -> None:
    for server in (1, 2):
        await library.change(server, [put(CAREFUL)])
    one, two = [await library.base(server) for server in (1, 2)]
    assert one.curated is two.curated
    assert one.suggest("") == two.suggest("")
    assert one.__dict__["_folded_questions"] is two.__dict__["_folded_questions"]
