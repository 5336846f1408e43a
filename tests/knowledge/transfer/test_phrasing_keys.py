from string import punctuation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.transfer.together import phrasing_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who won?", "who won"),
        ("Who\u2019s hurt?", "whos hurt"),
        ("Who's hurt?", "Who\u2018s hurt?!"),
        ("the 23-year-old", "The 23 year old"),
        ("Who  won\t?", "¿Who won?"),
        ("ﬁnal", "final"),
        ("\uff37ho won", "who won"),
        ("STRASSE", "straße"),
    ],
)
def test_phrasings_that_differ_only_in_writing_are_the_same(one: str, other: str) -> None:
    assert phrasing_key(one) == phrasing_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who won?", "Who lost?"),
        ("What is C#?", "What is C?"),
        ("5 %?", "5?"),
        ("resume", "résumé"),
        ("???", "!!!"),
    ],
)
def test_phrasings_that_ask_something_else_are_not(one: str, other: str) -> None:
    assert phrasing_key(one) != phrasing_key(other)


@given(st.text(min_size=1))
def test_no_phrasing_is_left_without_a_key(phrasing: str) -> None:
    assert phrasing_key(phrasing)


@given(st.text(st.sampled_from(f"{punctuation} abcXYZéß"), max_size=30))
def test_a_key_is_its_own_key(phrasing: str) -> None:
    assert phrasing_key(phrasing_key(phrasing)) == phrasing_key(phrasing)
