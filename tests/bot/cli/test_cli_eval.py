"""`pullquote eval`: how good the answers are, and guards that fail when they get worse."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.evaluating import Guard, read_guards
from bot.cli.group import WrongUseError
from tests.bot.cli.conftest import Pullquote

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "a1",
        "question": "Where did the water go?",
        "style": "direct",
        "answerable": True,
        "answer_any": ["trout farm"],
        "cite_any": ["came out at a trout farm"],
    },
    {
        "id": "a2",
        "question": "How long did it take for the lake to empty?",
        "style": "direct",
        "answerable": True,
        "answer_any": ["three years"],
        "cite_any": ["closed the path around the lake"],
    },
    {"id": "u1", "question": "How deep was the lake?", "style": "keyword", "answerable": False},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    return file


def test_a_table_tells_every_kind_and_style(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    result = pullquote("eval", questions, "--pack", lake)
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["n", "right", "wrong", "offered", "held", "back"] in rows
    assert ["answerable", "2", "50.0%", "50.0%", "0.0%", "0.0%"] in rows
    assert ["keyword", "1", "0.0%", "0.0%", "0.0%", "100.0%"] in rows
    assert "helped 50.0%" in result.stdout


def test_json_has_the_same_figures(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    report = json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)
    figures = {"right": 0.5, "wrong": 0.5, "offered": 0.0, "helped": 0.5, "answered": 0.0}
    assert (report["questions"], report["figures"]) == (3, figures)
    row = {"kind": "answerable", "style": "all", "right": 1, "wrong": 1, "offered": 0, "held back": 0}
    assert row in report["tally"]
    assert report["shown"] == []


def test_questions_that_went_wrong_are_shown(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    result = pullquote("eval", questions, "--pack", lake, "--show", "5")
    assert "wrong: a2 How long did it take for the lake to empty?" in result.stdout
    assert "answer: It took 31 hours." in result.stdout
    report = json.loads(pullquote("eval", "--json", "--show", "5", questions, "--pack", lake).stdout)
    assert [(shown["id"], shown["verdict"]) for shown in report["shown"]] == [("a2", "wrong")]


def test_questions_without_an_entry_can_be_set_apart(
    pullquote: Pullquote, lake: Path, questions: Path
) -> None:
    report = json.loads(pullquote("eval", "--json", "--uncurated", questions, "--pack", lake).stdout)
    assert report["figures"]["right"] == 1.0
    assert "uncurated" in report["figures"]


def test_several_files_are_measured_together(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    report = json.loads(pullquote("eval", "--json", questions, questions, "--pack", lake).stdout)
    assert report["questions"] == 6


class TestGuards:
    def test_that_hold_are_silent(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        guards = ("--floor", "right=0.5", "--ceiling", "wrong=0.5", "--ceiling", "answered=0")
        result = pullquote("eval", questions, "--pack", lake, *guards)
        assert (result.exit_code, result.stderr) == (0, "")

    def test_that_are_broken_are_named_and_exit_with_1(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        guards = ("--floor", "right=0.8", "--ceiling", "wrong=0.05")
        result = pullquote("eval", questions, "--pack", lake, *guards)
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            "right is 50.0%, below its floor of 80.0%.",
            "wrong is 50.0%, above its ceiling of 5.0%.",
        ]
        assert "answerable" in result.stdout

    @pytest.mark.parametrize(
        "text", ["", "right", "right=", "right=many", "right=50", "right=-1", "good=0.5"]
    )
    def test_that_make_no_sense_are_refused(self, text: str) -> None:
        with pytest.raises(WrongUseError, match=r"right=0\.5"):
            read_guards([text], [])

    def test_on_what_is_not_measured_are_refused(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        result = pullquote("eval", questions, "--pack", lake, "--floor", "uncurated=0.5")
        assert result.exit_code == 2
        assert "'uncurated'" in result.stderr

    def test_are_floors_and_ceilings(self) -> None:
        assert read_guards(["right=0.5"], ["wrong=0.05"]) == (
            Guard("right", 0.5, is_floor=True),
            Guard("wrong", 0.05, is_floor=False),
        )


class TestFilesThatAreNoQuestions:
    def test_a_bad_line_is_named(self, pullquote: Pullquote, questions: Path) -> None:
        questions.write_text("\n{broken\n", encoding="utf-8")
        result = pullquote("eval", questions)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{questions}:2: not JSON")

    def test_another_encoding_is_told(self, pullquote: Pullquote, questions: Path) -> None:
        questions.write_bytes(b"\xff\xfe")
        result = pullquote("eval", questions)
        assert result.exit_code == 1
        assert "UTF-8" in result.stderr
