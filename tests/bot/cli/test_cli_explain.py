"""`pullquote ask --explain`: what spoke for and against each candidate."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from knowledge.matching.evidence import Evidence
from tests.bot.cli.conftest import Process, Pullquote


def explained(pullquote: Pullquote, *args: str | Path) -> dict[str, Any]:
    result = pullquote("ask", "--json", "--explain", *args)
    assert (result.exit_code, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    reply: dict[str, Any] = json.loads(line)
    return reply


def test_the_answer_comes_first_and_then_the_candidates(pullquote: Pullquote, lake: Path) -> None:
    plain = pullquote("ask", "Where did the water go?", "--pack", lake).stdout
    shown = pullquote("ask", "--explain", "Where did the water go?", "--pack", lake).stdout
    assert shown.startswith(plain)
    rows = [line.split() for line in shown[len(plain) :].splitlines()]
    assert ["Read", "as:", "where", "did", "the", "water", "go"] in rows
    assert [row[1] for row in rows if row[:1] == ["1"]][-1:] == ["where-to"]
    assert any(row[0:2] == ["1", "where-to"] and row[-1] == "given" for row in rows if row)


def test_every_kind_of_evidence_has_a_row(pullquote: Pullquote, lake: Path) -> None:
    shown = pullquote("ask", "--explain", "Where did the water go?", "--pack", lake).stdout
    lines = shown.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("evidence"))
    assert lines[start + 1].startswith("before any evidence")
    assert all(line.strip() for line in lines[start + 1 : start + 2 + len(fields(Evidence))])
    assert not lines[start + 2 + len(fields(Evidence))].strip()


def test_the_tables_fit_a_narrow_terminal(pullquote: Pullquote, lake: Path) -> None:
    shown = pullquote("ask", "--explain", "How deep was the watr?", "--pack", lake).stdout
    rows = shown[shown.index("#  candidate") : shown.index("An answer is given from")].splitlines()
    assert len(rows) > 20
    assert max(map(len, rows)) <= 80


def test_mended_words_and_those_that_nothing_meets_are_told(pullquote: Pullquote, lake: Path) -> None:
    shown = pullquote("ask", "--explain", "Where did the watre go, submarine?", "--pack", lake).stdout
    assert "Mended: watre to water" in shown
    assert "No candidate meets: submarine" in shown


def test_the_nearest_lines_are_shown(pullquote: Pullquote, lake: Path) -> None:
    shown = pullquote("ask", "--explain", "council path closed", "--pack", lake).stdout
    assert "The council has closed the path around the lake until May. (paragraph" in shown


def test_json_has_the_reply_and_an_explanation(pullquote: Pullquote, lake: Path) -> None:
    question = "Where did the watre go?"
    reply = explained(pullquote, question, "--pack", lake)
    plain = json.loads(pullquote("ask", "--json", question, "--pack", lake).stdout)
    why = reply.pop("explanation")
    assert {**reply, "milliseconds": 0} == {**plain, "milliseconds": 0}
    assert set(why) == {
        "asked", "mended", "short_forms", "follow_up", "uncovered", "thresholds", "candidates", "lines"
    }  # fmt: skip
    assert why["mended"] == [{"typed": "watre", "read": "water"}]
    assert why["follow_up"] is False
    assert set(why["lines"][0]) == {"id", "place", "text", "nearness"}


def test_json_tells_each_candidate(pullquote: Pullquote, lake: Path) -> None:
    (first, *_) = explained(pullquote, "Where did the water NOT go?", "--pack", lake)["explanation"][
        "candidates"
    ]
    assert (first["kind"], first["id"], first["phrasing"]) == ("entry", "where-to", "Where did the water go?")
    assert "denial" in first["refused"]
    assert first["uncovered"] == ["not"]
    assert list(first["evidence"]) == [field.name for field in fields(Evidence)]
    assert set(first["evidence"]["denial"]) == {"value", "adds"}


def test_a_follow_up_is_told(pullquote: Pullquote, lake: Path) -> None:
    reply = explained(pullquote, "and how deep?", "--after", "How fast did the lake drain?", "--pack", lake)
    assert isinstance(reply["explanation"]["follow_up"], bool)


@pytest.mark.parametrize(
    "question", ["?", "😀", "\x1b[2J", "lone \ud800 surrogate", "[bold]x[/bold]"], ids=range(5)
)
def test_any_question_can_be_explained(question: str, pullquote: Pullquote, lake: Path) -> None:
    result = pullquote("ask", "--explain", "--pack", lake, "--", question)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert explained(pullquote, "--pack", lake, "--", question)["explanation"]["thresholds"]


def test_where_nothing_is_known_there_is_nothing_to_compare(pullquote: Pullquote) -> None:
    result = pullquote("ask", "--explain", "--no-pack", "Who won?")
    assert result.exit_code == 0
    assert "evidence" not in result.stdout


def test_a_batch_is_not_explained(pullquote: Pullquote) -> None:
    result = pullquote("ask", "--explain", "--json", "--batch", "-", stdin="Who won?\n")
    assert (result.exit_code, "--explain" in result.stderr) == (2, True)


def test_json_still_starts_without_the_screen(process: Process, lake: Path) -> None:
    result = process("ask", "--json", "--explain", "Where did the water go?", "--pack", lake)
    assert json.loads(result.stdout)["explanation"]["candidates"]
