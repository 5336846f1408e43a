"""Every change is kept with its author, its time, and what was there before, whichever the database."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from knowledge.errors import ChangedSinceError
from knowledge.model import Alias, Author, Citation, Entry, Graded, Hidden, OwnStory, Setting, Source
from knowledge.owned import Item, Kind, Write, drop, put, reverting
from knowledge.storage import Store, open_store
from knowledge.storage.queries import LISTED_ITEMS

from .databases import keep, remove, run_sql

SERVER, OTHER = 1_100_000_000_000_000_001, 1_100_000_000_000_000_002
MIA, MAX = Author(2**63 - 1, "Mödératör"), Author(5, "Max")
FIRST, SECOND = Entry("a", ("A?",), "First.", author=MIA), Entry("a", ("A?",), "Second.", author=MAX)
STORY = OwnStory("town", "The mayor spoke.\n\nThen rain fell.", "en", Source("Town news", licence="own"), MIA)


async def test_a_change_tells_who_changed_what_and_when(store: Store) -> None:
    began = datetime.now(UTC)
    await keep(store, SERVER, FIRST, by=MIA)
    await keep(store, SERVER, SECOND, by=MAX)
    await remove(store, SERVER, "a")
    removed, changed, made = await store.history(SERVER)
    assert [one.number for one in (made, changed, removed)] == [1, 2, 3]
    assert [one.author for one in (made, changed, removed)] == [MIA, MAX, None]
    assert made.items == (Item(Kind.ENTRY, "a", None, FIRST),)
    assert changed.items == (Item(Kind.ENTRY, "a", FIRST, SECOND),)
    assert removed.items == (Item(Kind.ENTRY, "a", SECOND, None),)
    assert began <= made.at <= changed.at <= removed.at <= datetime.now(UTC)


async def test_every_kind_of_record_comes_back_equal_and_has_a_history(store: Store) -> None:
    records = (
        FIRST,
        Alias("bdo", "Ballon d'Or", MIA),
        Setting("strictness", "eager"),
        STORY,
        Hidden("winner", MAX),
        Graded("Who won?", "a", MIA),
    )
    change = await keep(store, SERVER, *records, by=MIA)
    assert (await store.owned(SERVER)).records == records
    assert change is not None
    assert change.size == len(records)
    assert {item.kind for item in change.items} == set(Kind)


async def test_what_is_so_already_is_no_change(store: Store) -> None:
    await keep(store, SERVER, FIRST)
    assert await keep(store, SERVER, FIRST) is None
    assert await remove(store, SERVER, "other") is None
    assert await store.version(SERVER) == 1


async def test_a_change_is_not_made_where_something_else_is_there_than_was_seen(store: Store) -> None:
    await keep(store, SERVER, SECOND)
    for stale in (
        put(replace(FIRST, answer="Third."), FIRST),
        drop(FIRST),
        put(Alias("x", "y"), Alias("x", "z")),
    ):
        with pytest.raises(ChangedSinceError, match="has been changed since"):
            await store.change(SERVER, [put(Setting("other", "x")), stale])
    assert (await store.owned(SERVER)).records == (SECOND,)
    assert await store.change(SERVER, [put(FIRST, SECOND)]) is not None


async def test_the_writes_that_revert_a_change_take_all_of_it_back(store: Store) -> None:
    await keep(store, SERVER, FIRST, Alias("x", "y"))
    before = (await store.owned(SERVER)).records
    change = await store.change(
        SERVER, [put(SECOND), Write(Kind.ALIAS, "x", None), put(Setting("new", "1"))], MAX
    )
    assert change is not None
    taken_back = await store.change(SERVER, reverting(change), MIA, reverts=change.number)
    assert set((await store.owned(SERVER)).records) == set(before)
    assert taken_back is not None
    assert (await store.history(SERVER))[0].reverts == change.number


async def test_the_history_is_read_in_pages_the_last_change_first(store: Store) -> None:
    for number in range(5):
        await keep(store, SERVER, Entry("a", ("A?",), f"Answer {number}."))
    first = await store.history(SERVER, limit=2)
    assert [change.number for change in first] == [5, 4]
    assert [change.number for change in await store.history(SERVER, before=4, limit=2)] == [3, 2]
    assert await store.history(SERVER, before=1) == ()


async def test_the_history_of_one_thing_has_what_was_done_to_that_alone(store: Store) -> None:
    await keep(store, SERVER, Entry("b", ("B?",), "B."), FIRST)
    await keep(store, SERVER, Alias("a", "x"))
    await keep(store, SERVER, SECOND)
    changes = await store.history(SERVER, of=[(Kind.ENTRY, "a")])
    assert [change.number for change in changes] == [3, 1]
    assert [change.items for change in changes] == [
        (Item(Kind.ENTRY, "a", FIRST, SECOND),),
        (Item(Kind.ENTRY, "a", None, FIRST),),
    ]
    assert changes[1].size == 2


async def test_the_history_of_some_things_has_what_was_done_to_any_of_them(store: Store) -> None:
    await keep(store, SERVER, FIRST)
    await keep(store, SERVER, Hidden("a"), Hidden("b"))
    await keep(store, SERVER, Hidden("c"))
    changes = await store.history(SERVER, of=[(Kind.ENTRY, "a"), (Kind.HIDDEN, "a")])
    assert [change.items for change in changes] == [
        (Item(Kind.HIDDEN, "a", None, Hidden("a")),),
        (Item(Kind.ENTRY, "a", None, FIRST),),
    ]


@pytest.mark.parametrize("key", ["a\0", "a\ud800"])
async def test_what_no_database_keeps_has_no_history(store: Store, key: str) -> None:
    await keep(store, SERVER, FIRST)
    assert await store.history(SERVER, of=[(Kind.ENTRY, key)]) == ()


async def test_a_list_has_the_first_items_of_a_long_change_and_the_change_itself_all(store: Store) -> None:
    many = [Entry(f"e{number}", ("?",), "x") for number in range(LISTED_ITEMS + 3)]
    await keep(store, SERVER, *many)
    [listed] = await store.history(SERVER)
    assert (len(listed.items), listed.size) == (LISTED_ITEMS, len(many))
    whole = await store.change_of(SERVER, 1)
    assert whole is not None
    assert [item.after for item in whole.items] == many
    assert await store.change_of(SERVER, 2) is None


async def test_removed_entries_are_those_that_are_not_there_any_more_as_they_last_were(store: Store) -> None:
    await keep(store, SERVER, FIRST, Entry("b", ("B?",), "B."), Entry("c", ("C?",), "C."))
    await remove(store, SERVER, "a")
    await keep(store, SERVER, SECOND)
    await remove(store, SERVER, "b")
    await remove(store, SERVER, "a")
    await remove(store, SERVER, "c")
    await keep(store, SERVER, Entry("c", ("C?",), "Again."))
    assert [item.before for item in await store.removed(SERVER)] == [SECOND, Entry("b", ("B?",), "B.")]


async def test_two_servers_never_see_each_others_history(store: Store) -> None:
    await keep(store, SERVER, Entry("canary", ("canary?",), "canary"))
    await remove(store, SERVER, "canary")
    assert await store.history(OTHER) == ()
    assert await store.history(OTHER, of=[(Kind.ENTRY, "canary")]) == ()
    assert await store.change_of(OTHER, 1) is None
    assert await store.removed(OTHER) == ()


async def test_nothing_of_a_story_s_text_is_kept_once_it_is_removed(url: str, store: Store) -> None:
    cited = Citation("town", 0, 16, "The mayor spoke.", "h" * 64)
    other = Citation("river", 0, 5, "Water", "h" * 64)
    entry = Entry("spoke", ("Who spoke?",), "One did.", (cited, other))
    await keep(store, SERVER, STORY, entry)
    await keep(store, SERVER, replace(entry, answer="Somebody did."))
    await keep(store, OTHER, entry)
    stale = replace(entry, citations=(replace(cited, excerpt=""), other))
    await store.change(SERVER, [drop(STORY), put(stale)], MIA)
    rows = [
        *await run_sql(url, f"SELECT body, body FROM records WHERE server_id = {SERVER}"),  # noqa: S608
        *await run_sql(url, f"SELECT before, after FROM items WHERE server_id = {SERVER}"),  # noqa: S608
    ]
    assert "mayor" not in repr(rows)
    assert "Water" in repr(rows)
    removal = (await store.history(SERVER))[0]
    assert removal.items[0].before == replace(STORY, text="")
    [theirs] = (await store.owned(OTHER)).entries
    assert theirs == entry


async def test_the_history_is_there_after_reopening(url: str) -> None:
    first = await open_store(url)
    await keep(first, SERVER, FIRST, by=MIA)
    before = await first.history(SERVER)
    await first.close()
    second = await open_store(url)
    assert await second.history(SERVER) == before
    await second.close()
