"""A server's graded questions: what becomes of them, and what can be certified."""

from dataclasses import replace

import pytest

from knowledge.answering import Base
from knowledge.evaluation import Share, Verdict, at_least, at_most, check
from knowledge.model import AnswerSource, Graded, SourceKind
from tests.knowledge.bases import DRAWN, OPENED, base, entry

RIGHT = Graded("Who drew the library?", "architect")
UNTOLD = Graded("Who died in the fire?", "dead")
OFF = Graded("How tall is the moon?", None)
ASTRAY = Graded("When was the new library opened?", "cost")
UNSEEN = Graded("Which architect drew the building?", "architect")
FAR = Graded("How tall is the moon tonight?", "architect")
LOST = Graded("Which architect designed this building?", "cost")
"""These three are no phrasings, nor is `OFF`; the others are."""


def verdict_of(graded: Graded, known: Base | None = None) -> Verdict:
    (one,) = check(known or base(), [graded]).checked
    return one.verdict


@pytest.mark.parametrize(
    ("graded", "verdict"),
    [
        (RIGHT, Verdict.RIGHT),
        (ASTRAY, Verdict.WRONG),
        (UNTOLD, Verdict.HELD_BACK),
        (OFF, Verdict.HELD_BACK),
        (Graded("When was the new library opened?", None), Verdict.WRONG),
        (Graded("When was the new library opened?", "dead"), Verdict.WRONG),
        (Graded("How tall is the moon?", "architect"), Verdict.HELD_BACK),
    ],
)
def test_an_answer_is_right_where_its_entry_is_and_best_held_back_where_there_is_none(
    graded: Graded, verdict: Verdict
) -> None:
    assert verdict_of(graded) is verdict


def test_an_entry_that_rests_on_the_same_line_is_as_right() -> None:
    own = entry("ribbon", ("Who cut the ribbon?",), "The mayor.", OPENED)
    assert verdict_of(Graded("When was the new library opened?", "ribbon"), base(own)) is Verdict.RIGHT


def test_a_fact_that_rests_on_the_same_line_is_as_right() -> None:
    asked = "How many maps does the cellar have?"
    known = base(entry("cellar", ("What is below the ground?",), "Maps.", "the cellar holds 2,000 maps"))
    (one,) = check(known, [Graded(asked, "cellar")]).checked
    assert one.answer.source == AnswerSource(SourceKind.FACT, "maps")
    assert one.verdict is Verdict.RIGHT
    assert verdict_of(Graded(asked, "architect"), known) is Verdict.WRONG


def test_a_question_whose_entry_is_gone_is_best_held_back() -> None:
    assert verdict_of(Graded("How tall is the moon?", "moon")) is Verdict.HELD_BACK


def test_a_question_whose_entry_is_gone_certifies_nothing() -> None:
    found = check(base(), [replace(OFF, entry="moon")])
    assert [(one.is_gone, one.is_good) for one in found.checked] == [(True, False)]
    assert (found.right, found.wrong) == (None, None)


def test_what_can_be_certified_follows_from_how_many_were_asked() -> None:
    found = check(base(), [UNSEEN, FAR, OFF, LOST])
    assert [one.verdict for one in found.checked] == [
        Verdict.RIGHT,
        Verdict.HELD_BACK,
        Verdict.HELD_BACK,
        Verdict.WRONG,
    ]
    assert found.right is not None
    assert found.wrong is not None
    assert (found.right.count, found.right.of) == (1, 3)
    assert (found.wrong.count, found.wrong.of) == (1, 4)
    assert found.right.least == at_least(1, 3)
    assert found.wrong.most == at_most(1, 4)


def test_what_was_taught_word_for_word_certifies_nothing() -> None:
    found = check(base(), [RIGHT, ASTRAY, UNTOLD])
    assert [one.is_taught for one in found.checked] == [True] * 3
    assert (found.right, found.wrong) == (None, None)
    again = check(base(), [replace(RIGHT, question="who DREW the library"), UNSEEN, OFF])
    assert [one.is_taught for one in again.checked] == [True, False, False]
    assert again.right is not None
    assert again.wrong is not None
    assert (again.right.of, again.wrong.of) == (1, 2)


def test_the_same_words_in_another_order_are_not_what_was_taught() -> None:
    known = base(entry("won", ("Did Brekke beat Lien?",), "She did.", DRAWN))
    found = check(known, [Graded("Did Lien beat Brekke?", None), Graded("did brekke beat lien", "won")])
    assert [(one.verdict, one.is_taught) for one in found.checked] == [
        (Verdict.WRONG, False),
        (Verdict.RIGHT, True),
    ]
    assert found.wrong == Share(1, 1)


def test_the_same_words_count_once() -> None:
    found = check(base(), [OFF, replace(OFF, question=OFF.question.upper()), UNSEEN])
    assert len(found.checked) == 3
    assert found.wrong is not None
    assert found.wrong.of == 2


@pytest.mark.parametrize(
    ("graded", "is_good"), [(RIGHT, True), (FAR, False), (OFF, True), (UNTOLD, True), (ASTRAY, False)]
)
def test_the_best_end_of_a_question_that_no_entry_answers_is_to_be_held_back(
    graded: Graded, *, is_good: bool
) -> None:
    (one,) = check(base(), [graded]).checked
    assert one.is_good is is_good


def test_nothing_is_counted_where_nothing_was_asked() -> None:
    found = check(base(), [])
    assert (found.checked, found.right, found.wrong, found.pairs) == ((), None, None, ())


def test_without_a_question_that_an_entry_answers_none_can_be_right() -> None:
    assert check(base(), [OFF]).right is None


def test_an_entry_that_is_taken_for_another_is_named_with_an_example() -> None:
    (pair,) = check(base(), [RIGHT, ASTRAY]).pairs
    assert (pair.entry.id, pair.taken_for.id) == ("cost", "opened")
    assert (pair.times, pair.of, pair.answered) == (1, 1, 1)
    assert pair.example == ASTRAY.question


def test_the_questions_keep_their_order() -> None:
    asked = [OFF, RIGHT, UNTOLD]
    assert [one.graded for one in check(base(), asked).checked] == asked
