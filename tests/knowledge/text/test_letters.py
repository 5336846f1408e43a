"""Other alphabets in Latin letters."""

# ruff: noqa: RUF001 - letters that look alike are the point

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.letters import latin


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("норвегия", "norvegiya"),
        ("золотой", "zolotoj"),
        ("хегерберг", "hegerberg"),
        ("киів", "kiiv"),
        ("щука", "shuka"),
        ("αθηνα", "athina"),
        ("βιβλιοθηκη", "vivliothiki"),
    ],
)
def test_cyrillic_and_greek_are_read_as_they_mostly_sound(word: str, read: str) -> None:
    assert latin(word) == read


@pytest.mark.parametrize("word", ["", "ferry", "smorgasbord", "東京", "42"])
def test_other_words_stay(word: str) -> None:
    assert latin(word) == word


@given(st.text(st.characters(min_codepoint=0x430, max_codepoint=0x44F)))
def test_nothing_cyrillic_is_left(word: str) -> None:
    assert latin(word).isascii()
