"""Reading questions with known answers."""

import json
from contextlib import suppress
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SafeError
from knowledge.evaluation import read_questions
from knowledge.model import Question
from tests.knowledge.evaluation.graded import HOW_MANY, HOW_TALL


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

    @pytest.mark.parametrize("field", ["answer_any", "answer_all", "cite_any", "after"])
    def test_a_text_where_a_list_of_texts_belongs_is_refused(self, field: str) -> None:
        line = json.dumps(self.ANSWERABLE | {field: "185"})
        with pytest.raises(SafeError, match=r"^q\.jsonl:1: a field is not of the kind it should be"):
            read_questions(line, "q.jsonl")

    @given(st.text())
    def test_any_text_is_read_or_refused_in_a_sentence(self, text: str) -> None:
        with suppress(SafeError):
            read_questions(text, "q.jsonl")
