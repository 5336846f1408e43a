"""Whether confidence means what it says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation import Expected, Judged, Kind, Verdict, calibrate, judge
from knowledge.model import Answer, AnswerSource, Candidate, Outcome, SourceKind
from tests.knowledge.evaluation.graded import HOW_MANY, HOW_TALL, LINE, answer

RIGHT = answer("185.", LINE)
WRONG = answer("Nobody knows.", "The crowd was not amused.")
REPLIES = {"right": RIGHT, "wrong": WRONG}


def said(confidence: float, *, is_right: bool) -> Judged:
    """A question that was answered."""
    reply = replace(RIGHT if is_right else WRONG, confidence=confidence)
    return Judged(HOW_MANY, reply, Kind.ANSWERABLE, judge(HOW_MANY, reply))


def held_back(*candidates: tuple[str, float], expected: Expected = HOW_MANY) -> Judged:
    """A question that was not, with candidates as `kind:id` and their confidence."""
    listed = tuple(
        Candidate(AnswerSource(SourceKind(name.split(":")[0]), name.split(":")[1]), confidence, "")
        for name, confidence in candidates
    )
    reply = replace(answer(outcome=Outcome.UNKNOWN), candidates=listed)
    return Judged(expected, reply, Kind.ANSWERABLE, Verdict.HELD_BACK)


def answer_from(source: AnswerSource, _asked: str) -> Answer | None:
    return REPLIES.get(source.id)


def test_there_are_ten_bins_of_equal_width() -> None:
    bins = calibrate([], answer_from).bins
    assert [(b.start, b.end) for b in bins] == [(i / 10, (i + 1) / 10) for i in range(10)]


def test_a_bin_tells_what_was_stated_and_what_was_seen() -> None:
    measured = calibrate([said(0.92, is_right=True), said(0.98, is_right=False)], answer_from)
    (used,) = [b for b in measured.bins if b.count]
    assert (used.start, used.count, used.observed) == (0.9, 2, 0.5)
    assert used.stated == pytest.approx(0.95)


def test_the_error_is_the_mean_distance_weighted_by_the_bins() -> None:
    well = [said(0.75, is_right=i < 3) for i in range(4)]
    badly = [said(0.95, is_right=False)]
    assert calibrate(well, answer_from).error == pytest.approx(0.0)
    assert calibrate([*well, *badly], answer_from).error == pytest.approx(0.95 / 5)


@pytest.mark.parametrize(("confidence", "start"), [(0.0, 0.0), (0.1, 0.1), (0.99, 0.9), (1.0, 0.9)])
def test_a_confidence_belongs_to_the_bin_that_it_starts(confidence: float, start: float) -> None:
    (used,) = [b for b in calibrate([said(confidence, is_right=True)], answer_from).bins if b.count]
    assert used.start == start


def test_what_was_held_back_is_judged_as_if_it_had_been_said() -> None:
    measured = calibrate(
        [held_back(("entry:right", 0.55)), held_back(("fact:wrong", 0.51), ("entry:right", 0.4))], answer_from
    )
    (used,) = [b for b in measured.bins if b.count]
    assert (used.start, used.count, used.observed) == (0.5, 2, 0.5)


def test_gaps_and_lines_are_passed_over() -> None:
    measured = calibrate(
        [held_back(("gap:wrong", 0.8), ("passage:wrong", 0.7), ("quotation:right", 0.3))], answer_from
    )
    (used,) = [b for b in measured.bins if b.count]
    assert (used.start, used.observed) == (0.3, 1.0)


def test_questions_without_a_candidate_are_left_out() -> None:
    measured = calibrate(
        [held_back(), held_back(("gap:wrong", 0.8)), held_back(("entry:gone", 0.8))], answer_from
    )
    assert (measured.count, measured.error) == (0, 0.0)


def test_a_candidate_for_an_unanswerable_question_is_never_right() -> None:
    measured = calibrate([held_back(("entry:right", 0.6), expected=HOW_TALL)], answer_from)
    assert measured.error == pytest.approx(0.6)


@given(st.lists(st.builds(said, st.floats(0, 1), is_right=st.booleans()), max_size=30))
def test_every_sample_is_in_one_bin_and_the_error_is_a_share(judged: list[Judged]) -> None:
    measured = calibrate(judged, answer_from)
    assert sum(b.count for b in measured.bins) == measured.count == len(judged)
    assert 0.0 <= measured.error <= 1.0
    assert all(b.start - 1e-9 <= b.stated <= b.end + 1e-9 for b in measured.bins if b.count)
