"""A sentence encoder named on the command line: asked, kept for the next time, and missed in a sentence."""

import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli.group import WRONG_USE
from bot.cli.loading import tell_progress
from tests.bot.cli.conftest import Process, Pullquote
from tests.knowledge.semantic.tiny import write_folder

QUESTION = "How long did it take for the lake to empty?"


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """The folder of a tiny sentence encoder."""
    return write_folder(tmp_path / "encoder")


def kept(home: Path) -> list[Path]:
    """Return the files in which vectors are kept."""
    return list(home.rglob("sentences-*.db"))


def test_with_an_encoder_questions_are_answered(
    pullquote: Pullquote, lake: Path, encoder: Path, home: Path
) -> None:
    asked = ("ask", "--json", QUESTION, "--pack", lake, "--semantic-model", encoder)
    first = json.loads(pullquote(*asked).stdout)
    assert first["source"]["id"] == "how-long"
    assert len(kept(home)) == 1
    again = json.loads(pullquote(*asked).stdout)
    assert {**again, "milliseconds": 0} == {**first, "milliseconds": 0}


def test_the_environment_names_one_too(process: Process, lake: Path, encoder: Path, home: Path) -> None:
    done = process("ask", "--json", QUESTION, "--pack", lake, PULLQUOTE_SEMANTIC_MODEL=str(encoder))
    assert done.returncode == 0
    assert done.stderr == b""
    assert kept(home)


def test_without_one_nothing_is_kept(pullquote: Pullquote, lake: Path, home: Path) -> None:
    pullquote("ask", QUESTION, "--pack", lake)
    assert kept(home) == []


@pytest.mark.parametrize(
    "command", [("ask", QUESTION), ("chat",), ("eval", "--leave-one-out")], ids=lambda c: c[0]
)
def test_a_folder_that_is_not_there_is_told_in_a_sentence(
    process: Process, lake: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = process(*command, "--pack", lake, "--semantic-model", tmp_path / "nowhere")
    assert done.returncode == WRONG_USE
    assert done.stderr.decode().startswith("There is no folder ")
    assert len(done.stderr.splitlines()) == 1


def test_a_language_without_an_encoder_is_answered_by_its_words(
    pullquote: Pullquote, lake: Path, encoder: Path, home: Path
) -> None:
    result = pullquote("ask", "--json", QUESTION, "--pack", lake, "--semantic-model", f"no={encoder}")
    assert json.loads(result.stdout)["source"]["id"] == "how-long"
    assert kept(home) == []


class Terminal(io.StringIO):
    """A standard error that people look at."""

    def isatty(self) -> bool:
        return True


def test_people_see_how_far_it_is_and_files_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        monkeypatch.setattr(sys, "stderr", stream)
        tell_progress(128, 200)
        tell_progress(200, 200)
    assert terminal.getvalue().endswith("200 of 200 texts\n")
    assert file.getvalue() == ""
