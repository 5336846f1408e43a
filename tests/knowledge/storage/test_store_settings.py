"""How a store keeps aliases and settings, whichever the database."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from knowledge.errors import StorageError
from knowledge.model import Alias, Author, Entry, Setting
from knowledge.storage import Store, open_store

from .databases import keep, remove_alias, save

SERVER = 1_100_000_000_000_000_001
OTHER = 1_100_000_000_000_000_002
MIA = Author(2**63 - 1, "Mödératör")
BDO = Alias("bdo", "Ballon d’Or 🏆", MIA)  # noqa: RUF001 - as phones write
CAREFUL = Setting("strictness", "careful", MIA)


async def test_a_server_has_none_at_first(store: Store) -> None:
    assert (await store.owned(SERVER)).aliases == ()
    assert (await store.owned(SERVER)).settings.kept == ()


async def test_what_was_saved_comes_back_equal_with_and_without_an_author(store: Store) -> None:
    plain = Alias("åh", "Ada Hegerberg")
    for alias in (plain, BDO):
        await keep(store, SERVER, alias)
    for setting in (CAREFUL, Setting("about", "")):
        await keep(store, SERVER, setting)
    assert (await store.owned(SERVER)).aliases == (BDO, plain)
    assert (await store.owned(SERVER)).settings.kept == (CAREFUL, Setting("about", ""))


async def test_saving_again_replaces_the_value_and_the_author(store: Store) -> None:
    await keep(store, SERVER, BDO, CAREFUL)
    await keep(store, SERVER, Alias("bdo", "Big Day Out"))
    await keep(store, SERVER, Setting("strictness", "eager", Author(1, "Max")))
    assert (await store.owned(SERVER)).aliases == (Alias("bdo", "Big Day Out"),)
    assert (await store.owned(SERVER)).settings.kept == (Setting("strictness", "eager", Author(1, "Max")),)


async def test_a_removed_alias_is_returned_and_gone(store: Store) -> None:
    other = Alias("other", "x")
    for alias in (BDO, other):
        await keep(store, SERVER, alias)
    assert await remove_alias(store, SERVER, "bdo") == BDO
    assert (await store.owned(SERVER)).aliases == (other,)


@pytest.mark.parametrize("unknown", ["", "BDO", "%", "nul\0", "\ud800"])
async def test_removing_an_alias_that_is_not_there_returns_none(store: Store, unknown: str) -> None:
    await keep(store, SERVER, BDO)
    assert await remove_alias(store, SERVER, unknown) is None
    assert (await store.owned(SERVER)).aliases == (BDO,)


async def test_two_servers_never_see_each_others(store: Store) -> None:
    await keep(store, SERVER, BDO)
    await keep(store, SERVER, CAREFUL)
    assert ((await store.owned(OTHER)).aliases, (await store.owned(OTHER)).settings.kept) == ((), ())
    assert await remove_alias(store, OTHER, "bdo") is None
    await keep(store, OTHER, Alias("bdo", "Big Day Out"))
    await keep(store, OTHER, Setting("strictness", "eager"))
    assert ((await store.owned(SERVER)).aliases, (await store.owned(SERVER)).settings.kept) == (
        (BDO,),
        (CAREFUL,),
    )


async def test_every_change_is_counted_as_one_of_the_servers(store: Store) -> None:
    changes: list[Callable[[], Awaitable[object]]] = [
        lambda: keep(store, SERVER, BDO),
        lambda: save(store, SERVER, [Entry("a", ("A?",), "x")]),
        lambda: keep(store, SERVER, CAREFUL),
        lambda: remove_alias(store, SERVER, "bdo"),
    ]
    for number, change in enumerate(changes, start=1):
        await change()
        assert await store.version(SERVER) == number
    assert await store.version(OTHER) == 0


@pytest.mark.parametrize("text", ["NUL \0", "half \ud83d"])
async def test_a_text_that_no_database_keeps_is_refused_in_a_sentence(store: Store, text: str) -> None:
    author = Author(1, text)
    for alias in (Alias(text, "x"), Alias("x", text), Alias("x", "x", author)):
        with pytest.raises(StorageError, match="NUL character or half of a surrogate pair"):
            await keep(store, SERVER, alias)
    for setting in (Setting(text, "x"), Setting("x", text), Setting("x", "x", author)):
        with pytest.raises(StorageError, match="NUL character or half of a surrogate pair"):
            await keep(store, SERVER, setting)
    assert ((await store.owned(SERVER)).aliases, (await store.owned(SERVER)).settings.kept) == ((), ())
    assert await store.version(SERVER) == 0


async def test_of_two_processes_that_set_the_same_at_once_one_is_last(url: str) -> None:
    stores = [await open_store(url) for _ in range(2)]
    values = ("careful", "eager")
    await asyncio.gather(
        *(keep(one, SERVER, Setting("strictness", v)) for one, v in zip(stores, values, strict=True))
    )
    [kept] = (await stores[0].owned(SERVER)).settings.kept
    assert kept.value in values
    assert await stores[1].version(SERVER) == 2
    for one in stores:
        await one.close()


async def test_everything_is_there_after_reopening(url: str) -> None:
    first = await open_store(url)
    await keep(first, SERVER, BDO)
    await keep(first, SERVER, CAREFUL)
    await first.close()
    second = await open_store(url)
    assert ((await second.owned(SERVER)).aliases, (await second.owned(SERVER)).settings.kept) == (
        (BDO,),
        (CAREFUL,),
    )
    await second.close()


async def test_a_cancelled_change_still_ends(url: str) -> None:
    store = await open_store(url)
    saving = asyncio.create_task(keep(store, SERVER, CAREFUL))
    await asyncio.sleep(0)
    saving.cancel()
    await store.close()
    again = await open_store(url)
    assert (await again.owned(SERVER)).settings.kept == (CAREFUL,)
    await again.close()
