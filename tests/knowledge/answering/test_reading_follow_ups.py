"""A follow-up is read with the question before it."""

import pytest

from knowledge.answering.follow_ups import joined, names_nothing, telling
from knowledge.model import Outcome, Question
from knowledge.text.folding import words
from tests.knowledge.bases import ask, base


@pytest.mark.parametrize(
    ("question", "before", "entry_id"),
    [
        ("and when?", "Why did the old library burn down?", "fire-year"),
        ("in which year?", "cause of the fire", "fire-year"),
        ("what did she say?", "Who is Runa Sande?", "mayor-said"),
        ("and who drew it?", "How much did the library cost?", "architect"),
        ("y how much?", "price of the new building", "cost"),
    ],
)
def test_a_question_that_points_back_is_answered_about_what_was_asked_before(
    question: str, before: str, entry_id: str
) -> None:
    answer = ask(base(), question, before)
    assert answer.outcome is Outcome.ANSWER
    assert answer.source.id == entry_id
    assert answer.question == question


def test_only_the_last_question_is_read_along() -> None:
    assert joined(Question("and when?", ("What did the mayor say?", "cause of fire"))) == (
        "cause",
        "fire",
        "and",
        "when",
    )


def test_a_question_that_stands_alone_is_answered_alone() -> None:
    alone = ask(base(), "How much did the library cost?")
    assert ask(base(), "How much did the library cost?", "What did the mayor say?") == alone


@pytest.mark.parametrize(
    "text", ["bananas", "thanks", "lol ok", "xylophone?", "and bananas?", "he bananas", "🤷", ""]
)
def test_what_asks_nothing_is_not_answered_with_the_question_before(text: str) -> None:
    assert ask(base(), text, "What did the mayor say?").outcome is not Outcome.ANSWER


def test_a_denial_after_a_question_is_not_answered_with_it() -> None:
    assert ask(base(), "and what did she not say?", "What did the mayor say?").outcome is not Outcome.ANSWER


def test_without_a_question_before_there_is_nothing_to_join() -> None:
    assert joined(Question("and when?")) is None


def test_a_follow_up_is_joined_with_the_telling_words_before_each_once() -> None:
    assert joined(Question("and when did it burn?", ("Why did the old library burn?",))) == (
        "old", "library", "and", "when", "did", "it", "burn",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "and the mayor",
        "what does he do?",
        "how many?",
        "when?",
        "og hvem?",
        "combien de buts",
        "y cuantos",
        "the year?",
    ],
)
def test_a_pronoun_an_opening_word_or_a_bare_question_word_leans_on_what_came_before(text: str) -> None:
    assert joined(Question(text, ("Who drew the library?",))) is not None


@pytest.mark.parametrize("text", ["", "bananas", "who designed the ferry terminal", "library architect"])
def test_other_texts_stand_alone(text: str) -> None:
    assert joined(Question(text, ("Who drew the library?",))) is None


@pytest.mark.parametrize(
    "text",
    ["since when?", "how many?", "why did that happen?", "and when did it begin", "wann passierte das?"],
)
def test_a_question_without_a_word_of_its_own_names_nothing(text: str) -> None:
    assert names_nothing(words(text))


@pytest.mark.parametrize(
    "text", ["why did the library burn?", "when did the tour start?", "when did it end?"]
)
def test_a_question_with_one_names_something(text: str) -> None:
    assert not names_nothing(words(text))


def test_that_something_came_about_tells_nothing_of_it() -> None:
    assert telling(words("when did the fire start?")) == ("when", "did", "the", "fire")
