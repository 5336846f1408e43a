"""What people read when something is wrong, and what other programs learn from the exit code."""

import re
from pathlib import Path

import pytest

from bot.cli.app import app
from bot.cli.group import sentence
from knowledge.errors import EntryError, Fault, ImportFileError, PackError
from tests.bot.cli.conftest import Process, Pullquote

COMMANDS = ["run", "chat", "ask", "quote", "check", "import", "export", "eval"]


def test_every_command_is_there() -> None:
    named = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
    assert named == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, pullquote: Pullquote) -> None:
    result = pullquote(command, "--help")
    assert result.exit_code == 0
    assert f"Example: pullquote {command}" in result.stdout


def test_the_help_says_how_to_get_what_a_sentence_encoder_needs(pullquote: Pullquote) -> None:
    # In square brackets the extra would be taken for markup, and be missing.
    assert "uv sync --extra semantic" in " ".join(pullquote("ask", "--help").stdout.replace("│", " ").split())


def test_no_command_at_all_shows_the_help(pullquote: Pullquote) -> None:
    result = pullquote()
    assert result.exit_code == 0
    assert "pullquote chat" in result.stdout


def test_the_version_is_said(pullquote: Pullquote) -> None:
    assert re.fullmatch(r"pullquote \d+\.\d+\.\d+\S*\n", pullquote("--version").stdout)


WRONG_USES = [
    ("ask",),
    ("ask", "  "),
    ("ask", "--json", ""),
    ("ask", "--frob"),
    ("ask", "Who?", "--batch", "-"),
    ("ask", "--batch", "-", "--after", "Who?"),
    ("ask", "--batch", "no-such-file"),
    ("ask", "Who?", "--pack", "no-such-folder"),
    ("ask", "Who?", "--server", "-1"),
    ("ask", "Who?", "--server", "mine"),
    ("ask", "Who?", "--server", "1" * 23),
    ("export", "out.csv", "--server", "1" * 23),
    ("ask", "Who?", "--database", "mongodb://localhost/x"),
    ("ask", "Who?", "--database", "sqlite:///:memory:"),
    ("aks", "Who?"),
    ("check", "no-such-folder"),
    ("import",),
    ("import", "no-such-file.csv"),
    ("eval",),
    ("eval", "no-such-file.jsonl"),
    ("--frob",),
]


@pytest.mark.parametrize("args", WRONG_USES, ids=" ".join)
def test_wrong_use_is_one_sentence_on_standard_error_and_exit_code_2(
    args: tuple[str, ...], pullquote: Pullquote
) -> None:
    result = pullquote(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_pack_and_no_pack_exclude_each_other(pullquote: Pullquote, lake: Path) -> None:
    result = pullquote("ask", "Who?", "--pack", lake, "--no-pack")
    assert result.exit_code == 2
    assert "--no-pack" in result.stderr


def test_a_wrong_option_says_where_the_help_is(pullquote: Pullquote) -> None:
    assert "(see pullquote ask --help)" in pullquote("ask", "--frob").stderr


def test_an_option_with_a_choice_that_there_is_none_of_says_what_there_is(pullquote: Pullquote) -> None:
    said = pullquote("ask", "Who?", "--strictness", "wild").stderr
    assert "'--strictness': 'wild' is not one of 'careful', 'balanced', 'eager'." in said


def test_a_nearly_right_command_is_suggested(pullquote: Pullquote) -> None:
    assert "'ask'" in pullquote("aks").stderr


def test_a_broken_pack_is_a_fault_in_the_data(pullquote: Pullquote, lake: Path) -> None:
    (lake / "entries.yaml").write_text("entries: [", encoding="utf-8")
    result = pullquote("ask", "Where did the water go?", "--pack", lake)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "entries.yaml:2:" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_database_that_cannot_be_opened_is_one_sentence(pullquote: Pullquote, tmp_path: Path) -> None:
    (tmp_path / "file.db").write_bytes(b"this is no database" * 100)
    result = pullquote("export", "-", "--database", f"sqlite:///{tmp_path / 'file.db'}")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [("ask", "Who?"), ("quote",), ("chat",), ("export", "out.csv"), ("export", "-")], ids=" ".join
)
def test_a_database_that_is_not_there_is_not_made_by_who_only_reads(
    command: tuple[str, ...], pullquote: Pullquote, tmp_path: Path, home: Path
) -> None:
    (home / "out.csv").write_text("a good export", encoding="utf-8")
    result = pullquote(*command, "--database", f"sqlite:///{tmp_path / 'typo.db'}")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"There is no database {tmp_path / 'typo.db'}.")
    assert not (tmp_path / "typo.db").exists()
    assert (home / "out.csv").read_text(encoding="utf-8") == "a good export"


def test_what_is_wrong_with_the_database_is_told_to_the_operator_in_full(
    pullquote: Pullquote, tmp_path: Path
) -> None:
    file = tmp_path / "file.db"
    file.write_bytes(b"this is no database" * 100)
    assert (
        f"The database {file} is damaged"
        in pullquote("export", "-", "--database", f"sqlite:///{file}").stderr
    )


def test_a_missing_token_is_one_sentence(process: Process) -> None:
    result = process("run")
    assert result.returncode == 2
    assert b"token" in result.stderr.lower()
    assert b"Traceback" not in result.stderr


def test_what_was_typed_cannot_control_the_terminal_through_an_error(pullquote: Pullquote) -> None:
    assert "\x1b" not in pullquote("ask", "Who?", "--pack", "\x1b[31mred").stderr


class TestSentences:
    def test_an_error_of_one_sentence_is_that_sentence(self) -> None:
        assert sentence(EntryError("An answer is missing.")) == "An answer is missing."

    def test_a_pack_with_one_fault_is_that_fault(self) -> None:
        assert sentence(PackError([Fault("a.yaml", 3, "no id")])) == "a.yaml:3: no id"

    def test_a_pack_with_many_faults_says_the_first_and_how_to_see_the_others(self) -> None:
        error = PackError([Fault("a.yaml", line, "no id") for line in (3, 5, 8)])
        assert sentence(error) == "a.yaml:3: no id (and 2 more; pullquote check lists them all)"

    def test_a_file_of_entries_with_many_faults_says_that_nothing_was_taken(self) -> None:
        error = ImportFileError([Fault("a.csv", line, "no id") for line in (3, 5)])
        assert sentence(error) == "a.csv:3: no id (and 1 more; nothing was taken)"
