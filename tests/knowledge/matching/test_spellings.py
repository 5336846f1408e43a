"""Spellings that may be near: a quick look that leaves nothing out."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.matching.spellings import Spellings

WORDS = st.text("abcdeéшж", min_size=1, max_size=9)


def test_a_word_with_a_slip_is_near_and_another_is_not() -> None:
    known = Spellings(["mayor", "major", "library", "opera"])
    assert known.near("mayro", 4, 6, 1) == ["major", "mayor"]
    assert known.near("libary", 5, 7, 1) == ["library"]
    assert known.near("zebra", 4, 6, 1) == []


def test_only_words_of_the_lengths_asked_for_are_near() -> None:
    assert Spellings(["art", "arts", "carts"]).near("arts", 4, 4, 2) == ["arts"]


def test_no_words_and_an_empty_word_are_near_to_nothing() -> None:
    assert Spellings([]).near("mayor", 4, 6, 1) == []
    assert Spellings(["mayor"]).near("", 0, 9, 1) == []


@given(st.sets(WORDS, max_size=30), WORDS, st.integers(0, 3))
def test_no_word_that_is_so_many_slips_away_is_left_out(known: set[str], word: str, slips: int) -> None:
    near = Spellings(known).near(word, len(word) - slips, len(word) + slips, slips)
    assert {other for other in known if OSA.distance(word, other) <= slips} <= set(near) <= known
