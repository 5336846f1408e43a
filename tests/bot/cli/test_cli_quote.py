"""`pullquote quote`: what people say in the story."""

import json
from pathlib import Path

from tests.bot.cli.conftest import Pullquote


def test_without_options_all_that_is_said_is_shown(pullquote: Pullquote, lake: Path) -> None:
    shown = pullquote("quote", "--pack", lake).stdout
    assert "I heard it go before I saw it" in shown
    assert "It sounded like a bath." in shown
    assert "Marta Quill; The Valley Post, The lake that went away, paragraph 3" in shown


def test_json_is_a_list_of_quotations(pullquote: Pullquote, lake: Path) -> None:
    result = pullquote("quote", "--json", "--pack", lake)
    said = json.loads(result.stdout)
    assert {tuple(item) for item in said} == {("text", "speaker", "story", "place")}
    assert said[0]["story"] == "lake"
    assert said[0]["speaker"] == "Marta Quill"


def test_a_speaker_is_found_by_part_of_the_name(pullquote: Pullquote, lake: Path) -> None:
    said = json.loads(pullquote("quote", "--who", "quill", "--json", "--pack", lake).stdout)
    assert {item["speaker"] for item in said} == {"Marta Quill"}


def test_the_best_one_about_something_comes_first(pullquote: Pullquote, lake: Path) -> None:
    said = json.loads(pullquote("quote", "--about", "bath", "--json", "--pack", lake).stdout)
    assert said[0]["text"] == "It sounded like a bath."


def test_a_speaker_nobody_knows_is_no_error(pullquote: Pullquote, lake: Path) -> None:
    result = pullquote("quote", "--who", "Zebedee", "--pack", lake)
    assert result.exit_code == 0
    assert "no quotation of Zebedee" in result.stdout
    assert "Marta Quill" in result.stdout
    assert json.loads(pullquote("quote", "--who", "Zebedee", "--json", "--pack", lake).stdout) == []


def test_somebody_who_is_not_quoted_is_shown_in_the_words_of_the_story(pullquote: Pullquote) -> None:
    shown = pullquote("quote", "--who", "Kylian Mbappé").stdout
    assert "Kylian Mbappé is not quoted." in shown
    assert "│" in shown


def test_a_name_cannot_control_the_terminal(pullquote: Pullquote, lake: Path) -> None:
    assert "\x1b" not in pullquote("quote", "--who", "\x1b[31m", "--pack", lake).stdout


def test_nothing_is_quoted_where_there_is_no_story(pullquote: Pullquote) -> None:
    assert pullquote("quote", "--no-pack").stdout == "I found no quotation.\n"
    assert json.loads(pullquote("quote", "--no-pack", "--json").stdout) == []
