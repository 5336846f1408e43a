"""What counts as right, wrong, offered and held back."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SafeError
from knowledge.evaluation import (
    ALL_STYLES,
    Expected,
    Judged,
    Kind,
    Verdict,
    evaluate,
    figures,
    judge,
    read_questions,
    tally,
)
from knowledge.model import (
    Answer,
    AnswerSource,
    Citation,
    Cited,
    Entry,
    Outcome,
    Question,
    Source,
    SourceKind,
    Suggestion,
)

LINE = (
    "Norwegian striker Ada Hegerberg \u2013 who has scored 185 goals in 149 games \u2013 "
    "earned the \u201cfemale\u201d Ballon d\u2019Or."
)

HOW_MANY = Expected(
    id="q1",
    question=Question("How many goals?"),
    style="direct",
    answerable=True,
    says=(("185", "one hundred and eighty-five"),),
    cites=("who has scored 185 goals in 149 games",),
)
HOW_TALL = Expected(id="q2", question=Question("How tall is she?"), style="keyword", answerable=False)


def citation(excerpt: str) -> Citation:
    return Citation("story", 0, len(excerpt), excerpt, "hash")


def answer(text: str = "", *excerpts: str, outcome: Outcome = Outcome.ANSWER) -> Answer:
    cited = tuple(Cited(citation(excerpt), "paragraph 1", Source(), "en") for excerpt in excerpts)
    return Answer("?", outcome, 0.9, text, cited)


def choices(*excerpts: str) -> Answer:
    source = AnswerSource(SourceKind.ENTRY, "goals")
    return replace(
        answer(outcome=Outcome.CHOICES),
        suggestions=tuple(Suggestion(source, "Goals?", excerpt) for excerpt in excerpts),
    )


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


class TestCounting:
    @staticmethod
    def judged(kind: Kind, style: str, *verdicts: Verdict) -> list[Judged]:
        expected = replace(HOW_MANY, style=style)
        return [Judged(expected, answer(), kind, verdict) for verdict in verdicts]

    def test_every_kind_is_counted_by_style_and_together(self) -> None:
        counts = tally(
            [
                *self.judged(Kind.ANSWERABLE, "typo", Verdict.RIGHT, Verdict.WRONG),
                *self.judged(Kind.ANSWERABLE, "direct", Verdict.RIGHT),
                *self.judged(Kind.UNANSWERABLE, "direct", Verdict.HELD_BACK),
            ]
        )
        assert list(counts) == [
            (Kind.ANSWERABLE, ALL_STYLES),
            (Kind.ANSWERABLE, "direct"),
            (Kind.ANSWERABLE, "typo"),
            (Kind.UNANSWERABLE, ALL_STYLES),
            (Kind.UNANSWERABLE, "direct"),
        ]
        assert counts[Kind.ANSWERABLE, ALL_STYLES] == {Verdict.RIGHT: 2, Verdict.WRONG: 1}

    def test_the_figures_are_shares_of_their_kind(self) -> None:
        right, wrong, offered, held = Verdict.RIGHT, Verdict.WRONG, Verdict.OFFERED, Verdict.HELD_BACK
        assert figures(
            [
                *self.judged(Kind.ANSWERABLE, "s", right, right, wrong, offered, held),
                *self.judged(Kind.UNANSWERABLE, "s", wrong, held, held, held),
                *self.judged(Kind.UNCURATED, "s", right, held),
            ]
        ) == {"right": 0.4, "wrong": 0.2, "offered": 0.2, "helped": 0.6, "answered": 0.25, "uncurated": 0.5}

    def test_a_figure_that_nothing_was_asked_for_is_left_out(self) -> None:
        assert figures([]) == {}
        assert set(figures(self.judged(Kind.UNANSWERABLE, "s", Verdict.WRONG))) == {"answered"}


class TestReadingQuestions:
    ANSWERABLE: ClassVar = {
        "id": "q1",
        "question": "How many goals?",
        "style": "direct",
        "answer_any": ["185", "one hundred and eighty-five"],
        "cite_any": ["who has scored 185 goals in 149 games"],
        "answerable": True,
        "topic": "goals",
    }
    UNANSWERABLE: ClassVar = {
        "id": "q2",
        "question": "How tall is she?",
        "style": "keyword",
        "answerable": False,
    }

    def test_a_line_is_a_question_and_blank_lines_are_passed_over(self) -> None:
        text = f"{json.dumps(self.ANSWERABLE)}\n\n{json.dumps(self.UNANSWERABLE)}\n"
        assert read_questions(text, "q.jsonl") == (HOW_MANY, HOW_TALL)

    def test_parts_are_read_from_answer_all(self) -> None:
        line = json.dumps(self.ANSWERABLE | {"answer_all": [["185"], ["149", "many"]]})
        assert read_questions(line, "q.jsonl")[0].says == (("185",), ("149", "many"))

    def test_a_follow_up_and_a_story_are_read(self) -> None:
        line = json.dumps(self.UNANSWERABLE | {"after": ["Who won?"], "story": "lake"})
        assert read_questions(line, "q.jsonl")[0].question == Question(
            "How tall is she?", ("Who won?",), "lake"
        )

    def test_line_separators_within_a_question_do_not_end_the_line(self) -> None:
        line = json.dumps(self.UNANSWERABLE | {"question": "How\u2028tall?"}, ensure_ascii=False)
        assert read_questions(line, "q.jsonl")[0].question.text == "How\u2028tall?"

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("{", "q.jsonl:2: not JSON"),
            ("[]", "q.jsonl:2: a field is not"),
            ("null", "q.jsonl:2: a field is not"),
            ('{"answerable": false}', "q.jsonl:2: the field 'question' is missing"),
            (
                '{"question": "x", "answerable": true, "cite_any": []}',
                "q.jsonl:2: the field 'answer_any' is missing",
            ),
            (
                '{"question": "x", "answerable": true, "answer_any": 1, "cite_any": []}',
                "q.jsonl:2: a field is not",
            ),
        ],
    )
    def test_a_bad_line_is_named(self, line: str, said: str) -> None:
        with pytest.raises(SafeError, match=r"q\.jsonl:2") as caught:
            read_questions(f"\n{line}", "q.jsonl")
        assert str(caught.value).startswith(said)

    @given(st.text())
    def test_any_text_is_read_or_refused_in_a_sentence(self, text: str) -> None:
        with suppress(SafeError):
            read_questions(text, "q.jsonl")
