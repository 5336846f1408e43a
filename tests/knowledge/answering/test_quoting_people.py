"""Quotations by speaker and theme, and what the stories say about those who are not quoted."""

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.model import Name, Pack
from knowledge.stories import build_story
from tests.knowledge.bases import LIBRARY, base

TOWN, ASLEEP, RAN = (
    "A town without books is a town asleep,",
    "We have been asleep since the fire.",
    "I ran, and the poems burned,",
)


def quoted(who: str = "", about: str = "") -> list[str]:
    return [quotation.citation.excerpt for quotation in base().quotations(who, about)]


def test_without_arguments_all_quotations_come_in_the_story_s_order() -> None:
    assert quoted() == [TOWN, ASLEEP, RAN]
    assert quoted("  ", " ") == [TOWN, ASLEEP, RAN]


@pytest.mark.parametrize("who", ["Runa Sande", "sande", "RUNA", "the mayor", "Mayor", "Runa Sandee"])
def test_a_speaker_is_found_by_any_name_and_spelling(who: str) -> None:
    assert quoted(who) == [TOWN, ASLEEP]


@pytest.mark.parametrize("who", ["Odd Lien", "nobody", "🤷", "Sandefjord Town"])
def test_who_is_not_quoted_has_no_quotations(who: str) -> None:
    assert quoted(who) == []


def test_the_quotation_that_holds_most_of_what_was_asked_about_comes_first() -> None:
    assert quoted(about="a town of books")[0] == TOWN
    assert quoted(about="asleep since the fire")[0] == ASLEEP
    assert quoted(about="burning poems") == [RAN]
    assert quoted(about="poemms") == [RAN]


def test_who_and_about_both_count() -> None:
    assert quoted("Sande", "fire") == [ASLEEP]
    assert quoted("Brekke", "fire") == []


def test_what_no_quotation_is_about_finds_none() -> None:
    assert quoted(about="xylophone") == []
    assert quoted(about="🤷") == []


def test_who_is_not_quoted_is_found_where_the_story_names_them() -> None:
    (mention,) = base().mentions("Odd Lien")
    assert mention.citation.excerpt == "Its architect, Odd Lien, drew the building in one night."
    assert mention.place == "paragraph 3"
    assert LIBRARY.text[mention.citation.start : mention.citation.end] == mention.citation.excerpt


def test_all_names_of_someone_are_looked_for_in_all_stories() -> None:
    excerpts = [mention.citation.excerpt for mention in base().mentions("the mayor")]
    assert len(excerpts) == 2
    assert all("Sande" in excerpt for excerpt in excerpts)
    assert base().mentions("Mons Dahl")[0].citation.story == "ferry"


@pytest.mark.parametrize("who", ["", "  ", "🤷", "Voss", "San"])
def test_who_is_nowhere_named_is_not_mentioned(who: str) -> None:
    assert base().mentions(who) == ()


def test_speakers_come_most_quoted_first_and_nameless_ones_not_at_all() -> None:
    assert base().speakers() == ("Runa Sande", "Ylva Brekke")
    nameless = build_story("n", "“Nobody knows who said these words,” it said on the wall.")
    assert Base(CompiledPacks([Pack("n", "en", (nameless,))])).speakers() == ()


def test_themes_are_telling_words_the_most_frequent_first() -> None:
    themes = base().themes()
    assert themes[0] == "asleep"
    assert {"town", "books", "poems", "fire"} <= set(themes)
    assert {"have", "been", "and", "a"}.isdisjoint(themes)
    assert len(set(themes)) == len(themes)


def test_a_base_without_stories_has_nothing_to_quote() -> None:
    empty = Base(CompiledPacks([]))
    assert (empty.quotations(), empty.mentions("Sande"), empty.speakers(), empty.themes()) == ((), (), (), ())


def test_a_name_of_the_pack_without_words_is_nobody() -> None:
    odd = Base(CompiledPacks([Pack("odd", "en", (LIBRARY,), names=(Name("?!"),))]))
    assert odd.quotations("🤷") == ()
