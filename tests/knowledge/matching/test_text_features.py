"""Texts as vectors: what they have in common is the dot product."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.features import WORD_SHARE, Rows, Weights, count

WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(tuple), min_size=1, max_size=8)


def dense(rows: Rows) -> np.ndarray:
    """Return the vectors as a table of all buckets that any of them uses."""
    used, column = np.unique(rows.buckets, return_inverse=True)
    table = np.zeros((len(rows), len(used)))
    table[np.repeat(np.arange(len(rows)), np.diff(rows.starts)), column] = rows.values
    return table


def likeness(one: str, other: str, *rest: str) -> float:
    """Return the similarity of two texts among others."""
    counts = count([text.split() for text in (one, other, *rest)])
    vectors = dense(Weights(counts).rows(counts))
    return float(vectors[0] @ vectors[1])


@given(TEXTS)
def test_a_text_is_like_itself_by_1_and_like_any_other_by_0_to_1(texts: list[tuple[str, ...]]) -> None:
    counts = count(texts)
    vectors = dense(Weights(counts).rows(counts))
    products = vectors @ vectors.T
    for text, same in zip(texts, products.diagonal(), strict=True):
        # A text of one-letter words has no character n-gram beyond their borders; an empty one has nothing.
        assert same == pytest.approx(1.0 if text else 0.0, abs=1e-4)
    assert np.allclose(products, products.T)
    assert products.min() >= 0
    assert products.max() <= 1 + 1e-4


def test_texts_with_nothing_in_common_are_not_alike() -> None:
    assert likeness("who won", "bananas ripen") == 0


def test_the_same_words_in_another_order_are_nearly_alike() -> None:
    assert 0.7 < likeness("library opening date", "date opening library") < 1


def test_a_slip_in_a_word_leaves_most_of_it() -> None:
    assert likeness("who designed the library", "who desinged the libary") > 0.2
    assert likeness("hegerberg", "hegerburg") > likeness("hegerberg", "hamburger")


def test_whole_words_and_letters_have_their_shares() -> None:
    # One word in common has the word block's cosine; "ab" and "ba" share neither a word nor letters in a row.
    assert likeness("ab", "ab") == pytest.approx(1.0)
    assert likeness("tower", "towers") <= 1 - WORD_SHARE


def test_a_rare_word_in_common_counts_more_than_one_that_all_texts_hold() -> None:
    others = ["who built it", "who sold it", "who paints", "who sings"]
    assert likeness("who candle", "a candle", *others) > likeness("who candle", "who sang", *others)


def test_word_pairs_tell_texts_of_the_same_words_apart() -> None:
    asked, same, swapped = "dog bites man", "dog bites man hard", "man bites dog hard"
    assert likeness(asked, same) > likeness(asked, swapped)


def test_features_do_not_reach_from_one_text_into_the_next() -> None:
    alone, counts = count([("ab",)]), count([("ab",), ("cd",)])
    mine = counts.buckets[counts.rows == 0]
    assert mine.tolist() == alone.buckets.tolist()


def test_texts_that_come_later_are_weighed_by_the_weights_of_the_first() -> None:
    first = count([("who", "won"), ("who", "sang")])
    weights = Weights(first)
    later = weights.rows(count([("who", "won"), ("never", "seen", "before")]))
    assert dense(later)[0] @ dense(later)[0] == pytest.approx(1.0, abs=1e-5)
    assert dense(later)[1] @ dense(later)[1] == pytest.approx(1.0, abs=1e-5)
    assert later.values[: later.starts[1]].tolist() == weights.rows(first).values[: later.starts[1]].tolist()


@pytest.mark.parametrize("texts", [[], [()], [(), ()], [("a",), ()]])
def test_texts_without_words_have_empty_vectors(texts: list[tuple[str, ...]]) -> None:
    counts = count(texts)
    rows = Weights(counts).rows(counts)
    assert len(rows) == len(texts)
    assert np.diff(rows.starts)[1:].tolist() == [0] * (len(texts) - 1)


def test_a_long_word_of_astral_letters_is_a_word_like_any_other() -> None:
    word = "𝔸𐍈" * 200
    assert likeness(word, word) == pytest.approx(1.0, abs=1e-4)
