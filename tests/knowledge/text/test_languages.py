"""Whether a question is in another language than a story."""

# ruff: noqa: RUF001 - letters of many alphabets are what is looked at

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.languages import NAMES, is_foreign


@pytest.mark.parametrize(
    "question",
    [
        "Qui a dessiné la bibliothèque ?",
        "Combien de livres ?",
        "Hvem tegnet biblioteket?",
        "Hvor mange bøker er det?",
        "Vilken färg har färjan?",
        "Hvornår åbnede det?",
        "¿Quién es la alcaldesa?",
        "Quantos livros tem a biblioteca?",
        "Quando è stata aperta?",
        "Wann wurde die Fähre gestrichen?",
        "Hoeveel boeken zijn er?",
        "Kiedy otwarto bibliotekę, a kto to zrobił?",
        "Kütüphane ne zaman açıldı, kim yaptı?",
        "Milloin kirjasto avattiin ja kuka sen piirsi?",
        "Cine este arhitectul?",
        "Сколько книг в библиотеке?",
        "Скільки книжок?",
        "Πότε άνοιξε;",
        "متى فتحت؟",
        "図書館はいつ開きましたか",
        "图书馆什么时候开放?",
        "도서관은 언제 열렸나요?",
    ],
)
def test_a_question_in_another_language_than_english_is_foreign(question: str) -> None:
    assert is_foreign(question, "en")


@pytest.mark.parametrize(
    "question",
    [
        "Who designed the library?",
        "when was it opened",
        "library cost",
        "architect",
        "did El Pais write about the Casa de la Luz?",
        "what is a smörgåsbord",
        "was there a war?",
        "lol ok",
        "",
        "🤷",
        "1998?",
    ],
)
def test_a_question_in_english_or_in_no_plain_language_is_not(question: str) -> None:
    assert not is_foreign(question, "en")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who designed the library?", "fr"),
        ("Who designed the library?", "nb"),
        ("Who designed the library?", "ru"),
        ("Hvem tegnet biblioteket, og når?", "de"),
        ("Сколько книг у мэра и когда они были куплены?", "uk"),
    ],
)
def test_stories_may_be_in_any_language(question: str, language: str) -> None:
    assert is_foreign(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hvem tegnet biblioteket, og når?", "nb"),
        ("Hvem tegnet biblioteket, og når?", "nn"),
        ("Hvem tegnet biblioteket, og når?", "da"),
        ("Qui a dessiné la bibliothèque ?", "fr"),
        ("Сколько книг в библиотеке?", "ru"),
        ("Колико књига има?", "sr"),
        ("図書館はいつ開きましたか", "ja"),
        ("Who designed the library?", "xx"),
        ("Ki tervezte a könyvtárat?", "hu"),
    ],
)
def test_near_languages_and_unknown_ones_are_not_told_apart(question: str, language: str) -> None:
    assert not is_foreign(question, language)


@given(st.text(max_size=80), st.sampled_from(sorted(NAMES)))
def test_any_text_can_be_looked_at(text: str, language: str) -> None:
    assert is_foreign(text, language) in {True, False}
