"""Finding the passages nearest to a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    as_english = nearest("joueuses", stories=(FRENCH,), languages=("en",))
    assert as_english[0].nearness < nearest("joueuses", stories=(FRENCH,), languages=("fr",))[0].nearness
    assert nearest("joueuses painted", stories=(FRENCH, FERRY), languages=("en", "fr"), limit=1)


def test_there_are_at_most_as_many_as_asked_for() -> None:
    assert len(nearest("the library burned and was opened", limit=2)) == 2


@pytest.mark.parametrize("question", ["", "🤷", "xylophone"])
def test_a_question_with_nothing_in_common_finds_nothing(question: str) -> None:
    assert nearest(question) == ()


def test_without_stories_nothing_is_found() -> None:
    assert nearest("library", stories=()) == ()
    assert nearest("library", stories=(build_story("blank", "  \n"),)) == ()


DIARY = build_story(
    "diary",
    "Ragna Vik keeps bees on the roof. She sold 40 jars in 2017. Her sister came from Porto. The bees slept.\n\n"
    "The town paid for nothing. A museum asked for the oldest hive.",
)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("how many jars did Ragna Vik sell", "She sold 40 jars in 2017."),
        ("what did the musem ask for", "A museum asked for the oldest hive."),
        ("¿Qué pidió el museo?", "A museum asked for the oldest hive."),
        ("Wofür bat das Museum?", "A museum asked for the oldest hive."),
        ("Кто приехал из Порто?", "Her sister came from Porto."),
        ("Рагна Вик", "Ragna Vik keeps bees on the roof."),
    ],
)
def test_words_beside_misspelt_words_and_words_of_other_languages_count(question: str, line: str) -> None:
    assert nearest(question, stories=(DIARY,))[0].passage.text == line


def test_a_word_of_the_sentence_before_counts_less_than_one_of_the_sentence_itself() -> None:
    here, after = nearest("Ragna keeps bees", stories=(DIARY,), limit=2)
    assert here.passage.text.startswith("Ragna Vik")
    assert here.nearness > after.nearness


def test_no_word_reaches_over_into_another_story() -> None:
    ends = build_story("ends", "The zeppelin landed.")
    begins = build_story("begins", "A cake was cut. Then all went home.")
    assert [n.passage.story for n in nearest("zeppelin", stories=(ends, begins))] == ["ends"]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("when was the bridge built", "The bridge was built in 1907."),
        ("how many arches has the bridge", "The bridge has 12 arches."),
        ("who built the bridge", "Then Nils Aaberg built the bridge."),
    ],
)
def test_of_two_lines_that_hold_the_words_the_one_that_tells_what_is_asked_comes_first(
    question: str, line: str
) -> None:
    lines = (
        "The bridge was built with arches of stone.", "It rained.", "Birds.", "The bridge was built in 1907.",
        "It snowed.", "Cats.", "The bridge has 12 arches.", "Wind.", "Dogs.", "Then Nils Aaberg built the bridge.",
    )  # fmt: skip
    bridge = build_story("bridge", "\n\n".join(lines))
    assert nearest(question, stories=(bridge,))[0].passage.text == line


def test_a_line_is_as_near_among_other_stories_as_in_its_own() -> None:
    """But for the n-grams, whose rarity is that of all stories together."""
    alone = nearest("when was the ferry painted", story="ferry")[0]
    among = nearest("when was the ferry painted")[0]
    assert among == alone


@given(st.text(max_size=60), st.sampled_from(["library", "ferry", None]))
def test_whatever_is_asked_nearness_is_0_to_1_and_best_first(question: str, story: str | None) -> None:
    near = nearest(question, story=story, limit=10)
    assert all(0 < n.nearness <= 1 for n in near)
    assert [n.nearness for n in near] == sorted((n.nearness for n in near), reverse=True)
    assert story is None or {n.passage.story for n in near} <= {story}
