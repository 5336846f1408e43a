"""Why a question was answered as it was, in words."""

from dataclasses import fields, replace

import pytest

from bot.reasons import evidence_in_words, fate, name_of, reading, thresholds
from knowledge.answering import Considered, Explanation, Refusal
from knowledge.answering.explaining import Mended, Thresholds
from knowledge.matching.evidence import Evidence
from knowledge.model import Answer, AnswerSource, Outcome, SourceKind, Suggestion

COST = AnswerSource(SourceKind.ENTRY, "cost")
FIRE = AnswerSource(SourceKind.ENTRY, "fire")
CANDIDATE = Considered(COST, "What did it cost?", 0.8, 0.9, -3.0, (), (), ())
WHY = Explanation(
    Answer("What did it cost?", Outcome.ANSWER, 0.9, "A lot.", source=COST),
    ("what", "did", "it", "cost"),
    (),
    short_forms=(),
    is_follow_up=False,
    uncovered=(),
    candidates=(CANDIDATE,),
    lines=(),
    thresholds=Thresholds(0.7, 0.05, 0.12, 0.4),
)


@pytest.mark.parametrize("field", [field.name for field in fields(Evidence)])
def test_every_kind_of_evidence_has_words_that_fit_the_table(field: str) -> None:
    assert " " in evidence_in_words(field)
    assert len(evidence_in_words(field)) <= 36


def test_evidence_without_words_of_its_own_goes_by_its_name() -> None:
    assert evidence_in_words("moon_phase") == "moon phase"


def test_a_candidate_that_is_no_entry_is_called_what_it_is() -> None:
    assert name_of(CANDIDATE) == "cost"
    assert name_of(replace(CANDIDATE, source=AnswerSource(SourceKind.GAP, "dead"))) == "dead (gap)"


def test_the_answer_was_given() -> None:
    assert fate(WHY, CANDIDATE) == "given"


def test_a_gap_was_given_as_such() -> None:
    gap = AnswerSource(SourceKind.GAP, "dead")
    why = replace(WHY, answer=Answer("Who died?", Outcome.UNKNOWN, 0.4, source=gap))
    unsure = replace(CANDIDATE, source=gap, refusals=(Refusal.UNSURE,))
    assert fate(why, unsure) == "given: the story does not say"


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_words(refusal: Refusal) -> None:
    refused = replace(CANDIDATE, source=FIRE, refusals=(refusal,))
    assert len(fate(WHY, refused).split()) > 1


def test_several_refusals_are_all_told() -> None:
    refused = replace(CANDIDATE, source=FIRE, refusals=(Refusal.DENIAL, Refusal.UNSURE))
    assert fate(WHY, refused) == "the question denies something that it does not; not sure enough"


def test_one_that_could_have_been_given_stood_behind_another() -> None:
    assert fate(WHY, replace(CANDIDATE, source=FIRE)) == "another one is better"


def test_what_was_offered_says_so_and_why_it_was_not_given() -> None:
    offer = Suggestion(FIRE, "When was the fire?", "")
    why = replace(WHY, answer=Answer("When?", Outcome.CHOICES, 0.5, suggestions=(offer,)))
    assert fate(why, replace(CANDIDATE, source=FIRE)) == "offered"
    unsure = replace(CANDIDATE, source=FIRE, refusals=(Refusal.UNSURE,))
    assert fate(why, unsure) == "offered: not sure enough"


def test_a_plain_question_was_just_read() -> None:
    assert reading(WHY) == ["Read as: what did it cost"]


def test_whatever_happened_to_the_words_is_told() -> None:
    why = replace(
        WHY, mended=(Mended("cots", "cost"),), is_follow_up=True, uncovered=("submarine",), asked=("cost",)
    )
    assert reading(why) == [
        "Read as: cost",
        "Mended: cots to cost",
        "It was read as a follow-up, with the question before it.",
        "No candidate meets: submarine",
    ]


def test_a_question_without_words_was_read_as_nothing() -> None:
    assert reading(replace(WHY, asked=())) == ["Read as: nothing"]


def test_the_thresholds_are_told() -> None:
    assert all(share in thresholds(WHY) for share in ("70%", "5%", "12%", "40%"))
