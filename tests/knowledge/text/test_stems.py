"""Stems: forms of one word are one word."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.text.stems import stem


@pytest.fixture
def _threads_change_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("scored", "scores", "en"),
        ("apologies", "apology", "en"),
        ("kaptein", "kapteinen", "no"),
        ("spieler", "spielern", "de"),
        ("joueuse", "joueuses", "fr"),
        ("goles", "gol", "es"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str, language: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_different_words_stay_apart() -> None:
    assert stem("goals", "en") != stem("games", "en")


def test_both_written_forms_of_norwegian_are_norwegian() -> None:
    assert stem("kapteinen", "nb") == stem("kapteinen", "nn") == stem("kapteinen", "no")


def test_a_language_without_a_stemmer_leaves_words_as_they_are() -> None:
    assert stem("scored", "zh") == "scored"
    assert stem("scored", "") == "scored"


@pytest.mark.parametrize("language", "ar ca da de el en es fi fr hi hu it lt nb nl no pt ro ru sv tr".split())
def test_many_languages_have_a_stemmer(language: str) -> None:
    assert stem("a", language)


@pytest.mark.usefixtures("_threads_change_often")
def test_threads_that_cut_stems_at_once_do_not_get_one_anothers() -> None:
    texts = [f"{letter}running{ending}" for letter in "bcdfgt" for ending in ("s", "ly", "ations", "")]
    alone = [stem.__wrapped__(word, "en") for word in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda word: stem.__wrapped__(word, "en"), texts * 50))
    assert together == alone * 50
