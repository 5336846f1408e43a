"""Which texts hold a term."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.postings import Postings


def test_a_run_is_counted_from_its_own_start() -> None:
    held = Postings([["sea"], ["land", "sea"], [], ["sea", "sea"]])
    assert held.holders("sea", slice(0, 4)).tolist() == [0, 1, 3]
    assert held.holders("sea", slice(1, 4)).tolist() == [0, 2]
    assert held.holders("sea", slice(2, 3)).tolist() == []


def test_a_term_that_no_text_holds_is_nowhere() -> None:
    assert Postings([]).holders("sea", slice(0, 0)).tolist() == []
    assert Postings([["land"]]).holders("sea", slice(0, 1)).tolist() == []


def test_terms_are_told_once_in_the_order_in_which_they_came() -> None:
    assert Postings([["b", "a", "b"], ["c", "a"]]).terms == ("b", "a", "c")


@given(st.lists(st.lists(st.sampled_from("abc"))), st.integers(0, 5), st.integers(0, 5))
def test_it_says_what_reading_every_text_says(texts: list[list[str]], start: int, size: int) -> None:
    start = min(start, len(texts))
    run = slice(start, min(len(texts), start + size))
    held = Postings(texts)
    for term in "abc":
        assert held.holders(term, run).tolist() == [i for i, t in enumerate(texts[run]) if term in t]
