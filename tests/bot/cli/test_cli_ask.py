"""`pullquote ask`: one question, for a person or for a program."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.conftest import Process, Pullquote

FIELDS = {
    "question",
    "outcome",
    "answer",
    "confidence",
    "citations",
    "source",
    "suggestions",
    "candidates",
    "milliseconds",
}


def ask(pullquote: Pullquote, *args: str | Path) -> dict[str, Any]:
    result = pullquote("ask", "--json", *args)
    assert result.exit_code == 0
    assert result.stderr == ""
    (line,) = result.stdout.splitlines()
    reply: dict[str, Any] = json.loads(line)
    assert set(reply) == FIELDS
    return reply


def test_the_bundled_story_is_there_without_any_option(pullquote: Pullquote) -> None:
    reply = ask(pullquote, "who won the first women's Ballon d'Or?")
    assert reply["outcome"] == "answer"
    assert "Ada Hegerberg" in reply["answer"]
    assert reply["citations"]


def test_an_answer_cites_the_story_word_for_word(pullquote: Pullquote, lake: Path) -> None:
    reply = ask(pullquote, "Where did the water go?", "--pack", lake)
    assert reply["outcome"] == "answer"
    assert reply["source"] == {"kind": "entry", "id": "where-to"}
    citation = reply["citations"][0]
    text = (lake / "stories" / "lake.md").read_text(encoding="utf-8").split("---\n\n")[1]
    assert text[citation["start"] : citation["end"]] == citation["excerpt"]
    assert citation["title"] == "The lake that went away"
    assert citation["url"] == "https://valley.example/lake"


def test_what_the_story_does_not_say_is_not_answered(pullquote: Pullquote, lake: Path) -> None:
    reply = ask(pullquote, "How deep was the lake?", "--pack", lake)
    assert reply["outcome"] in {"unknown", "closest"}
    assert reply["answer"] is None
    assert reply["source"] == {"kind": "gap", "id": "how-deep"}


def test_words_need_no_quotation_marks_around_them(pullquote: Pullquote, lake: Path) -> None:
    assert ask(pullquote, "Where", "did", "the", "water", "go", "--pack", lake)["outcome"] == "answer"


def test_a_follow_up_is_read_with_the_question_before(pullquote: Pullquote, lake: Path) -> None:
    reply = ask(pullquote, "and where to?", "--after", "Where did the water go?", "--pack", lake)
    assert reply["question"] == "and where to?"


def test_several_packs_are_answered_from_together(pullquote: Pullquote, lake: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "stories").mkdir(parents=True)
    (other / "pack.yaml").write_text("name: other\nlanguage: en\n", encoding="utf-8")
    story = '---\ntitle: A bridge\nlanguage: en\n---\n\n"The bridge will open in June," said Olu Brandt.\n'
    (other / "stories" / "bridge.md").write_text(story, encoding="utf-8")
    result = pullquote("quote", "--json", "--pack", lake, "--pack", other)
    assert {item["story"] for item in json.loads(result.stdout)} == {"lake", "bridge"}


def test_without_packs_and_entries_nothing_is_known(pullquote: Pullquote) -> None:
    assert ask(pullquote, "Who won?", "--no-pack")["outcome"] == "unknown"


def test_a_person_gets_the_answer_the_line_and_how_sure_it_is(pullquote: Pullquote, lake: Path) -> None:
    shown = pullquote("ask", "Where did the water go?", "--pack", lake).stdout
    assert "It came out at a trout farm 11 kilometres away." in shown
    assert "│ The water came out at a trout farm 11 kilometres away." in shown
    assert "The Valley Post, The lake that went away, paragraph 2" in shown
    assert " sure." in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "question",
    [
        "x" * 6000,
        "😀😀😀",
        "@everyone",
        "**bold** [link](https://evil.example) `code`",
        "\u202eesrever",
        "z\u0335\u0321a\u0338lgo" * 20,
        "nul\0nul",
        "lone \ud800 surrogate",
        "\x1b[2J",
        "?",
        "-- --",
    ],
    ids=range(11),
)
def test_any_question_gets_an_orderly_reply(question: str, pullquote: Pullquote, lake: Path) -> None:
    reply = ask(pullquote, "--pack", lake, "--", question)
    assert reply["outcome"] in {"answer", "choices", "closest", "unknown"}
    assert pullquote("ask", "--pack", lake, "--", question).exit_code == 0


def test_bytes_that_are_no_text_get_a_reply_in_valid_utf_8(process: Process, lake: Path) -> None:
    result = process("ask", "--json", "--pack", lake, "who \udcff won?")
    assert result.returncode == 0
    assert json.loads(result.stdout.decode("utf-8"))["outcome"]


def test_a_terminal_without_these_letters_gets_question_marks(process: Process, lake: Path) -> None:
    result = process("ask", "Where did the water go?", "--pack", lake, PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert b"? The water came out" in result.stdout


def test_json_is_utf_8_on_such_a_terminal_too(process: Process, lake: Path) -> None:
    result = process("ask", "--json", "Où est l'eau \u2013 là?", "--pack", lake, PYTHONIOENCODING="ascii")
    assert json.loads(result.stdout.decode("utf-8"))["question"] == "Où est l'eau \u2013 là?"
