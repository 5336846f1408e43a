"""Whatever the texts and numbers of an entry are, it comes back equal or is refused."""

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.model import Author, Citation, Entry, EntryKind
from knowledge.storage import Store

from .databases import remove, save

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
OFFSETS = st.integers(0, 2**31 - 1)
CITATIONS = st.builds(Citation, TEXTS, OFFSETS, OFFSETS, TEXTS, TEXTS)
ENTRIES = st.builds(
    Entry,
    id=TEXTS,
    phrasings=st.lists(TEXTS, max_size=4).map(tuple),
    answer=TEXTS,
    citations=st.lists(CITATIONS, max_size=3).map(tuple),
    kind=st.sampled_from(EntryKind),
    follow_ups=st.lists(TEXTS, max_size=3).map(tuple),
    author=st.none() | st.builds(Author, st.integers(0, 2**63 - 1), TEXTS),
)

# Each example has a server of its own, so that one database does for all.
SERVERS = itertools.count(1)
SHARED_STORE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)


@SHARED_STORE
@given(entries=st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.id))
async def test_entries_come_back_equal(store: Store, entries: list[Entry]) -> None:
    server = next(SERVERS)
    await save(store, server, entries)
    assert (await store.owned(server)).entries == tuple(entries)


@SHARED_STORE
@given(before=ENTRIES, after=ENTRIES)
async def test_a_replaced_entry_has_nothing_of_the_one_before(
    store: Store, before: Entry, after: Entry
) -> None:
    server = next(SERVERS)
    await save(store, server, [before])
    await save(store, server, [after])
    expected = (after,) if before.id == after.id else (before, after)
    assert (await store.owned(server)).entries == expected
    assert await remove(store, server, after.id) == after


@SHARED_STORE
@given(key=TEXTS, value=TEXTS)
async def test_values_are_recalled_as_they_were(store: Store, key: str, value: str) -> None:
    await store.remember(key, value)
    assert await store.recall(key) == value
