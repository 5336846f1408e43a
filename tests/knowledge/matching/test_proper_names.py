"""The names in a story, by its own spelling."""
# ruff: noqa: RUF001 - typographic marks, as stories have them

from knowledge.matching.names import names
from knowledge.stories import build_story


def found(text: str) -> set[str]:
    return set(names([build_story("s", text)]))


def test_a_word_with_a_capital_within_a_sentence_is_a_name() -> None:
    assert found("The mayor, Runa Sande, opened it.") == {"runa", "sande"}


def test_the_first_word_of_a_sentence_is_none() -> None:
    assert found("Nobody was hurt. Everybody ran.") == set()


def test_a_word_that_also_stands_with_a_small_letter_is_none() -> None:
    assert found("Then Mayor Sande spoke. Every mayor does.") == {"sande"}


def test_names_are_folded_as_questions_are() -> None:
    assert found("Then Kylian Mbappé met Bjørn O’Brien at the Ballon d’Or.") >= {
        "mbappe",
        "bjorn",
        "obrien",
        "ballon",
    }


def test_single_letters_and_numbers_are_none() -> None:
    assert found("Then I saw plan B on page 12.") == set()


def test_a_script_without_capitals_has_no_names() -> None:
    assert found("市长说，图书馆很重要。") == set()
    assert names([]) == {}


def test_names_of_all_stories_are_taken_together() -> None:
    one, other = build_story("a", "We met Voss."), build_story("b", "They saw a voss and Lien.")
    assert set(names([one, other])) == {"lien"}


def test_words_of_a_full_name_stand_for_one_another() -> None:
    story = build_story("s", "The mayor, Runa Sande, opened it. Later Sande spoke, and Lien did.")
    assert names([story])["sande"] == {"runa", "sande"}
    assert names([story])["lien"] == {"lien"}


def test_answers_tell_too_which_words_are_also_written_small() -> None:
    story = build_story("s", "She won the Kopa Trophy.")
    assert set(names([story], ["The trophy is hers."])) == {"kopa"}


def test_abbreviations_are_none() -> None:
    assert found("The French DJ asked, per ESPNW.") == {"french"}
