"""Replies in JSON: the form that other programs build on."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.replies import quotation, refusal, reply, to_line
from knowledge.model import (
    Answer,
    AnswerSource,
    Candidate,
    Citation,
    Cited,
    Outcome,
    Quotation,
    Source,
    SourceKind,
    Suggestion,
)

CITATION = Citation("lake", 5, 13, "31 hours", "hash")
GOALS = AnswerSource(SourceKind.ENTRY, "how-long")


def test_an_answer_has_every_field() -> None:
    answer = Answer(
        question="How long?",
        outcome=Outcome.ANSWER,
        confidence=0.97,
        text="It took 31 hours.",
        citations=(Cited(CITATION, "paragraph 1", Source(title="The lake", url="https://a.example"), "en"),),
        source=GOALS,
        candidates=(Candidate(GOALS, 0.97, "31 hours"),),
        milliseconds=0.8,
    )
    assert reply(answer) == {
        "question": "How long?",
        "outcome": "answer",
        "answer": "It took 31 hours.",
        "confidence": 0.97,
        "citations": [
            {
                "story": "lake",
                "title": "The lake",
                "place": "paragraph 1",
                "excerpt": "31 hours",
                "start": 5,
                "end": 13,
                "url": "https://a.example",
            }
        ],
        "source": {"kind": "entry", "id": "how-long"},
        "suggestions": [],
        "candidates": [{"kind": "entry", "id": "how-long", "confidence": 0.97, "excerpt": "31 hours"}],
        "milliseconds": 0.8,
    }


def test_what_is_not_there_is_null() -> None:
    said = reply(Answer("?", Outcome.UNKNOWN, 0.1, citations=(Cited(CITATION, "", Source(), "en"),)))
    assert said["answer"] is None
    assert said["source"] is None
    assert said["citations"][0]["url"] is None


def test_choices_carry_their_suggestions() -> None:
    said = reply(Answer("?", Outcome.CHOICES, 0.4, suggestions=(Suggestion(GOALS, "How long?", "31 hours"),)))
    assert said["suggestions"] == [{"id": "how-long", "question": "How long?", "excerpt": "31 hours"}]


def test_a_refusal_has_the_form_of_a_reply_and_an_error() -> None:
    said = refusal("{", "line 3: not JSON")
    assert set(said) == {*reply(Answer("?", Outcome.UNKNOWN, 0.0)), "error"}
    assert (said["outcome"], said["question"], said["error"]) == ("unknown", "{", "line 3: not JSON")


def test_a_quotation_says_who_and_where() -> None:
    said = Quotation("lake/q1", "Marta Quill", CITATION, "paragraph 3")
    expected = {"text": "31 hours", "speaker": "Marta Quill", "story": "lake", "place": "paragraph 3"}
    assert quotation(said) == expected


def test_letters_stay_readable() -> None:
    assert to_line({"name": "Mbappé \u2013 “Kylian”"}).decode() == '{"name": "Mbappé \u2013 “Kylian”"}\n'


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_at_all_is_one_line_of_valid_json(text: str) -> None:
    line = to_line({"question": text})
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert json.loads(line.decode("utf-8"))["question"].encode("utf-16", "surrogatepass") == text.encode(
        "utf-16", "surrogatepass"
    )
