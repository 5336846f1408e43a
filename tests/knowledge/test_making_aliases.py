"""Aliases are made from what a moderator typed, or refused with what to mend."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import Base
from knowledge.curating import alias, alias_key
from knowledge.errors import AliasError
from knowledge.model import MAX_ALIAS, MAX_ALIASES, MAX_MEANING, Alias, Author
from knowledge.text.asking import COMMON
from knowledge.text.folding import words
from tests.knowledge.bases import COMPILED, base

MIA = Author(7, "Mia")


def test_an_alias_is_folded_and_its_meaning_kept_as_typed() -> None:
    assert alias(base(), " BdO ", " Ballon  d'Or ", MIA) == Alias("bdo", "Ballon d'Or", MIA)


@pytest.mark.parametrize("short", ["bdo", "the BdO", "B d O", "ÉTÉ", "24h", "ｂｄｏ"])  # noqa: RUF001 - folded too
def test_one_to_three_words_are_taken(short: str) -> None:
    assert alias(base(), short, "Ballon d'Or").alias == " ".join(words(short)) == alias_key(short)


@pytest.mark.parametrize(
    ("short", "meaning", "said"),
    [
        ("", "Ballon d'Or", "no word in it"),
        ("?!", "Ballon d'Or", "no word in it"),
        ("the big golden ball", "Ballon d'Or", "at most 3 words"),
        ("x" * (MAX_ALIAS + 1), "Ballon d'Or", f"{MAX_ALIAS} characters"),
        ("the", "Ballon d'Or", "“the” is an everyday word"),
        ("Who", "Ada Hegerberg", "“who” is an everyday word"),
        ("r", "Ada Hegerberg", "“are” is an everyday word"),
        ("does she", "Ada Hegerberg", "“does she” is an everyday word"),
        ("never", "always", "“never” is an everyday word"),
        ("bdo", "", "has no word in it"),
        ("bdo", "...", "has no word in it"),
        ("bdo", "x" * (MAX_MEANING + 1), f"has {MAX_MEANING + 1} characters; at most {MAX_MEANING}"),
        ("bdo", "BDO?", "means itself"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_mend(short: str, meaning: str, said: str) -> None:
    with pytest.raises(AliasError, match=said.replace("?", r"\?")):
        alias(base(), short, meaning)


@given(st.sampled_from(sorted(COMMON)))
def test_no_everyday_word_is_ever_taken(word: str) -> None:
    with pytest.raises(AliasError, match="everyday word"):
        alias(base(), word, "Ballon d'Or")


def test_an_everyday_word_beside_another_is_taken() -> None:
    assert alias(base(), "the ball", "Ballon d'Or").alias == "the ball"


def test_a_server_has_no_more_than_so_many() -> None:
    many = [Alias(f"a{n}", "x") for n in range(MAX_ALIASES)]
    full, nearly_full = Base(COMPILED, aliases=many), Base(COMPILED, aliases=many[1:])
    with pytest.raises(AliasError, match=f"There are {MAX_ALIASES} aliases already"):
        alias(full, "bdo", "Ballon d'Or")
    assert alias(full, "a7", "y") == Alias("a7", "y")  # in the place of one that is there
    assert alias(nearly_full, "bdo", "Ballon d'Or").alias == "bdo"


@given(st.text(max_size=60), st.text(max_size=100))
def test_whatever_is_typed_becomes_an_alias_within_its_bounds_or_a_sentence(short: str, meaning: str) -> None:
    with contextlib.suppress(AliasError):
        made = alias(base(), short, meaning)
        assert 1 <= len(made.alias.split()) <= 3
        assert len(made.alias) <= MAX_ALIAS
        assert 0 < len(made.meaning) <= MAX_MEANING
        assert words(made.alias) == words(short)
