"""Folding: spelling habits, look-alike letters and invisible characters do not count."""
# ruff: noqa: RUF001 - letters that look like others are the point

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import MAX_QUESTION
from knowledge.text.folding import fold, words

ANYTHING = st.text(st.characters(exclude_categories=()))
"""Text of every code point there is, lone surrogates and unassigned ones among them."""


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("WHO Won?", "who won?"),
        ("Straße", "strasse"),
        ("ｗｈｏ", "who"),
        ("ﬁre", "fire"),
        ("x²", "x2"),
        ("Mbappé", "mbappe"),
        ("Søren Ærø", "soren aero"),
        ("Ǿyen", "oyen"),
        ("İstanbul ılık", "istanbul ilik"),
    ],
)
def test_case_width_and_accents_do_not_count(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2066", "\u202e", "\0", "\ud800", "\u0338"]
)
def test_invisible_characters_and_loose_marks_vanish_within_a_word(unseen: str) -> None:
    assert words(f"wh{unseen}o won") == ("who", "won")


def test_zalgo_is_read_as_the_letters_below_it() -> None:
    assert words("w\u0316\u0317\u0318h\u0319\u031co\u0301\u0302 won") == ("who", "won")


def test_look_alike_letters_are_read_as_latin_within_a_latin_word() -> None:
    assert words("Whо wоn thе аward") == ("who", "won", "the", "award")  # Cyrillic vowels
    assert words("gοal") == ("goal",)  # with a Greek omicron


def test_a_word_of_another_script_is_left_to_itself() -> None:
    assert words("кто победил") == ("кто", "победил")
    assert words("кот-cat") == ("кот", "cat")


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "`", "´", "′", "＇"])
def test_every_apostrophe_is_an_apostrophe(apostrophe: str) -> None:
    assert fold(f"who{apostrophe}s") == "who's"
    assert words(f"the Ballon d{apostrophe}Or") == ("the", "ballon", "dor")
    assert words(f"he didn{apostrophe}t") == ("he", "did", "not")


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("don't", "do not"),
        ("dont", "do not"),
        ("can't", "can not"),
        ("cannot", "can not"),
        ("won't", "will not"),
        ("shan't", "shall not"),
        ("ain't", "is not"),
        ("mustn't", "must not"),
        ("isnt", "is not"),
        ("what's", "what"),
        ("she's", "she"),
        ("they're", "they"),
        ("the mayor's words", "the mayor words"),
        ("I'm", "i"),
    ],
)
def test_contractions_are_opened_and_possessives_cut(written: str, opened: str) -> None:
    assert " ".join(words(written)) == opened


def test_words_that_only_look_like_contractions_stay() -> None:
    assert words("want candour font significant") == ("want", "candour", "font", "significant")


def test_elided_articles_are_cut() -> None:
    assert words("l'équipe qu'elle j'aime n'est") == ("equipe", "elle", "aime", "est")


@pytest.mark.parametrize(
    ("written", "read"),
    [("four goals", ("4", "goals")), ("Twelve", ("12",)), ("hundred", ("100",)), ("one", ("one",))],
)
def test_numbers_in_words_are_read_as_digits(written: str, read: tuple[str, ...]) -> None:
    assert words(written) == read


def test_the_short_forms_of_chat_are_read_in_full() -> None:
    assert words("pls tell wat r u") == ("please", "tell", "what", "are", "you")
    assert words("whos the mayor") == ("who", "the", "mayor")


def test_the_spanish_and_is_no_why() -> None:
    assert words("¿y cuántos?") == ("y", "cuantos")


def test_punctuation_and_emoji_part_words_and_are_none() -> None:
    assert words("who/won_it… (really)?! 🏆🇳🇴") == ("who", "won", "it", "really")
    assert words("🤷‍♀️ !!! ...") == ()


def test_white_space_of_any_kind_is_one_space() -> None:
    assert fold(" who\t won\u00a0\n it ") == "who won it"


def test_what_comes_after_300_code_points_is_not_read() -> None:
    assert words("a " * (MAX_QUESTION // 2) + "secret") == ("a",) * (MAX_QUESTION // 2)
    assert len(fold("x" * 6000)) == MAX_QUESTION


@given(ANYTHING)
def test_any_text_at_all_can_be_folded(text: str) -> None:
    folded = fold(text)
    assert folded.encode() or not folded
    assert folded == " ".join(folded.split())


@given(st.text(st.characters(exclude_categories=()), max_size=16))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    # Short texts: folding makes some characters longer, and what is over 300 code points is cut.
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_words_are_never_empty_and_hold_no_white_space(text: str) -> None:
    assert all(word and word.isalnum() for word in words(text))


@given(st.text(st.sampled_from("whoamyr 'éß"), max_size=40))
def test_upper_and_lower_case_give_the_same_words(text: str) -> None:
    assert words(text.upper()) == words(text.lower())


def test_the_short_i_of_cyrillic_is_a_letter_of_its_own() -> None:
    assert words("Первый Музей её") == ("первый", "музей", "ее")
    assert words("и\u0306од") == ("йод",)
