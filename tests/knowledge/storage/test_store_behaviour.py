"""What a store does, whichever the database."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import event

from knowledge.errors import IdTakenError, StorageError
from knowledge.model import Author, Citation, Entry, EntryKind
from knowledge.owned import Change
from knowledge.storage import Store, open_store
from knowledge.storage.database import DatabaseStore
from knowledge.storage.migrating import migrate
from knowledge.storage.queries import CHUNK
from knowledge.storage.urls import backend_at

from .databases import remove, run_sql, save, tells

SERVER = 1_100_000_000_000_000_001
OTHER = 1_100_000_000_000_000_002


def entries_named(*ids: str, answer: str = "Yes.") -> list[Entry]:
    return [Entry(id=name, phrasings=(f"Is it {name}?",), answer=answer) for name in ids]


async def test_a_server_has_no_entries_at_first(store: Store) -> None:
    assert (await store.owned(SERVER)).entries == ()


async def test_what_was_saved_comes_back_equal(store: Store, full_entry: Entry) -> None:
    await save(store, SERVER, [full_entry])
    assert (await store.owned(SERVER)).entries == (full_entry,)


async def test_an_entry_of_little_comes_back_equal(store: Store) -> None:
    gap = Entry(id="height", phrasings=("How tall is she?",), kind=EntryKind.GAP)
    await save(store, SERVER, [gap])
    assert (await store.owned(SERVER)).entries == (gap,)


async def test_the_lists_of_an_entry_keep_their_order_and_their_doubles(store: Store) -> None:
    citation = Citation("story", 1, 2, "x", "hash")
    entry = Entry("e", ("b", "a", "b", "c"), "x", (citation, citation), follow_ups=("z", "y", "z"))
    await save(store, SERVER, [entry])
    assert (await store.owned(SERVER)).entries == (entry,)


async def test_entries_come_in_the_order_they_were_first_saved(store: Store) -> None:
    await save(store, SERVER, entries_named("m", "z"))
    await save(store, SERVER, entries_named("a"))
    await save(store, SERVER, entries_named("z", "k", answer="Changed."))
    assert [entry.id for entry in (await store.owned(SERVER)).entries] == ["m", "z", "a", "k"]


async def test_saving_an_id_again_replaces_all_of_the_entry(store: Store, full_entry: Entry) -> None:
    await save(store, SERVER, [full_entry])
    smaller = Entry(full_entry.id, ("Only this?",), kind=EntryKind.GAP)
    await save(store, SERVER, [smaller])
    assert (await store.owned(SERVER)).entries == (smaller,)


async def test_of_entries_with_the_same_id_in_one_call_the_last_counts(store: Store) -> None:
    first, other, last = (*entries_named("a", "b"), *entries_named("a", answer="The last."))
    await save(store, SERVER, [first, other, last])
    assert (await store.owned(SERVER)).entries == (last, other)


async def test_what_is_meant_to_be_new_replaces_nothing(store: Store) -> None:
    await save(store, SERVER, entries_named("a"))
    with pytest.raises(IdTakenError) as taken:
        await save(store, SERVER, entries_named("b", "a", answer="Another."), new=True)
    assert taken.value.entry_id == "a"
    assert (await store.owned(SERVER)).entries == tuple(entries_named("a"))
    await save(store, OTHER, entries_named("a", answer="Of another server."), new=True)
    await save(store, SERVER, entries_named("b"), new=True)
    assert (await store.owned(SERVER)).entries == tuple(entries_named("a", "b"))


async def test_of_two_that_save_the_same_new_id_at_once_one_is_told(url: str) -> None:
    stores = [await open_store(url) for _ in range(2)]
    texts = ("The first.", "The second.")
    saved = await asyncio.gather(
        *(
            save(one, SERVER, entries_named("a", answer=text), new=True)
            for one, text in zip(stores, texts, strict=True)
        ),
        return_exceptions=True,
    )
    assert set(map(type, saved)) == {IdTakenError, Change}
    [kept] = (await stores[0].owned(SERVER)).entries
    [one_that_was] = [i for i, outcome in enumerate(saved) if isinstance(outcome, Change)]
    assert kept.answer == texts[one_that_was]
    for one in stores:
        await one.close()


async def test_every_change_of_a_server_s_entries_is_counted_for_that_server(store: Store, url: str) -> None:
    assert await store.version(SERVER) == 0
    await save(store, SERVER, entries_named("a", "b"))
    assert await store.version(SERVER) == 1
    await remove(store, SERVER, "a")
    other_process = await open_store(url)
    assert await other_process.version(SERVER) == 2
    assert await other_process.version(OTHER) == 0
    await save(other_process, SERVER, entries_named("c"))
    assert await store.version(SERVER) == 3
    await other_process.close()


async def test_saving_nothing_changes_nothing(store: Store) -> None:
    await save(store, SERVER, entries_named("a"))
    await save(store, SERVER, [])
    assert len((await store.owned(SERVER)).entries) == 1


async def test_more_entries_than_are_written_at_a_time_come_back_equal(
    store: Store, full_entry: Entry
) -> None:
    many = tuple(replace(full_entry, id=f"e{number}") for number in range(CHUNK + 1))
    await save(store, SERVER, many)
    assert (await store.owned(SERVER)).entries == many


async def test_remove_returns_the_entry_as_it_was(store: Store, full_entry: Entry) -> None:
    kept = replace(full_entry, id="kept")
    await save(store, SERVER, [full_entry, kept])
    assert await remove(store, SERVER, full_entry.id) == full_entry
    assert (await store.owned(SERVER)).entries == (kept,)


async def test_nothing_of_a_removed_entry_stays(url: str, store: Store, full_entry: Entry) -> None:
    await save(store, SERVER, [full_entry])
    await remove(store, SERVER, full_entry.id)
    assert await run_sql(url, "SELECT key FROM records") == []


async def test_a_removed_entry_that_is_saved_again_comes_last(store: Store) -> None:
    await save(store, SERVER, entries_named("a", "b"))
    removed = await remove(store, SERVER, "a")
    assert removed is not None
    await save(store, SERVER, [removed])
    assert [entry.id for entry in (await store.owned(SERVER)).entries] == ["b", "a"]


@pytest.mark.parametrize("unknown", ["b", "", "A", "%", "nul\0", "\ud800", "x" * 10_000])
async def test_remove_of_an_unknown_id_returns_none(store: Store, unknown: str) -> None:
    await save(store, SERVER, entries_named("a"))
    assert await remove(store, SERVER, unknown) is None
    assert len((await store.owned(SERVER)).entries) == 1


async def test_two_servers_never_see_each_others_entries(store: Store, full_entry: Entry) -> None:
    canary = replace(full_entry, answer="canary", phrasings=("canary",), follow_ups=("canary",))
    await save(store, SERVER, [canary])
    assert (await store.owned(OTHER)).entries == ()
    assert await remove(store, OTHER, canary.id) is None
    await save(store, OTHER, [full_entry])
    assert "canary" not in repr((await store.owned(OTHER)).entries)
    assert await remove(store, OTHER, canary.id) == full_entry
    assert (await store.owned(SERVER)).entries == (canary,)


async def test_all_are_kept_or_none_when_one_of_many_fails(url: str, full_entry: Entry) -> None:
    backend = backend_at(url)
    await migrate(backend)
    store = DatabaseStore(backend)
    await save(store, SERVER, [full_entry])

    def fail(*_args: object) -> None:
        raise OSError("the disk is gone")

    event.listen(backend.engine.sync_engine, "commit", fail)
    batch = [replace(full_entry, answer="Changed."), *entries_named(*map(str, range(CHUNK + 1)))]
    with pytest.raises((StorageError, OSError)):
        await save(store, SERVER, batch)
    event.remove(backend.engine.sync_engine, "commit", fail)
    assert (await store.owned(SERVER)).entries == (full_entry,)
    assert [change.number for change in await store.history(SERVER)] == [1]
    await store.close()


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
        await save(store, SERVER, [*entries_named("fine"), entry])
    str(refusal.value).encode()
    assert (await store.owned(SERVER)).entries == ()


@pytest.mark.parametrize("server", [2**63, -(2**63) - 1])
async def test_a_server_id_that_cannot_be_is_a_sentence(store: Store, server: int) -> None:
    with pytest.raises(StorageError, check=tells("cannot hold")):
        await store.owned(server)


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
    await save(first, SERVER, [full_entry])
    await first.remember("key", "value")
    await first.close()
    second = await open_store(url)
    assert (await second.owned(SERVER)).entries == (full_entry,)
    assert await second.recall("key") == "value"
    await second.close()


async def test_entries_saved_at_once_by_several_are_all_kept(url: str, store: Store) -> None:
    other = await open_store(url)
    names = [f"e{number}" for number in range(40)]
    await asyncio.gather(
        *(
            save((store, other)[number % 2], SERVER, entries_named(name, "shared"))
            for number, name in enumerate(names)
        )
    )
    assert {entry.id for entry in (await other.owned(SERVER)).entries} == {*names, "shared"}
    await other.close()


async def test_a_reader_sees_an_entry_before_or_after_a_change_never_in_between(store: Store) -> None:
    before, after = (Entry("e", (word,) * 20, word, follow_ups=(word,) * 20) for word in ("before", "after"))
    await save(store, SERVER, [before])

    async def change() -> None:
        for _ in range(15):
            await save(store, SERVER, [after])
            await save(store, SERVER, [before])

    changing = asyncio.create_task(change())
    while not changing.done():
        assert (await store.owned(SERVER)).entries in {(before,), (after,)}
    await changing


async def test_a_save_that_is_cancelled_is_kept_whole_or_not_at_all_and_hinders_nobody(store: Store) -> None:
    many = tuple(entries_named("a", "b", "c"))
    for turns in range(60):  # of the event loop: the save is cancelled wherever it has got to
        saving = asyncio.create_task(save(store, turns, many))
        for _ in range(turns):
            await asyncio.sleep(0)
        saving.cancel()
        await asyncio.gather(saving, return_exceptions=True)
        await save(store, SERVER, many)
        assert (await store.owned(turns)).entries in {(), many}


async def test_closing_waits_for_a_cancelled_save(url: str) -> None:
    store = await open_store(url)
    saving = asyncio.create_task(save(store, SERVER, entries_named("a")))
    await asyncio.sleep(0)
    saving.cancel()
    await store.close()
    again = await open_store(url)
    assert len((await again.owned(SERVER)).entries) == 1
    await again.close()


async def test_entries_are_read_in_one_query_however_many_there_are(url: str) -> None:
    backend = backend_at(url)
    await migrate(backend)
    store = DatabaseStore(backend)
    await save(store, SERVER, entries_named(*map(str, range(50))))
    queries: list[str] = []
    event.listen(backend.engine.sync_engine, "before_cursor_execute", lambda *args: queries.append(args[2]))
    assert len((await store.owned(SERVER)).entries) == 50
    assert len([query for query in queries if query.startswith("SELECT")]) == 1
    await store.close()
