"""What a change did, in one line."""

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curating.telling import change_line
from bot.render.escape import unescape
from knowledge.model import (
    Alias,
    Author,
    Citation,
    EntryKind,
    Graded,
    Hidden,
    OwnStory,
    Setting,
    Source,
)
from knowledge.owned import Change, Item, Kind, Record, put
from tests.bot.curating.conftest import entry

MIA = Author(7, "Mia")
NOW = datetime(2026, 1, 2, tzinfo=UTC)
RULE = entry(1)
CITED = Citation("s", 0, 1, "x", "h")


def item(before: Record | None, after: Record | None) -> Item:
    write = put(after or before)  # type: ignore[arg-type]  # one of them is there
    return Item(write.kind, write.key, before, after)


def line(*items: Item, author: Author | None = MIA, reverts: int | None = None) -> str:
    return unescape(change_line(Change(3, NOW, author, items, len(items), reverts)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, RULE, "added the entry **rule-01**"),
        (RULE, None, "removed the entry **rule-01**"),
        (None, dataclasses.replace(RULE, kind=EntryKind.GAP, answer=""), "added the gap **rule-01**"),
        (RULE, dataclasses.replace(RULE, answer="Two."), "changed the entry **rule-01**: answer"),
        (
            RULE,
            dataclasses.replace(RULE, phrasings=("a?", "b?"), citations=(CITED,), follow_ups=("x",)),
            "changed the entry **rule-01**: phrasings (2 more, 1 less), excerpts, follow-ups",
        ),
        (
            dataclasses.replace(RULE, phrasings=("a?", "b?")),
            dataclasses.replace(RULE, phrasings=("b?", "a?"), author=MIA, kind=EntryKind.GAP),
            "changed the gap **rule-01**: kind, order of the phrasings, author",
        ),
        (None, Alias("bdo", "Ballon d'Or"), "added the alias **bdo**, for Ballon d'Or"),
        (Alias("bdo", "Ballon d'Or"), None, "removed the alias **bdo**, for Ballon d'Or"),
        (None, Setting("strictness", "careful"), "set **strictness** to careful"),
        (
            Setting("strictness", "careful"),
            Setting("strictness", "eager"),
            "set **strictness** to eager (was careful)",
        ),
        (Setting("log", "7"), Setting("log", ""), "set **log** to nothing (was 7)"),
        (Setting("log", "7"), None, "reset the setting **log** (was 7)"),
        (None, Setting("log_channel", "7"), "set **log channel** to <#7>"),
        (Setting("channels", "7 8"), None, "reset the setting **channels** (was <#7>, <#8>)"),
        (None, Setting("packs_off", "Lake\nTower"), "set **packs that are off** to Lake, Tower"),
        (None, Setting("misses_days", "7"), "set **days that unanswered questions are kept** to 7"),
        (None, OwnStory("sea", "Text.", source=Source("At sea")), "added the story **sea** (At sea)"),
        (OwnStory("sea", "Text."), None, "removed the story **sea**"),
        (None, Hidden("height"), "hid the pack's entry **height**"),
        (Hidden("height"), None, "unhid the pack's entry **height**"),
        (
            None,
            Graded("Who won?", "winner"),
            "added the graded question **Who won?**, answered by **winner**",
        ),
        (
            Graded("Who won?", None),
            None,
            "removed the graded question **Who won?**, which the story does not answer",
        ),
    ],
)
def test_a_line_tells_who_did_what(before: Record | None, after: Record | None, told: str) -> None:
    assert line(item(before, after)) == f"**Mia** {told}"


def test_whoever_works_in_a_terminal_is_called_the_command_line() -> None:
    assert line(item(None, RULE), author=None).startswith("The command line added")


def test_somebody_whose_name_is_not_to_be_seen_is_called_by_the_number() -> None:
    assert line(item(None, RULE), author=Author(7, "\u202e")).startswith("**7** added")


def test_what_is_taken_back_is_named() -> None:
    assert line(item(RULE, None), reverts=2) == "**Mia** took back change 2: removed the entry **rule-01**"


def test_of_many_things_the_first_are_told_and_the_others_counted() -> None:
    listed = Change(3, NOW, MIA, tuple(item(None, entry(n)) for n in range(5)), 1200)

    told = unescape(change_line(listed))

    assert told.endswith("added the entry **rule-02**; and 1,197 more")


texts = st.text(max_size=300) | st.text("*_`<@#>[]()\\/:~|\n", max_size=300)
authors = st.builds(Author, st.integers(0, 2**63), texts)
records = (
    st.builds(lambda key, answer: entry(1, id=key, answer=answer), texts, texts)
    | st.builds(Alias, texts, texts)
    | st.builds(Setting, texts, texts)
    | st.builds(OwnStory, texts, texts, source=st.builds(Source, texts))
    | st.builds(Hidden, texts)
    | st.builds(Graded, texts, texts | st.none())
)


@given(st.lists(records.map(lambda record: item(None, record)), min_size=1, max_size=6), authors)
def test_nothing_hostile_does_anything_in_a_line(items: list[Item], author: Author) -> None:
    told = change_line(Change(3, NOW, author, tuple(items), len(items)))

    assert "\n" not in told
    assert len(told) <= 1500
    # What is left once the bold that we made, and what has a backslash before it, are gone cannot do anything.
    bare = unescape_away(told).replace("**", "")
    assert not any(mark in bare for mark in "*_`<>[]@#~|\\/")


def unescape_away(text: str) -> str:
    """Return a text without the marks that a backslash makes harmless."""
    kept, letters = [], iter(text)
    for letter in letters:
        if letter == "\\":
            next(letters, None)
        else:
            kept.append(letter)
    return "".join(kept)


def test_each_kind_of_thing_is_told() -> None:
    told = {Kind.ENTRY, Kind.ALIAS, Kind.SETTING, Kind.STORY, Kind.HIDDEN, Kind.GRADED}
    assert set(Kind) == told
