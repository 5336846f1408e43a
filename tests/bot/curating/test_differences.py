"""What a change changed, as lines to read."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curating.differences import difference, entry_difference, words_changed
from bot.render.escape import CUT, unescape
from knowledge.model import Alias, Author, Citation, EntryKind, Graded, Hidden, OwnStory, Setting, Source
from knowledge.owned import Item, Record, put
from tests.bot.curating.conftest import entry
from tests.bot.curating.test_change_lines import unescape_away
from tests.bot.render.test_escape import what_is_active

RULE = entry(1)
ASKED = RULE.phrasings[0]
CITED = Citation("sea", 4, 9, "Ahoy.", "h")


def lines(before: Record | None, after: Record | None) -> list[str]:
    write = put(after or before)  # type: ignore[arg-type]  # one of them is there
    return [unescape(line) for line in difference(Item(write.kind, write.key, before, after))]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("The blue ones.", "The golden ones.", "The ~~blue~~ **golden** ones."),
        ("The ones.", "The golden ones.", "The **golden** ones."),
        ("The golden ones.", "The ones.", "The ~~golden~~ ones."),
        ("", "The golden ones.", "The golden ones."),
        ("The golden ones.", "", "~~The golden ones.~~"),
        ("a\n\nb", "a b", "only white space or marks that cannot be seen"),
        ("a\u202eb", "ab", "only white space or marks that cannot be seen"),
    ],
)
def test_words_that_went_are_struck_and_words_that_came_are_bold(before: str, after: str, told: str) -> None:
    assert words_changed(before, after) == told


def test_of_long_answers_only_what_is_around_the_change_is_shown() -> None:
    many = " ".join(f"w{number}" for number in range(100))

    told = unescape(words_changed(many, many.replace("w50", "new")))

    assert told == f"{CUT} w45 w46 w47 w48 w49 ~~w50~~ **new** w51 w52 w53 w54 w55 {CUT}"


def test_an_answer_changed_all_over_is_cut() -> None:
    old, new = (" ".join(f"same{n} {word}{n}" for n in range(60)) for word in ("old", "new"))

    assert words_changed(old, new).endswith(f" {CUT}")


def test_nothing_is_told_of_an_entry_that_is_as_it_was() -> None:
    assert lines(RULE, RULE) == []


def test_each_part_of_an_entry_that_changed_has_a_line() -> None:
    after = replace(
        RULE,
        phrasings=("first rule?",),
        answer="Rule one.",
        citations=(CITED,),
        follow_ups=("rule-02",),
        author=Author(2, "Mia"),
    )

    assert lines(RULE, after) == [
        "- Phrasing added: first rule?",
        f"- Phrasing removed: ~~{ASKED}~~",
        "- Answer: Rule ~~1.~~ **one.**",
        "- Excerpt added: Ahoy. (sea)",
        "- Follow-ups: rule-02",
        "- Written by: ~~Ada~~ **Mia**",
    ]


def test_an_entry_that_became_a_gap() -> None:
    gap = replace(RULE, kind=EntryKind.GAP, answer="")

    assert lines(RULE, gap) == [
        "- Kind: ~~an answer~~ **“the story does not say”**",
        "- Answer: ~~Rule 1.~~",
    ]


def test_phrasings_and_excerpts_in_another_order() -> None:
    other = replace(CITED, excerpt="Land.")
    before = replace(RULE, phrasings=("a?", "b?"), citations=(CITED, other))
    after = replace(RULE, phrasings=("b?", "a?"), citations=(other, CITED))

    assert lines(before, after) == [
        "- Phrasings: in another order; the first is now b?",
        "- Excerpts: in another order",
    ]


def test_an_excerpt_that_went_moved_or_lost_its_text() -> None:
    before = replace(RULE, citations=(CITED, replace(CITED, excerpt="")))
    after = replace(RULE, citations=(replace(CITED, text_hash="new"),))

    assert lines(before, after) == [
        "- Excerpt removed: ~~text that is gone with its story~~ (sea)",
        "- Excerpt found at another place, or in a corrected text: Ahoy. (sea)",
    ]


def test_of_many_phrasings_the_first_are_shown_and_the_others_counted() -> None:
    told = lines(RULE, replace(RULE, phrasings=(ASKED, *(f"{n}?" for n in range(9)))))

    assert told[-1] == "- Phrasing added: and 4 more"
    assert len(told) == 6


def test_a_new_entry_and_one_that_went_are_told_whole() -> None:
    whole = replace(RULE, citations=(CITED,))

    assert lines(None, whole) == [
        f"- Phrasing added: {ASKED}",
        "- Answer: Rule 1.",
        "- Excerpt added: Ahoy. (sea)",
    ]
    assert lines(whole, None) == [
        f"- Phrasing removed: ~~{ASKED}~~",
        "- Answer: ~~Rule 1.~~",
        "- Excerpt removed: ~~Ahoy.~~ (sea)",
    ]


def test_other_things_have_lines_where_one_does_not_tell_all() -> None:
    assert lines(Alias("bdo", "a ball"), Alias("bdo", "the ball")) == ["- Meaning: ~~a~~ **the** ball"]
    assert lines(Graded("Who?", "a"), Graded("Who?", None)) == ["- Right is: ~~a~~ **nothing**"]
    assert lines(
        OwnStory("sea", "", "en", Source("Old", url="https://a.example")),
        OwnStory("sea", "", "nb", Source("New", url="https://a.example")),
    ) == ["- Title: ~~Old~~ **New**", "- Language: ~~en~~ **nb**"]
    assert lines(None, Hidden("height")) == []
    assert lines(Setting("strictness", "eager"), Setting("strictness", "careful")) == []


OWN = re.compile(r"^- |~~|\*\*")

hostile = st.text(max_size=300) | st.text("*_`<@#>[]()\\/:~|\n -+1.ab", max_size=300)
entries = st.builds(
    lambda asked, answer, excerpts, name: entry(
        1,
        phrasings=tuple(asked),
        answer=answer,
        citations=tuple(Citation("sea", 0, len(e), e, "h") for e in excerpts),
        follow_ups=tuple(excerpts),
        author=Author(1, name),
    ),
    st.lists(hostile, min_size=1, max_size=7),
    hostile,
    st.lists(hostile, max_size=7),
    hostile,
)


@given(entries | st.none(), entries)
def test_nothing_hostile_does_anything_in_a_difference(before: object, after: object) -> None:
    for line in entry_difference(before, after):  # type: ignore[arg-type]  # what the strategies make
        assert "\n" not in line
        assert len(line) <= 8000
        # The marks that we made come in pairs; beside them nothing does anything.
        bare = unescape_away(line)
        assert bare.count("~~") % 2 == bare.count("**") % 2 == 0
        assert what_is_active(OWN.sub("", line)) == []
