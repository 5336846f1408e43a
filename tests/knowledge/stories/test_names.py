import pytest

from knowledge.stories import build_story
from knowledge.stories.names import People, bare_name


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Ada Lind", "Ada Lind"),
        ("Lind\u2019s", "Lind"),
        ("Moss'", "Moss"),
        ("Dr. Ada Lind", "Ada Lind"),
        ("President Ada Lind", "Ada Lind"),
        ("French DJ Martin Solveig", "Martin Solveig"),
        ("But Ada Lind", "Ada Lind"),
        ("J. K. Rowling", "J. K. Rowling"),
        ("DJ", "DJ"),
        ("The", ""),
        ("Thursday", ""),
        ("Norwegian", ""),
        ("", ""),
    ],
)
def test_what_stands_before_or_after_a_name_is_taken_away(written: str, bare: str) -> None:
    assert bare_name(written) == bare


def test_the_fullest_name_is_found_by_surname_first_name_or_whole() -> None:
    people = People("Anna Maria Lind came. Lind left.")
    assert {people.full_name(name, 0) for name in ("Lind", "Anna", "Maria Lind", "Mrs. Lind")} == {
        "Anna Maria Lind"
    }


def test_a_name_that_the_text_does_not_give_stays_as_it_is() -> None:
    people = People("Anna Lind came.")
    assert people.full_name("Bo Berg", 0) == "Bo Berg"
    assert people.full_name("Lindberg", 0) == "Lindberg"
    assert people.full_name("The", 0) == ""


def test_of_namesakes_the_one_named_last_is_meant_and_else_the_first() -> None:
    text = "Then Anna Lind came. Then Bo Lind came."
    people = People(text)
    assert people.full_name("Lind", len(text)) == "Bo Lind"
    assert people.full_name("Lind", text.index("Bo")) == "Anna Lind"
    assert people.full_name("Lind", 0) == "Anna Lind"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lind, 44, came from Oslo.",
        "Ada Lind (44) came from Oslo.",
        "In Oslo lives Ada Lind, who is old.",
        "Ada Lind, the mayor of Upper Dask, came.",
        "Ada Lind wants the plug for Upper Dask.",
        "The prize went to Ada Lind of Upper Dask. Nobody else but Lind had asked.",
        "The Kerrow Trust met. Ada Lind came. At Lake Ilvane it rained.",
    ],
)
def test_the_person_named_last_is_told_from_places_and_bodies(text: str) -> None:
    assert People(text).last_before(len(text)) == "Ada Lind"


@pytest.mark.parametrize(
    "text", ["", "It rained in Oslo.", "The Kerrow Trust wants it.", "Lake Ilvane, the lake, is gone."]
)
def test_where_nobody_is_named_there_is_nobody(text: str) -> None:
    assert People(text).last_before(len(text)) == ""


def test_only_what_stands_before_counts_as_named_before() -> None:
    text = "Ada Lind came late. Bo Berg came early."
    assert People(text).last_before(text.index("Bo")) == "Ada Lind"


def test_whoever_speaks_counts_as_a_person_unless_the_name_says_body() -> None:
    people = People("It rained on Ada. It rained on the Kerrow Trust.")
    assert people.last_before(100) == ""
    people.note_speaker("Ada")
    people.note_speaker("Kerrow Trust")
    assert people.last_before(100) == "Ada"


def test_names_within_spoken_spans_are_passed_over() -> None:
    text = "Ada Lind came. “Bo Berg wants it,” she said."
    spoken = (text.index("“"), text.index("”") + 1)
    assert People(text, [spoken]).last_before(len(text)) == "Ada Lind"


def test_a_text_with_thousands_of_mentions_is_read_at_once() -> None:
    quoted = "“Yes, yes, it is so,” she said. Anna. "
    story = build_story("long", 3000 * quoted)
    assert {quotation.speaker for quotation in story.quotations} == {""}
    assert len(story.quotations) == 3000
