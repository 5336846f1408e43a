"""What the quality tables say, told from small bases whose answers are known."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.common import MissingDataError
from benchmarks.scoring import measure_entries, measure_pack, measure_stories, score_entries
from knowledge.model import Answer, AnswerSource, Candidate, Outcome, SourceKind, Suggestion

SUMMITS = (
    "The northern summit is called Harfell. A hut stands below it.",
    "The southern summit is called Brekka. Nobody has built there.",
)


def source(entry_id: str) -> AnswerSource:
    return AnswerSource(SourceKind.ENTRY, entry_id)


def answer(
    outcome: Outcome, candidates: Sequence[tuple[str, float]], suggestions: Sequence[str] = ()
) -> Answer:
    return Answer(
        "?",
        outcome,
        candidates[0][1] if candidates else 0.0,
        source=source(candidates[0][0]) if outcome is Outcome.ANSWER else None,
        suggestions=tuple(Suggestion(source(entry), "?", "") for entry in suggestions),
        candidates=tuple(Candidate(source(entry), sure, "") for entry, sure in candidates),
    )


def lines(path: Path, *objects: object) -> None:
    path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")


def test_each_way_a_question_to_entries_can_end_is_counted() -> None:
    figures, stated = score_entries(
        ["a", "a", "a", "a", None, None],
        [
            answer(Outcome.ANSWER, [("a", 0.9), ("b", 0.1)]),
            answer(Outcome.ANSWER, [("b", 0.8), ("a", 0.4)]),
            answer(Outcome.CHOICES, [("b", 0.5), ("a", 0.4)], ["b", "a"]),
            answer(Outcome.UNKNOWN, []),
            answer(Outcome.ANSWER, [("b", 0.95)]),
            answer(Outcome.UNKNOWN, [("a", 0.2)]),
        ],
    )
    told = ("asked", "top", "top3", "right", "wrong", "offered", "out_of_scope_answered", "auroc")
    assert [figures[name] for name in told] == [6, 0.25, 0.75, 0.25, 0.25, 0.25, 0.5, 0.5]
    assert stated[:2] == [(0.9, True), (0.8, False)]
    assert stated[-1] == (0.2, False)


def test_what_was_not_asked_has_no_figure() -> None:
    figures, _ = score_entries(["a"], [answer(Outcome.ANSWER, [("a", 0.9)])])
    assert figures["out_of_scope_answered"] is None
    assert figures["auroc"] is None
    assert figures["right_at_5_percent"] is None


def test_a_folder_of_entries_is_asked(tmp_path: Path) -> None:
    lines(
        tmp_path / "kb.jsonl",
        {"id": "hut", "questions": ["where is the hut", "who built the hut"], "answer": "Below Harfell."},
        {"id": "bus", "questions": ["when does the bus leave", "is there a bus"], "answer": "At noon."},
    )
    lines(
        tmp_path / "test.jsonl",
        {"question": "where is the hut?", "id": "hut"},
        {"question": "when does the bus leave?", "id": "bus"},
        {"question": "how much is a pancake", "id": None},
    )
    measured = measure_entries(tmp_path, phrasings=None, slips=0, seed=0, limit=None)
    assert (measured.data, measured.variant) == (tmp_path.name, "all phrasings")
    assert measured.figures["top"] == 1.0
    assert measured.figures["out_of_scope_answered"] == 0.0
    slipped = measure_entries(tmp_path, phrasings=1, slips=2, seed=0, limit=2)
    assert slipped.variant == "1 phrasing, 2 slips"
    assert slipped.figures["asked"] == 2
    assert measured.as_json()["reliability"]


@pytest.mark.parametrize("near_story", [True, False])
def test_a_folder_of_stories_is_asked_for_the_line_that_holds_the_answer(
    tmp_path: Path, *, near_story: bool
) -> None:
    lines(
        tmp_path / "stories.jsonl",
        *({"id": f"s{n}", "title": "Summits", "paragraphs": [text]} for n, text in enumerate(SUMMITS)),
    )
    lines(
        tmp_path / "test.jsonl",
        {"question": "What is the northern summit called?", "story": "s0", "answers": ["Harfell", "HARFELL"]},
        {"question": "What is the southern summit called?", "story": "s1", "answers": ["brekka"]},
        *([{"question": "Who opened the bakery?", "story": "s1", "answers": []}] * near_story),
    )
    figures = measure_stories(tmp_path, "en", None).figures
    assert (figures["first"], figures["third"], figures["answered"]) == (1.0, 1.0, 0.0)
    assert figures["auroc"] == pytest.approx(1.0, abs=0.5)


def test_a_packs_questions_are_judged_with_and_without_those_that_nothing_curates(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "stories").mkdir(parents=True)
    (pack / "pack.yaml").write_text("name: Summits\nlanguage: en\n", encoding="utf-8")
    (pack / "stories" / "summits.md").write_text("\n\n".join(SUMMITS) + "\n", encoding="utf-8")
    excerpt = "The northern summit is called Harfell."
    lines(
        pack / "entries.jsonl",
        {
            "id": "north",
            "phrasings": ["what is the northern summit called", "the name of the northern summit"],
            "answer": "Harfell.",
            "citations": [{"story": "summits", "excerpt": excerpt}],
        },
    )
    asked = {"style": "direct", "answerable": True}
    questions = tmp_path / "questions.jsonl"
    lines(
        questions,
        {"id": "1", "question": "What is the northern summit called?"}
        | asked
        | {"answer_any": ["Harfell"], "cite_any": [excerpt]},
        {"id": "2", "question": "Who has built below the southern summit?"}
        | asked
        | {"answer_any": ["Nobody"], "cite_any": ["Nobody has built there."]},
        {"id": "3", "question": "Who opened the bakery?", "style": "direct", "answerable": False},
    )
    whole, curated = measure_pack(pack, [questions], None)
    assert (whole.figures["right"], whole.figures["answered"]) == (0.5, 0.0)
    assert curated.figures["right"] == 1.0
    assert "uncurated" in curated.figures


def test_a_pack_needs_its_questions(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="no file of questions"):
        measure_pack(tmp_path, [], None)
