"""Words that are spelt alike."""

# ruff: noqa: RUF001 - letters of another alphabet are meant

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.near_words import NearWords

WORDS = NearWords(
    ["hegerberg", "astronomy", "ceremony", "presidential", "harbour", "boat", "sea", "норвегия"]
)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("hegeberg", "hegerberg"),
        ("astronomía", "astronomy"),
        ("ceremonia", "ceremony"),
        ("präsidentiell", "presidential"),
        ("harbourside", "harbour"),
        ("хегерберг", "hegerberg"),
        ("norvegia", "норвегия"),
        ("boats", "boat"),
    ],
)
def test_misspellings_compounds_and_cognates_are_near(asked: str, known: str) -> None:
    assert WORDS.near(asked)[-1][0] == known


@pytest.mark.parametrize("word", ["zeppelin", "see", "", "boar", "高い山"])
def test_other_words_are_near_to_none(word: str) -> None:
    assert [near for near, likeness in WORDS.near(word) if likeness > 0.6] == []


def test_short_words_tell_nothing_by_their_spelling() -> None:
    assert NearWords(["sea", "see", "seas"]).near("sea") == ()
    assert NearWords(["sea", "see"]).near("seas") == ()


def test_the_word_itself_is_not_among_those_near_to_it() -> None:
    assert "ceremony" not in dict(WORDS.near("ceremony"))


@given(st.lists(st.text("abcdeя", min_size=1, max_size=8), unique=True), st.text("abcdeя", max_size=8))
def test_the_nearest_come_last_and_all_are_alike(words: list[str], asked: str) -> None:
    near = NearWords(words).near(asked)
    likenesses = [likeness for _, likeness in near]
    assert likenesses == sorted(likenesses)
    assert all(0.4 <= likeness <= 1 for likeness in likenesses)
    assert {word for word, _ in near} <= set(words) - {asked}
