"""What a store does, whichever the database."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import event

from knowledge.errors import IdTakenError, StorageError
from knowledge.model import Author, Citation, Entry, EntryKind
from knowledge.storage import Store, open_store
from knowledge.storage.database import CHUNK, DatabaseStore
from knowledge.storage.migrating import migrate
from knowledge.storage.urls import backend_at

from .databases import run_sql, tells

SERVER = 1_100_000_000_000_000_001
OTHER = 1_100_000_000_000_000_002


def entries_named(*ids: str, answer: str = "Yes.") -> list[Entry]:
    return [Entry(id=name, phrasings=(f"Is it {name}?",), answer=answer) for name in ids]


async def test_a_server_has_no_entries_at_first(store: Store) -> None:
    assert await store.entries(SERVER) == ()


async def test_what_was_saved_comes_back_equal(store: Store, full_entry: Entry) -> None:
    await store.save(SERVER, [full_entry])
    assert await store.entries(SERVER) == (full_entry,)


async def test_an_entry_of_little_comes_back_equal(store: Store) -> None:
    gap = Entry(id="height", phrasings=("How tall is she?",), kind=EntryKind.GAP)
    await store.save(SERVER, [gap])
    assert await store.entries(SERVER) == (gap,)


async def test_the_lists_of_an_entry_keep_their_order_and_their_doubles(store: Store) -> None:
    citation = Citation("story", 1, 2, "x", "hash")
    entry = Entry("e", ("b", "a", "b", "c"), "x", (citation, citation), follow_ups=("z", "y", "z"))
    await store.save(SERVER, [entry])
    assert await store.entries(SERVER) == (entry,)


async def test_entries_come_in_the_order_they_were_first_saved(store: Store) -> None:
    await store.save(SERVER, entries_named("m", "z"))
    await store.save(SERVER, entries_named("a"))
    await store.save(SERVER, entries_named("z", "k", answer="Changed."))
    assert [entry.id for entry in await store.entries(SERVER)] == ["m", "z", "a", "k"]


async def test_saving_an_id_again_replaces_all_of_the_entry(store: Store, full_entry: Entry) -> None:
    await store.save(SERVER, [full_entry])
    smaller = Entry(full_entry.id, ("Only this?",), kind=EntryKind.GAP)
    await store.save(SERVER, [smaller])
    assert await store.entries(SERVER) == (smaller,)


async def test_an_entry_saved_again_keeps_when_it_was_made(url: str, store: Store) -> None:
    query = "SELECT created_at, updated_at FROM entries"
    await store.save(SERVER, entries_named("a"))
    [(created, updated)] = await run_sql(url, query)
    assert created == updated
    await store.save(SERVER, entries_named("a"))
    [(created_then, updated_then)] = await run_sql(url, query)
    assert created_then == created
    assert updated_then > updated


async def test_of_entries_with_the_same_id_in_one_call_the_last_counts(store: Store) -> None:
    first, other, last = (*entries_named("a", "b"), *entries_named("a", answer="The last."))
    await store.save(SERVER, [first, other, last])
    assert await store.entries(SERVER) == (last, other)


async def test_what_is_meant_to_be_new_replaces_nothing(store: Store) -> None:
    await store.save(SERVER, entries_named("a"))
    with pytest.raises(IdTakenError) as taken:
        await store.save(SERVER, entries_named("b", "a", answer="Another."), new=True)
    assert taken.value.entry_id == "a"
    assert await store.entries(SERVER) == tuple(entries_named("a"))
    await store.save(OTHER, entries_named("a", answer="Of another server."), new=True)
    await store.save(SERVER, entries_named("b"), new=True)
    assert await store.entries(SERVER) == tuple(entries_named("a", "b"))


async def test_of_two_that_save_the_same_new_id_at_once_one_is_told(url: str) -> None:
    stores = [await open_store(url) for _ in range(2)]
    texts = ("The first.", "The second.")
    saved = await asyncio.gather(
        *(
            one.save(SERVER, entries_named("a", answer=text), new=True)
            for one, text in zip(stores, texts, strict=True)
        ),
        return_exceptions=True,
    )
    assert set(map(type, saved)) == {IdTakenError, type(None)}
    [kept] = await stores[0].entries(SERVER)
    assert kept.answer == texts[saved.index(None)]
    for one in stores:
        await one.close()


async def test_every_change_of_a_server_s_entries_is_counted_for_that_server(store: Store, url: str) -> None:
    assert await store.version(SERVER) == 0
    await store.save(SERVER, entries_named("a", "b"))
    assert await store.version(SERVER) == 1
    await store.remove(SERVER, "a")
    other_process = await open_store(url)
    assert await other_process.version(SERVER) == 2
    assert await other_process.version(OTHER) == 0
    await other_process.save(SERVER, entries_named("c"))
    assert await store.version(SERVER) == 3
    await other_process.close()


async def test_saving_nothing_changes_nothing(store: Store) -> None:
    await store.save(SERVER, entries_named("a"))
    await store.save(SERVER, [])
    assert len(await store.entries(SERVER)) == 1


async def test_more_entries_than_are_written_at_a_time_come_back_equal(
    store: Store, full_entry: Entry
) -> None:
    many = tuple(replace(full_entry, id=f"e{number}") for number in range(CHUNK + 1))
    await store.save(SERVER, many)
    assert await store.entries(SERVER) == many


async def test_remove_returns_the_entry_as_it_was(store: Store, full_entry: Entry) -> None:
    kept = replace(full_entry, id="kept")
    await store.save(SERVER, [full_entry, kept])
    assert await store.remove(SERVER, full_entry.id) == full_entry
    assert await store.entries(SERVER) == (kept,)


async def test_nothing_of_a_removed_entry_stays(url: str, store: Store, full_entry: Entry) -> None:
    await store.save(SERVER, [full_entry])
    await store.remove(SERVER, full_entry.id)
    query = """SELECT id FROM entries UNION ALL SELECT entry_id FROM phrasings
        UNION ALL SELECT entry_id FROM citations UNION ALL SELECT entry_id FROM follow_ups"""
    assert await run_sql(url, query) == []


async def test_a_removed_entry_that_is_saved_again_comes_last(store: Store) -> None:
    await store.save(SERVER, entries_named("a", "b"))
    removed = await store.remove(SERVER, "a")
    assert removed is not None
    await store.save(SERVER, [removed])
    assert [entry.id for entry in await store.entries(SERVER)] == ["b", "a"]


@pytest.mark.parametrize("unknown", ["b", "", "A", "%", "nul\0", "\ud800", "x" * 10_000])
async def test_remove_of_an_unknown_id_returns_none(store: Store, unknown: str) -> None:
    await store.save(SERVER, entries_named("a"))
    assert await store.remove(SERVER, unknown) is None
    assert len(await store.entries(SERVER)) == 1


async def test_two_servers_never_see_each_others_entries(store: Store, full_entry: Entry) -> None:
    canary = replace(full_entry, answer="canary", phrasings=("canary",), follow_ups=("canary",))
    await store.save(SERVER, [canary])
    assert await store.entries(OTHER) == ()
    assert await store.remove(OTHER, canary.id) is None
    await store.save(OTHER, [full_entry])
    assert "canary" not in repr(await store.entries(OTHER))
    assert await store.remove(OTHER, canary.id) == full_entry
    assert await store.entries(SERVER) == (canary,)


async def test_all_are_kept_or_none_when_one_of_many_fails(store: Store, full_entry: Entry) -> None:
    await store.save(SERVER, [full_entry])
    too_far = Citation("story", 2**70, 2**70 + 1, "x", "hash")
    batch = [
        replace(full_entry, answer="Changed."),
        *entries_named(*map(str, range(CHUNK))),
        Entry("last", ("?",), "x", (too_far,)),
    ]
    with pytest.raises(StorageError, check=tells("cannot hold")):
        await store.save(SERVER, batch)
    assert await store.entries(SERVER) == (full_entry,)


@pytest.mark.parametrize("text", ["NUL \0", "half \ud83d", "\udc00 half"])
@pytest.mark.parametrize(
    "field", ["id", "phrasing", "answer", "story", "excerpt", "hash", "follow_up", "author"]
)
async def test_a_text_that_no_database_keeps_is_refused_in_a_sentence(
    store: Store, field: str, text: str
) -> None:
    texts = dict.fromkeys(
        ("id", "phrasing", "answer", "story", "excerpt", "hash", "follow_up", "author"), "x"
    )
    texts[field] = text
    entry = Entry(
        texts["id"],
        (texts["phrasing"],),
        texts["answer"],
        (Citation(texts["story"], 0, 1, texts["excerpt"], texts["hash"]),),
        follow_ups=(texts["follow_up"],),
        author=Author(1, texts["author"]),
    )
    with pytest.raises(StorageError, match="NUL character or half of a surrogate pair") as refusal:
        await store.save(SERVER, [*entries_named("fine"), entry])
    str(refusal.value).encode()
    assert await store.entries(SERVER) == ()


@pytest.mark.parametrize("server", [2**63, -(2**63) - 1])
async def test_a_server_id_that_cannot_be_is_a_sentence(store: Store, server: int) -> None:
    with pytest.raises(StorageError, check=tells("cannot hold")):
        await store.entries(server)


async def test_what_is_remembered_is_recalled(store: Store) -> None:
    assert await store.recall("commands") is None
    await store.remember("commands", "hash 1")
    await store.remember("commands", "hash 2")
    await store.remember("other", "")
    assert await store.recall("commands") == "hash 2"
    assert await store.recall("other") == ""


@pytest.mark.parametrize(("key", "value"), [("\0", "x"), ("x", "\0"), ("\ud800", "x"), ("x", "\ud800")])
async def test_what_cannot_be_remembered_is_refused_in_a_sentence(store: Store, key: str, value: str) -> None:
    with pytest.raises(StorageError, match="NUL character"):
        await store.remember(key, value)
    assert await store.recall(key) is None


async def test_everything_is_there_after_reopening(url: str, full_entry: Entry) -> None:
    first = await open_store(url)
    await first.save(SERVER, [full_entry])
    await first.remember("key", "value")
    await first.close()
    second = await open_store(url)
    assert await second.entries(SERVER) == (full_entry,)
    assert await second.recall("key") == "value"
    await second.close()


async def test_entries_saved_at_once_by_several_are_all_kept(url: str, store: Store) -> None:
    other = await open_store(url)
    names = [f"e{number}" for number in range(40)]
    await asyncio.gather(
        *(
            (store, other)[number % 2].save(SERVER, entries_named(name, "shared"))
            for number, name in enumerate(names)
        )
    )
    assert {entry.id for entry in await other.entries(SERVER)} == {*names, "shared"}
    await other.close()


async def test_a_reader_sees_an_entry_before_or_after_a_change_never_in_between(store: Store) -> None:
    before, after = (Entry("e", (word,) * 20, word, follow_ups=(word,) * 20) for word in ("before", "after"))
    await store.save(SERVER, [before])

    async def change() -> None:
        for _ in range(15):
            await store.save(SERVER, [after])
            await store.save(SERVER, [before])

    changing = asyncio.create_task(change())
    while not changing.done():
        assert await store.entries(SERVER) in {(before,), (after,)}
    await changing


async def test_a_save_that_is_cancelled_is_kept_whole_or_not_at_all_and_hinders_nobody(store: Store) -> None:
    many = tuple(entries_named("a", "b", "c"))
    for turns in range(60):  # of the event loop: the save is cancelled wherever it has got to
        saving = asyncio.create_task(store.save(turns, many))
        for _ in range(turns):
            await asyncio.sleep(0)
        saving.cancel()
        await asyncio.gather(saving, return_exceptions=True)
        await store.save(SERVER, many)
        assert await store.entries(turns) in {(), many}


async def test_closing_waits_for_a_cancelled_save(url: str) -> None:
    store = await open_store(url)
    saving = asyncio.create_task(store.save(SERVER, entries_named("a")))
    await asyncio.sleep(0)
    saving.cancel()
    await store.close()
    again = await open_store(url)
    assert len(await again.entries(SERVER)) == 1
    await again.close()


async def test_entries_are_read_in_four_queries_however_many_there_are(url: str) -> None:
    backend = backend_at(url)
    await migrate(backend)
    store = DatabaseStore(backend)
    await store.save(SERVER, entries_named(*map(str, range(50))))
    queries: list[str] = []
    event.listen(backend.engine.sync_engine, "before_cursor_execute", lambda *args: queries.append(args[2]))
    assert len(await store.entries(SERVER)) == 50
    assert len([query for query in queries if query.startswith("SELECT")]) == 4
    await store.close()
