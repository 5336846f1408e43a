"""Why a question was answered as it was."""

import math
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering import Base, CompiledPacks, Explanation, Refusal
from knowledge.answering.explaining import Mended
from knowledge.matching.evidence import Evidence
from knowledge.model import Question
from tests.knowledge.bases import UNHURT, base, entry

BASE = base()


def explain(text: str, *after: str) -> Explanation:
    return BASE.explain(Question(text, after))


def test_the_reply_is_the_one_that_anybody_gets() -> None:
    question = Question("Who drew the library?")
    assert BASE.explain(question).answer == BASE.answer(question)


def test_the_first_candidate_is_what_was_said_and_nothing_refused_it() -> None:
    why = explain("Who drew the library?")
    assert why.candidates[0].source == why.answer.source
    assert why.candidates[0].confidence == pytest.approx(why.answer.confidence, abs=1e-3)
    assert why.candidates[0].refusals == ()


def test_a_candidate_tells_its_nearest_phrasing_and_every_kind_of_evidence() -> None:
    first = explain("price of the new building?").candidates[0]
    assert (first.phrasing, first.source.id) == ("price of the new building", "cost")
    assert first.likeness == pytest.approx(1.0, abs=1e-3)
    assert [weight.field for weight in first.evidence] == [field.name for field in fields(Evidence)]


def test_what_the_evidence_adds_makes_up_the_confidence() -> None:
    for one in explain("How much did the building cost?").candidates:
        odds = one.start + sum(weight.adds for weight in one.evidence)
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(one.confidence)


def test_a_denied_question_is_refused_and_says_so() -> None:
    why = explain("What did the mayor NOT say?")
    first = why.candidates[0]
    assert Refusal.DENIAL in first.refusals
    assert first.source != why.answer.source
    assert first.uncovered == ("not",)


def test_two_that_come_as_near_are_told_of() -> None:
    twin = entry("nobody-hurt", ("Was anybody hurt in the flood?",), "No.", UNHURT)
    other = replace(twin, id="somebody-hurt", answer="Yes.", citations=())
    pair = base(twin, other)
    why = pair.explain(Question("Was anybody hurt in the flood?"))
    assert why.candidates[0].refusals == (Refusal.RIVAL,)
    assert why.candidates[1].refusals == ()
    assert {offered.source for offered in why.answer.suggestions} >= {c.source for c in why.candidates[:2]}


def test_words_that_were_mended_are_told() -> None:
    why = explain("who is the arhitect of the libary")
    assert why.mended == (Mended("arhitect", "architect"), Mended("libary", "library"))
    assert why.asked == ("who", "is", "the", "architect", "of", "the", "library")


def test_words_that_nothing_meets_are_told() -> None:
    why = explain("Who drew the library with a submarine?")
    assert why.uncovered == ("submarine",)
    assert all("submarine" in one.uncovered for one in why.candidates)


def test_a_follow_up_is_told_from_a_question_that_stands_alone() -> None:
    assert not explain("Who drew the library?", "How much did the library cost?").is_follow_up
    why = explain("and when?", "In which year did the old library burn down?")
    assert why.is_follow_up
    assert {"and", "when", "burn"} <= set(why.asked)


def test_the_nearest_lines_and_the_thresholds_are_told() -> None:
    why = explain("Nobody was hurt")
    assert why.lines[0].passage.text == UNHURT
    assert 0 < why.thresholds.possible < why.thresholds.sure < 1


@pytest.mark.parametrize("asked", ["", "?", "zzzzz"])
def test_a_question_that_nothing_comes_near_has_no_candidates(asked: str) -> None:
    why = Base(CompiledPacks([])).explain(Question(asked))
    assert (why.candidates, why.lines) == ((), ())
    assert why.uncovered == ((asked,) if asked.isalpha() else ())


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=400), st.lists(st.text(max_size=50), max_size=2))
def test_any_question_can_be_explained(text: str, after: list[str]) -> None:
    why = explain(text, *after)
    assert len(why.candidates) <= 5
    assert why.answer == BASE.answer(Question(text, tuple(after)))
