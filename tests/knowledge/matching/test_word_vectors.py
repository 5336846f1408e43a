"""Word vectors: texts that share no word can still be near."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching import vectors
from knowledge.matching.vectors import word_vectors
from knowledge.text.folding import words

LARGEST = 8_000_000
"""Bytes that the table may have."""


def likeness(one: str, other: str) -> float:
    table = word_vectors()
    return float(table.text(words(one)) @ table.text(words(other)))


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        ("car", "vehicle", "banana"),
        ("how much does it cost", "what is the price", "who painted the ferry"),
        ("when does the shop close", "opening hours", "lost my bank card"),
        ("doctor", "physician", "guitar"),
    ],
)
def test_what_means_the_same_is_nearer_than_what_does_not(one: str, near: str, far: str) -> None:
    assert likeness(one, near) > likeness(one, far) + 0.2


@pytest.mark.parametrize(
    ("foreign", "english", "other"),
    [
        ("fotballspiller", "footballer", "kitchen"),
        ("precio", "price", "horse"),
        ("könig", "king", "bicycle"),
        ("книга", "book", "river"),
    ],
)
def test_words_of_other_languages_stand_near_their_english_ones(
    foreign: str, english: str, other: str
) -> None:
    assert likeness(foreign, english) > likeness(foreign, other)


def test_a_telling_word_is_longer_than_a_common_one() -> None:
    table = word_vectors()
    assert np.linalg.norm(table.word("astronomy")) > 2 * np.linalg.norm(table.word("the"))


def test_a_word_that_the_table_lacks_is_cut_into_the_longest_pieces_it_has() -> None:
    table = word_vectors()
    assert table.pieces("library") == ("library",)
    cut = table.pieces("libraryologist")
    assert cut[0] == "library"
    assert all(piece.startswith("##") for piece in cut[1:])
    assert "".join(cut).replace("##", "") == "libraryologist"


def test_letters_that_the_table_lacks_mean_nothing() -> None:
    table = word_vectors()
    assert table.pieces("字") == ()
    assert not table.text(["字"]).any()
    assert not table.text([]).any()
    assert table.texts([]).shape == (0, table.size)


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_text_has_a_vector_of_unit_length_or_none(text: list[str]) -> None:
    length = float(np.linalg.norm(word_vectors().text(text)))
    assert length == pytest.approx(1, abs=1e-4) or length == 0


def test_the_table_is_small_and_has_its_notices_beside_it() -> None:
    assert vectors.TABLE.stat().st_size <= LARGEST
    notices = vectors.TABLE.with_name("VECTORS.md").read_text(encoding="utf-8")
    assert all(
        name in notices for name in ("all-MiniLM-L6-v2", "Apache", "multilingual-e5-small", "MIT", "WordNet")
    )
