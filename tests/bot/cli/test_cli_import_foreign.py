"""`pullquote import` of what other systems exported, and `--dry-run`."""

import json
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Process, Pullquote

KENDRA = """\
_question,_answer,_source_uri
Is the path open?,"No, it is closed until May.",https://valley.example/faq
Who feeds the ducks?,The warden.,
"""
QNA_MAKER = (
    "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n"
    "Is the path open?\t**No**, it is closed.\\n\\nUntil May.\tEditorial\t\t[]\tFalse\t[]\t1\n"
    "Can I walk around the lake?\t**No**, it is closed.\\n\\nUntil May.\tEditorial\t\t[]\tFalse\t[]\t1\n"
)
RASA = """\
nlu:
- intent: faq/path
  examples: |
    - Is the [path](place) open?
responses:
  utter_faq/path:
  - text: Not before May.
"""
QNABOT = '{"qna": [{"qid": "Path.1", "q": ["Is the path open?"], "a": "Not before May.", "type": "qna"}]}'


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'pullquote.db'}"


class TestForeignFiles:
    @pytest.mark.parametrize(
        ("name", "content", "entry_id", "answer"),
        [
            ("faq.csv", KENDRA, "is-the-path-open", "No, it is closed until May."),
            ("kb.tsv", QNA_MAKER, "is-the-path-open", "No, it is closed.\n\nUntil May."),
            ("nlu.yml", RASA, "faq/path", "Not before May."),
            ("bot.json", QNABOT, "Path.1", "Not before May."),
        ],
    )
    def test_are_taken_once_and_answer_at_once(  # noqa: PLR0913, PLR0917  what is tested, and what it is tested with
        self,
        name: str,
        content: str,
        entry_id: str,
        answer: str,
        pullquote: Pullquote,
        lake: Path,
        database: str,
        tmp_path: Path,
    ) -> None:
        file, options = tmp_path / name, ("--pack", lake, "--database", database)
        file.write_text(content, encoding="utf-8")
        assert pullquote("import", file, *options).exit_code == 0
        reply = json.loads(pullquote("ask", "--json", "Is the path open?", *options).stdout)
        assert reply["source"] == {"kind": "entry", "id": entry_id}
        assert reply["answer"] == answer
        assert reply["citations"] == []
        again = pullquote("import", file, *options).stdout.splitlines()[-1]
        assert " 0 new, 0 changed, " in again

    def test_what_they_have_beyond_an_entry_is_told_by_row(
        self, pullquote: Pullquote, lake: Path, database: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "faq.csv"
        file.write_text(KENDRA, encoding="utf-8")
        assert pullquote("import", file, "--pack", lake, "--database", database).stdout.splitlines() == [
            f"{file}:2: new      is-the-path-open: Is the path open?",
            f"{file}:2: remark   left out, as an entry has no place for it: _source_uri",
            f"{file}:3: new      who-feeds-the-ducks: Who feeds the ducks?",
            "2 entries taken for server 0: 2 new, 0 changed, 0 same.",
        ]

    def test_a_file_of_another_name_is_taken_if_its_format_is_named(
        self, pullquote: Pullquote, lake: Path, database: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "faq.export"
        file.write_text(KENDRA, encoding="utf-8")
        options = ("--pack", lake, "--database", database)
        assert pullquote("import", file, *options).exit_code == 1
        assert pullquote("import", file, *options, "--format", "kendra").exit_code == 0

    def test_a_format_that_there_is_none_of_is_wrong_use_and_all_are_listed(
        self, pullquote: Pullquote, tmp_path: Path
    ) -> None:
        file = tmp_path / "faq.csv"
        file.write_text(KENDRA, encoding="utf-8")
        result = pullquote("import", file, "--format", "word")
        assert result.exit_code == 2
        assert (
            "'word' is no format: jsonl, csv, yaml, qna-maker, qnabot, kendra, rasa are known."
            in result.stderr
        )

    def test_one_row_that_cannot_be_taken_keeps_all_out(
        self, pullquote: Pullquote, lake: Path, database: str, tmp_path: Path
    ) -> None:
        file, options = tmp_path / "faq.csv", ("--pack", lake, "--database", database)
        file.write_text(f"{KENDRA}Why is it closed?,\n", encoding="utf-8")
        result = pullquote("import", file, *options)
        assert result.exit_code == 1
        assert result.stdout == f"{file}:4: no answer: write one, or remove it from the file\n"
        assert result.stderr == f"{file}: 1 fault, so nothing was taken.\n"
        assert pullquote("export", "-", *options).stdout == ""


class TestDryRun:
    def test_tells_every_row_and_saves_nothing(
        self, pullquote: Pullquote, lake: Path, database: str, tmp_path: Path
    ) -> None:
        file, options = tmp_path / "faq.csv", ("--pack", lake, "--database", database)
        file.write_text(KENDRA, encoding="utf-8")
        pullquote("import", file, *options)
        before = pullquote("export", "-", *options).stdout
        changed = KENDRA.replace("The warden.", "Nobody.").replace("Is the path", "When is the path")
        file.write_text(changed + "Is the path open?,No.,\n", encoding="utf-8")
        result = pullquote("import", file, *options, "--dry-run")
        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            f"{file}:2: new      when-is-the-path-open: When is the path open?",
            f"{file}:2: remark   left out, as an entry has no place for it: _source_uri",
            f"{file}:3: changed  who-feeds-the-ducks: Who feeds the ducks? (answer)",
            f"{file}:4: changed  is-the-path-open: Is the path open? (answer)",
            "3 entries would be taken for server 0: 1 new, 2 changed, 0 same. Nothing was saved.",
        ]
        assert pullquote("export", "-", *options).stdout == before

    def test_tells_what_is_refused_beside_what_is_not(
        self, pullquote: Pullquote, lake: Path, database: str, tmp_path: Path
    ) -> None:
        file, options = tmp_path / "faq.csv", ("--pack", lake, "--database", database)
        file.write_text(KENDRA, encoding="utf-8")
        pullquote("import", file, *options)
        file.write_text(f"{KENDRA}Why is it closed?,\n", encoding="utf-8")
        result = pullquote("import", file, *options, "--dry-run")
        assert result.exit_code == 1
        assert result.stdout.splitlines() == [
            f"{file}:2: same     is-the-path-open: Is the path open?",
            f"{file}:2: remark   left out, as an entry has no place for it: _source_uri",
            f"{file}:3: same     who-feeds-the-ducks: Who feeds the ducks?",
            f"{file}:4: refused  no answer: write one, or remove it from the file",
            "Nothing of this would be taken: 0 new, 0 changed, 2 same, 1 fault.",
        ]

    def test_makes_no_database(self, pullquote: Pullquote, lake: Path, database: str, tmp_path: Path) -> None:
        file = tmp_path / "faq.csv"
        file.write_text(KENDRA, encoding="utf-8")
        assert pullquote("import", file, "--pack", lake, "--database", database, "--dry-run").exit_code == 2
        assert not (tmp_path / "pullquote.db").exists()

    def test_of_the_bot_s_own_database_needs_no_option(
        self, process: Process, lake: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "faq.csv"
        file.write_text(KENDRA, encoding="utf-8")
        result = process("import", file, "--pack", lake, "--dry-run")
        assert result.returncode == 0
        assert result.stdout.endswith(b"2 new, 0 changed, 0 same. Nothing was saved.\n")
        assert process("export", "-", "--pack", lake).stdout == b""
