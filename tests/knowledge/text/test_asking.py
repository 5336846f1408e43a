"""What a question asks for, as far as its words tell."""

import pytest

from knowledge.text.asking import COMMON, VAGUE, content, denies, kinds
from knowledge.text.folding import words


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who won?", "person"),
        ("which player got it", "person"),
        ("When did she join?", "time"),
        ("in what year", "time"),
        ("How many goals?", "many"),
        ("number of games", "many"),
        ("How old is she?", "age"),
        ("Where was it held?", "place"),
        ("Why did he apologise?", "reason"),
        ("how come he asked", "reason"),
        ("Qui a gagné ?", "person"),
        ("Combien de buts ?", "many"),
        ("Hvem vant?", "person"),
        ("Hvor mange mål?", "many"),
        ("¿Cuántos goles?", "many"),
        ("¿Por qué se disculpó?", "reason"),
        ("Wie viele Tore?", "many"),
        ("Warum?", "reason"),
    ],
)
def test_a_question_tells_the_kind_of_its_answer(question: str, kind: str) -> None:
    assert kind in kinds(words(question)) - VAGUE


def test_how_and_what_alone_may_ask_for_anything() -> None:
    assert kinds(words("What happened?")) <= VAGUE
    assert kinds(words("How did it go?")) <= VAGUE


def test_a_question_may_ask_for_two_kinds_and_for_none() -> None:
    assert {"person", "time"} <= kinds(words("who won and when"))
    assert kinds(words("goals lyon")) == frozenset()
    assert kinds(()) == frozenset()


def test_words_of_one_language_do_not_ask_in_another() -> None:
    assert "place" not in kinds(words("the prize presented by the club"))
    assert "reason" not in kinds(words("¿Y cuántos partidos?"))


@pytest.mark.parametrize(
    "question",
    [
        "What did the mayor NOT say?",
        "who didn't win",
        "who cannot play",
        "never apologised",
        "nobody was hurt",
        "Qui n'a pas gagné ?",
        "hvem vant ikke",
        "wer hat nicht gewonnen",
        "quién nunca ganó",
    ],
)
def test_a_denial_is_heard(question: str) -> None:
    assert denies(words(question))


@pytest.mark.parametrize(
    "question",
    [
        "What did the mayor say?",
        "I can't recall who won",
        "don't remember the year, when was it",
        "not sure who won",
        "I do not know when",
        "no idea who won",
        "am 3. Mai",
        "le 3 mai",
        "",
    ],
)
def test_manners_of_asking_are_no_denial(question: str) -> None:
    assert not denies(words(question))


def test_a_denial_at_the_end_is_heard() -> None:
    assert denies(words("did she win or not"))


def test_content_is_what_carries_meaning_each_word_once() -> None:
    assert content(words("Who did the award go to, and was the award new?")) == ("award", "go", "new")


def test_a_question_of_common_words_alone_keeps_them() -> None:
    assert content(words("who was that who")) == ("who", "was", "that")
    assert content(()) == ()


def test_common_words_are_written_as_folding_leaves_them() -> None:
    assert {word for word in COMMON if words(word) != (word,)} == set()
