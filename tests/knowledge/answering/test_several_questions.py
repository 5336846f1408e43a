"""Questions that ask several things at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.several import parts
from knowledge.model import Outcome, SourceKind
from tests.knowledge.bases import BURNED, DRAWN, OPENED, ask, base


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who drew the library and when was it opened?", ("Who drew the library", "when was it opened?")),
        ("who drew it? how much did it cost?", ("who drew it", "how much did it cost?")),
        ("Hi all! Who drew the library, and in which year did the old one burn?",
         ("Who drew the library", "in which year did the old one burn?")),
        ("Qui a dessiné la bibliothèque et combien a-t-elle coûté ?",
         ("Qui a dessiné la bibliothèque", "combien a-t-elle coûté ?")),
        ("who won, what did they win, when was it", ("who won", "what did they win", "when was it")),
    ],
)  # fmt: skip
def test_a_question_is_taken_apart_where_another_begins(question: str, asked: tuple[str, ...]) -> None:
    assert parts(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Who drew the library?",
        "Who drew the library and the ferry?",
        "What did Sande and Brekke say about books and maps?",
        "library, fire, 1998",
        "Who? And why?",
        "who a b, who c d, who e f, who g h",
    ],
)
def test_what_asks_one_thing_or_too_many_stays_whole(question: str) -> None:
    assert parts(question) == ()


@given(st.text(max_size=300))
def test_parts_are_parts_of_the_question(question: str) -> None:
    assert all(part in question for part in parts(question))


def test_both_parts_are_answered_each_with_its_line() -> None:
    answer = ask(base(), "Who drew the library, and when was the new library opened?")
    assert answer.outcome is Outcome.ANSWER
    assert answer.text == "Odd Lien did, in one night. On 3 May 2019."
    assert [cited.citation.excerpt for cited in answer.citations] == [DRAWN, OPENED]
    assert answer.question == "Who drew the library, and when was the new library opened?"


def test_the_second_part_is_read_with_the_first_before_it() -> None:
    answer = ask(base(), "Why did the old library burn down, and in which year?")
    assert answer.outcome is not Outcome.UNKNOWN
    assert BURNED in [cited.citation.excerpt for cited in answer.citations]


def test_one_line_that_answers_both_is_cited_once() -> None:
    answer = ask(base(), "Why did the old library burn down? In which year did the old library burn down?")
    assert answer.text == "A candle fell over. In 1998."
    assert [cited.citation.excerpt for cited in answer.citations] == [BURNED]


def test_what_the_story_does_not_tell_of_one_part_keeps_the_other_from_standing_for_both() -> None:
    answer = ask(base(), "Who drew the library, and how many visitors does the library have?")
    assert answer.outcome is not Outcome.ANSWER
    assert answer.source is None or answer.source.kind is SourceKind.GAP
