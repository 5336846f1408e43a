"""Finding the passages nearest to a question."""

import pytest

from knowledge.matching.passages import Near, PassageIndex
from knowledge.stories import build_story
from knowledge.text.folding import words
from tests.knowledge.bases import FERRY, LIBRARY

FRENCH = build_story("mairie", "La joueuse a marqué des buts. Le maire dort.", "fr")


def nearest(
    question: str,
    *,
    stories: tuple = (LIBRARY, FERRY),
    languages: tuple = ("en",),
    story: str | None = None,
    limit: int = 3,
) -> tuple[Near, ...]:
    return PassageIndex(stories).nearest(words(question), languages, story=story, limit=limit)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("how many maps are in the cellar", "It holds 40,000 books, and the cellar holds 2,000 maps."),
        ("when was the ferry painted", "The ferry was painted green in 2003, after a vote."),
        (
            "candles falling over",
            "The old library burned down in 1998, because a candle fell over during a reading.",
        ),
    ],
)
def test_the_line_that_holds_the_rare_words_is_nearest(question: str, line: str) -> None:
    assert nearest(question)[0].passage.text == line


def test_forms_of_a_word_meet_by_their_stem() -> None:
    assert nearest("painting ferries")[0].passage.story == "ferry"


def test_nearness_is_0_to_1_and_falls() -> None:
    near = [n.nearness for n in nearest("who opened the new library of Tolvik on 3 May 2019", limit=10)]
    assert near == sorted(near, reverse=True)
    assert 0 <= near[-1] <= near[0] <= 1


def test_the_whole_line_as_a_question_is_nearer_than_a_part_of_it() -> None:
    whole, part = nearest("Nobody was hurt.")[0], nearest("hurt")[0]
    assert whole.passage.text == part.passage.text == "Nobody was hurt."
    assert whole.nearness >= part.nearness > 0.5


def test_words_that_no_line_holds_make_it_less_near() -> None:
    assert (
        nearest("ferry painted green")[0].nearness
        > nearest("ferry painted green zebra xylophone")[0].nearness
    )


def test_only_the_story_that_was_named_is_looked_at() -> None:
    assert {n.passage.story for n in nearest("when was the library or ferry painted", story="library")} == {
        "library"
    }
    assert nearest("when was it painted", story="elsewhere") == ()


def test_words_are_cut_as_in_the_language_of_the_stories() -> None:
    found = nearest("marquer joueuses", stories=(FRENCH,), languages=("fr",))
    assert found[0].passage.text == "La joueuse a marqué des buts."
    assert nearest("joueuses", stories=(FRENCH,), languages=("en",)) == ()
    assert nearest("joueuses painted", stories=(FRENCH, FERRY), languages=("en", "fr"), limit=1)


def test_there_are_at_most_as_many_as_asked_for() -> None:
    assert len(nearest("the library burned and was opened", limit=2)) == 2


@pytest.mark.parametrize("question", ["", "🤷", "xylophone"])
def test_a_question_with_nothing_in_common_finds_nothing(question: str) -> None:
    assert nearest(question) == ()


def test_without_stories_nothing_is_found() -> None:
    assert nearest("library", stories=()) == ()
    assert nearest("library", stories=(build_story("blank", "  \n"),)) == ()
