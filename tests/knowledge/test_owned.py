"""What a server owns, after any change, and after that change was taken back."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Alias, Citation, Entry, Graded, Hidden, OwnStory, Setting, Strictness
from knowledge.owned import (
    RECORDS,
    Change,
    Item,
    Kind,
    Owned,
    Record,
    Write,
    key_of,
    put,
    reverting,
    without_excerpts,
)
from knowledge.storage.records import dump, items_of, load

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3)
KEYS = st.sampled_from(["a", "b", "c"])
RECORD = st.one_of(
    st.builds(Entry, KEYS, st.just(("?",)), TEXT),
    st.builds(Alias, KEYS, TEXT),
    st.builds(Setting, KEYS, TEXT),
    st.builds(OwnStory, KEYS, TEXT),
    st.builds(Hidden, KEYS),
    st.builds(Graded, KEYS, st.none() | KEYS),
)
WRITE = RECORD.map(put) | st.builds(Write, st.sampled_from(Kind), KEYS, st.none())
WRITES = st.lists(WRITE, max_size=8, unique_by=lambda write: (write.kind, write.key))


def changed(owned: Owned, writes: list[Write]) -> tuple[Owned, tuple[Item, ...]]:
    there = {(put(one).kind, key_of(one)): one for one in owned.records}
    items = tuple(items_of(writes, there))
    return owned.after(items), items


@given(WRITES, WRITES)
def test_a_change_and_the_same_taken_back_leave_what_was_owned_before(
    first: list[Write], second: list[Write]
) -> None:
    before, _ = changed(Owned(), first)
    after, items = changed(before, second)
    back, _ = changed(after, [Write(i.kind, i.key, i.before, i.after) for i in reversed(items)])
    assert set(back.records) == set(before.records)


@given(RECORD)
def test_a_record_comes_back_from_its_body(record: Record) -> None:
    kind = next(kind for kind, of_kind in RECORDS.items() if isinstance(record, of_kind))
    assert load(kind, dump(kind, record)) == record


def test_what_is_owned_is_told_apart_by_its_kind() -> None:
    entry, setting = Entry("a", ("A?",), "x"), Setting("strictness", "careful")
    bdo, ada = Alias("bdo", "Ballon d'Or"), Alias("ah", "Ada Hegerberg")
    story, graded = OwnStory("town", "Text."), Graded("A?", "a")
    owned = Owned((bdo, entry, setting, Hidden("winner"), story, ada, graded))
    assert (owned.entries, owned.aliases, owned.stories, owned.graded) == (
        (entry,),
        (ada, bdo),
        (story,),
        (graded,),
    )
    assert owned.settings.strictness is Strictness.CAREFUL
    assert owned.hidden == {"winner"}


def test_entries_are_stale_once_the_text_of_a_story_is_gone_and_others_are_left_alone() -> None:
    town, river = Citation("town", 0, 4, "Text", "h"), Citation("river", 0, 5, "Water", "h")
    both, other = Entry("a", ("A?",), "x", (town, river)), Entry("b", ("B?",), "x", (river,))
    [stale] = without_excerpts([both, other, Setting("x", "y")], "town")
    assert [citation.excerpt for citation in stale.citations] == ["", "Water"]
    assert list(without_excerpts([stale], "town")) == []


def test_reverting_undoes_the_items_in_the_opposite_order_and_only_where_they_still_stand() -> None:
    first, second = Item(Kind.ALIAS, "x", None, Alias("x", "y")), Item(Kind.HIDDEN, "w", Hidden("w"), None)
    writes = reverting(Change(1, datetime.now(UTC), None, (first, second), 2))
    assert [(write.kind, write.after, write.before) for write in writes] == [
        (Kind.HIDDEN, Hidden("w"), None),
        (Kind.ALIAS, None, Alias("x", "y")),
    ]
