"""Looking through what is curated: while typing, and before adding more."""

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.model import AnswerSource, SourceKind
from tests.knowledge.bases import AUTHOR, COST, ENTRIES, FERRY, LIBRARY, ask, base, entry, gap

WIFI = entry("wifi", ("What is the wifi password?", "wifi key"), "Ask at the desk.", author=AUTHOR)


def test_nothing_typed_suggests_the_first_questions_own_ones_before_the_packs() -> None:
    suggestions = base(WIFI).suggest("", limit=3)
    assert [s.question for s in suggestions] == [
        "What is the wifi password?",
        "What did the mayor say?",
        "When was the new library opened?",
    ]
    assert [s.question for s in base(WIFI).suggest("  ", limit=3)] == [s.question for s in suggestions]


def test_a_suggestion_is_a_phrasing_with_its_entry_and_line() -> None:
    best = base().suggest("price of")[0]
    assert best.source == AnswerSource(SourceKind.ENTRY, "cost")
    assert (best.question, best.excerpt) == ("price of the new building", COST)


@pytest.mark.parametrize("typed", ["who drew", "WHO DREW", "who drw the libr", "drew the library"])
def test_what_is_typed_so_far_suggests_what_it_may_become(typed: str) -> None:
    assert base().suggest(typed)[0].question == "Who drew the library?"


def test_what_holds_the_very_words_comes_before_what_is_merely_alike() -> None:
    questions = [s.question for s in base().suggest("the fire")]
    hits = ["the fire" in question for question in questions]
    assert hits == sorted(hits, reverse=True)


def test_there_are_at_most_25_suggestions_and_each_phrasing_once() -> None:
    many = base(*(entry(f"r{n}", (f"What is rule {n} here?",), "x", author=AUTHOR) for n in range(40)))
    suggestions = many.suggest("what is rule")
    assert len(suggestions) == 25
    assert len({s.question for s in suggestions}) == 25
    assert len(many.suggest("")) == 25


def test_gaps_are_not_suggested() -> None:
    assert all(s.source.kind is SourceKind.ENTRY for s in base().suggest("", limit=100))
    assert "How many visitors does the library have?" not in {
        s.question for s in base().suggest("how many visitors")
    }


@pytest.mark.parametrize("typed", ["🤷", "\u200b", "xylophone"])
def test_what_is_like_nothing_suggests_nothing(typed: str) -> None:
    assert base().suggest(typed) == ()


@pytest.mark.parametrize("typed", ["x" * 6000, "\ud800", "who\0", "**who** <@1>"])
def test_whatever_is_typed_can_be_looked_up(typed: str) -> None:
    assert isinstance(base().suggest(typed), tuple)
    assert len(base().similar(typed)) == 3


def test_the_entry_with_nearly_the_same_phrasing_is_similar() -> None:
    best = base().similar("who drew this library")[0]
    assert (best.entry.id, best.phrasing) == ("architect", "Who drew the library?")
    assert 85 < best.score < 100


def test_the_same_question_in_another_spelling_is_similar_by_100() -> None:
    assert base().similar("what's the price of new building, the")[0].score > 80
    assert base().similar("WHO drew the library??")[0].score == 100


def test_similar_entries_come_best_first_each_once_own_ones_and_gaps_too() -> None:
    similar = base(WIFI).similar("wifi password visitors", limit=20)
    ids = [near.entry.id for near in similar]
    assert ids[0] == "wifi"
    assert sorted(ids) == sorted(["wifi", *(e.id for e in ENTRIES)])
    assert [near.score for near in similar] == sorted((near.score for near in similar), reverse=True)
    assert len(base(WIFI).similar("wifi")) == 3


def test_a_replaced_entry_is_not_similar_any_more() -> None:
    own = entry("cost", ("Was it a gift?",), "Yes.", author=AUTHOR)
    found = {near.entry.id: near for near in base(own).similar("How much did the library cost?", limit=20)}
    assert found["cost"].entry == own


def test_nothing_is_similar_where_nothing_is_curated() -> None:
    assert Base(CompiledPacks([])).similar("who") == ()
    assert Base(CompiledPacks([])).suggest("") == ()


def test_stories_and_entries_are_found_by_their_names() -> None:
    asked = base(WIFI, gap("pets", ("Any pets?",)))
    assert asked.stories == (LIBRARY, FERRY)
    assert asked.story("ferry") == FERRY
    assert asked.story("elsewhere") is None
    assert asked.entry("wifi") == WIFI
    assert asked.entry("cost") == ENTRIES[2]
    assert asked.entry("gone") is None
    assert [pack.name for pack in asked.packs] == ["tolvik"]


def test_a_suggestion_that_is_picked_is_answered() -> None:
    suggestion = base().suggest("price of")[0]
    picked = base().answer_from(suggestion.source, suggestion.question)
    assert picked.text == ask(base(), suggestion.question).text
