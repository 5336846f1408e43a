"""What counts as right, wrong, offered and held back."""

from dataclasses import replace

import pytest

from knowledge.evaluation import Judged, Kind, Verdict, evaluate, judge
from knowledge.model import Answer, Entry, Outcome
from tests.knowledge.evaluation.graded import HOW_MANY, HOW_TALL, LINE, answer, choices, citation


class TestJudging:
    def test_an_answer_that_says_and_cites_the_right_thing_is_right(self) -> None:
        assert judge(HOW_MANY, answer("She has scored 185.", LINE)) is Verdict.RIGHT

    def test_what_is_to_be_said_may_stand_in_the_excerpt_alone(self) -> None:
        assert judge(HOW_MANY, answer("A great many.", LINE)) is Verdict.RIGHT

    def test_a_right_answer_without_its_line_is_wrong(self) -> None:
        assert judge(HOW_MANY, answer("She has scored 185.")) is Verdict.WRONG

    def test_a_right_answer_that_cites_another_line_is_wrong(self) -> None:
        assert judge(HOW_MANY, answer("She has scored 185.", "The crowd was not amused.")) is Verdict.WRONG

    def test_a_right_line_under_an_answer_that_does_not_say_it_is_wrong(self) -> None:
        expected = replace(HOW_MANY, says=(("in 2014",),))
        assert judge(expected, answer("No idea.", LINE)) is Verdict.WRONG

    def test_of_a_question_in_parts_every_part_must_be_said(self) -> None:
        expected = replace(HOW_MANY, says=(("185",), ("149", "Lyon")))
        assert judge(expected, answer("185 goals in 149 games.", LINE)) is Verdict.RIGHT
        both = replace(expected, says=(("185",), ("Barcelona",)))
        assert judge(both, answer("185 goals.", LINE)) is Verdict.WRONG

    def test_an_excerpt_may_be_a_part_of_the_right_span(self) -> None:
        assert judge(HOW_MANY, answer("185.", "scored 185 goals")) is Verdict.RIGHT

    def test_a_part_of_a_word_or_two_proves_nothing(self) -> None:
        assert judge(HOW_MANY, answer("185.", "185 goals")) is Verdict.WRONG

    def test_the_style_of_quotes_dashes_case_and_white_space_do_not_count(self) -> None:
        expected = replace(HOW_MANY, cites=('EARNED THE  "female"\u00a0ballon d\'or',))
        assert judge(expected, answer("185", LINE)) is Verdict.RIGHT

    def test_only_the_first_three_citations_count(self) -> None:
        assert judge(HOW_MANY, answer("185", "a", "b", LINE)) is Verdict.RIGHT
        assert judge(HOW_MANY, answer("185", "a", "b", "c", LINE)) is Verdict.WRONG

    @pytest.mark.parametrize(("length", "verdict"), [(350, Verdict.RIGHT), (351, Verdict.WRONG)])
    def test_an_excerpt_that_is_too_long_counts_as_none(self, length: int, verdict: Verdict) -> None:
        assert judge(HOW_MANY, answer("185", LINE.ljust(length, "."))) is verdict

    def test_choices_with_the_right_line_among_the_first_three_are_an_offer(self) -> None:
        assert judge(HOW_MANY, choices("a", "b", LINE)) is Verdict.OFFERED

    def test_choices_without_it_are_held_back(self) -> None:
        assert judge(HOW_MANY, choices("a", "b", "c", LINE)) is Verdict.HELD_BACK
        assert judge(HOW_MANY, choices("", "")) is Verdict.HELD_BACK

    @pytest.mark.parametrize("outcome", [Outcome.CLOSEST, Outcome.UNKNOWN])
    def test_not_knowing_is_held_back_whatever_is_shown_with_it(self, outcome: Outcome) -> None:
        assert judge(HOW_MANY, answer("", LINE, outcome=outcome)) is Verdict.HELD_BACK

    def test_any_answer_to_an_unanswerable_question_is_wrong(self) -> None:
        assert judge(HOW_TALL, answer("185 cm.", LINE)) is Verdict.WRONG

    def test_choices_for_an_unanswerable_question_are_held_back(self) -> None:
        assert judge(HOW_TALL, choices(LINE)) is Verdict.HELD_BACK


class TestSettingUncuratedQuestionsApart:
    CURATED = Entry("goals", ("How many goals?",), "185.", (citation("scored 185 goals in 149 games"),))
    OTHER = Entry("crowd", ("The crowd?",), "Not amused.", (citation("The crowd was not amused."),))

    def one(self, reply: Answer, *entries: Entry) -> Judged:
        (judged,) = evaluate(lambda _: reply, [HOW_MANY], entries)
        return judged

    def test_a_question_is_curated_when_an_entry_cites_its_line(self) -> None:
        assert self.one(answer("185", LINE), self.OTHER, self.CURATED).kind is Kind.ANSWERABLE

    def test_a_question_is_uncurated_when_no_entry_does(self) -> None:
        assert self.one(answer("185", LINE), self.OTHER).kind is Kind.UNCURATED

    def test_the_nearest_line_is_right_for_an_uncurated_question_when_it_is_the_right_one(self) -> None:
        assert self.one(answer("", LINE, "x", outcome=Outcome.CLOSEST)).verdict is Verdict.RIGHT

    def test_it_has_to_come_first(self) -> None:
        assert self.one(answer("", "x", LINE, outcome=Outcome.CLOSEST)).verdict is Verdict.HELD_BACK

    def test_a_curated_question_has_to_be_answered(self) -> None:
        reply = answer("", LINE, outcome=Outcome.CLOSEST)
        assert self.one(reply, self.CURATED).verdict is Verdict.HELD_BACK

    def test_without_entries_nothing_is_set_apart(self) -> None:
        (judged,) = evaluate(lambda _: answer("185", LINE), [HOW_MANY])
        assert judged.kind is Kind.ANSWERABLE

    def test_an_unanswerable_question_is_never_uncurated(self) -> None:
        (judged,) = evaluate(lambda _: answer("185", LINE), [HOW_TALL], [])
        assert judged.kind is Kind.UNANSWERABLE
