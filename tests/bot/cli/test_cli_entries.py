"""`pullquote import` and `pullquote export`, with a real database."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from knowledge import exchange
from knowledge.answering import Base
from knowledge.model import Entry
from knowledge.owned import put
from knowledge.storage import open_store
from knowledge.transfer import Format, Plan
from tests.bot.cli.conftest import Process, Pullquote

PATH_ENTRY = {
    "id": "path",
    "kind": "entry",
    "phrasings": ["Is the path open?", "Can I walk around the lake?"],
    "answer": "No, it is closed until May.",
    "citations": [{"story": "lake", "excerpt": "closed the path around the lake until May"}],
}
GAP = {"id": "fish", "kind": "gap", "phrasings": ["Were there fish in the lake?"], "citations": []}


def lines(*entries: dict[str, Any]) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def save(database: str, *entries: Entry) -> None:
    async def saving() -> None:
        store = await open_store(database)
        await store.change(0, list(map(put, entries)))
        await store.close()

    asyncio.run(saving())


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'pullquote.db'}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "entries.jsonl"
    path.write_text(lines(PATH_ENTRY, GAP), encoding="utf-8")
    return path


class TestImport:
    def test_what_a_moderator_saves_meanwhile_is_not_written_over(
        self,
        pullquote: Pullquote,
        lake: Path,
        database: str,
        file: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        theirs = Entry("path", ("Is the path open?",), "Yes, since this morning.")

        plan_file_on = exchange.plan_file_on

        def plan_slowly(base: Base, path: Path, form: Format | None) -> Plan:
            planned = plan_file_on(base, path, form)
            with ThreadPoolExecutor(1) as beside:
                beside.submit(save, database, theirs).result()
            return planned

        monkeypatch.setattr(exchange, "plan_file_on", plan_slowly)
        result = pullquote("import", file, "--pack", lake, "--database", database)
        assert result.exit_code != 0
        (kept,) = pullquote("export", "-", "--pack", lake, "--database", database).stdout.splitlines()
        assert json.loads(kept)["answer"] == theirs.answer

    def test_says_what_became_of_each_row(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        result = pullquote("import", file, "--pack", lake, "--database", database)
        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            f"{file}:1: new      path: Is the path open?",
            f"{file}:2: new      fish: Were there fish in the lake?",
            "2 entries taken for server 0: 2 new, 0 changed, 0 same.",
        ]

    def test_a_phrasing_that_stands_twice_in_its_entry_is_taken_once(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        file.write_text(lines(GAP | {"phrasings": ["Any fish?", "any FISH"]}), encoding="utf-8")
        result = pullquote("import", file, "--pack", lake, "--database", database)
        assert result.exit_code == 0
        assert any("stands in this entry already" in row for row in result.stdout.splitlines())
        (kept,) = pullquote("export", "-", "--pack", lake, "--database", database).stdout.splitlines()
        assert json.loads(kept)["phrasings"] == ["Any fish?"]

    def test_a_second_time_tells_changed_from_same(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        pullquote("import", file, "--pack", lake, "--database", database)
        file.write_text(lines(PATH_ENTRY | {"answer": "Not before May."}, GAP), encoding="utf-8")
        result = pullquote("import", file, "--pack", lake, "--database", database)
        assert result.stdout.splitlines() == [
            f"{file}:1: changed  path: Is the path open? (answer)",
            "2 entries taken for server 0: 0 new, 1 changed, 1 same.",
        ]

    def test_questions_are_answered_from_it_at_once(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        pullquote("import", file, "--pack", lake, "--database", database)
        reply = json.loads(
            pullquote("ask", "--json", "Is the path open?", "--pack", lake, "--database", database).stdout
        )
        assert reply["source"] == {"kind": "entry", "id": "path"}
        assert reply["answer"] == "No, it is closed until May."
        assert reply["citations"][0]["excerpt"] == "closed the path around the lake until May"

    def test_one_server_does_not_see_what_another_was_given(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        pullquote("import", file, "--pack", lake, "--database", database, "--server", "7")
        args = ("ask", "--json", "Is the path open?", "--pack", lake, "--database", database, "--server")
        assert json.loads(pullquote(*args, "7").stdout)["source"]["id"] == "path"
        assert (json.loads(pullquote(*args, "8").stdout)["source"] or {}).get("id") != "path"

    def test_a_refused_row_is_told_and_nothing_at_all_is_taken(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        bad = PATH_ENTRY | {"id": "bad", "citations": [{"story": "lake", "excerpt": "open until June"}]}
        file.write_text(lines(PATH_ENTRY, bad | {"phrasings": ["When?"]}, {"id": "worse"}), encoding="utf-8")
        result = pullquote("import", file, "--pack", lake, "--database", database)
        assert result.exit_code == 1
        assert any(line.startswith(f"{file}:2: ") for line in result.stdout.splitlines())
        assert any(line.startswith(f"{file}:3: ") for line in result.stdout.splitlines())
        assert result.stderr.startswith(f"{file}: ")
        assert result.stderr.endswith(" faults, so nothing was taken.\n")
        assert pullquote("export", "-", "--pack", lake, "--database", database).stdout == ""

    def test_a_file_of_an_unknown_kind_is_refused(
        self, pullquote: Pullquote, database: str, tmp_path: Path
    ) -> None:
        (tmp_path / "entries.docx").write_text("?", encoding="utf-8")
        result = pullquote("import", tmp_path / "entries.docx", "--database", database)
        assert result.exit_code == 1
        assert ".jsonl" in result.stdout

    def test_goes_into_the_bots_own_database_where_none_is_named(
        self, process: Process, lake: Path, file: Path, tmp_path: Path
    ) -> None:
        url = f"sqlite:///{tmp_path / 'own.db'}"
        assert process("import", file, "--pack", lake, PULLQUOTE_DATABASE_URL=url).returncode == 0
        assert (tmp_path / "own.db").exists()
        args = ("ask", "--json", "Is the path open?", "--pack", lake, "--server", "0")
        assert json.loads(process(*args, PULLQUOTE_DATABASE_URL=url).stdout)["source"]["id"] == "path"

    def test_a_long_file_shows_no_bar_into_a_pipe(
        self, process: Process, lake: Path, database: str, file: Path
    ) -> None:
        many = [
            {**GAP, "id": f"gap-{number}", "phrasings": [f"Question number {number} about nothing at all?"]}
            for number in range(1200)
        ]
        file.write_text(lines(*many), encoding="utf-8")
        result = process("import", file, "--pack", lake, "--database", database)
        assert result.returncode == 0
        assert result.stderr == b""
        assert result.stdout.endswith(b"1,200 entries taken for server 0: 1,200 new, 0 changed, 0 same.\n")

    def test_a_phrasing_that_another_entry_of_the_server_has_is_refused(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        options = ("--pack", lake, "--database", database)
        pullquote("import", file, *options)
        file.write_text(lines(GAP | {"id": "walk", "phrasings": ["is the path OPEN"]}), encoding="utf-8")
        result = pullquote("import", file, *options)
        assert result.exit_code == 1
        assert result.stdout.startswith(f'{file}:1: the phrasing "is the path OPEN" is also one of "path"')
        assert len(pullquote("export", "-", *options).stdout.splitlines()) == 2

    def test_a_follow_up_that_is_nowhere_is_refused_and_one_of_the_pack_taken(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        file.write_text(lines(PATH_ENTRY | {"follow_ups": ["how-long", "how-wide"]}), encoding="utf-8")
        result = pullquote("import", file, "--pack", lake, "--database", database)
        assert result.exit_code == 1
        assert (
            result.stdout == f'{file}:1: the follow-up "how-wide" is no entry\'s id: correct or remove it\n'
        )

    def test_says_where_an_entry_hides_one_of_the_pack(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        file.write_text(lines(PATH_ENTRY | {"id": "how-long"}), encoding="utf-8")
        result = pullquote("import", file, "--pack", lake, "--database", database)
        assert result.stdout.splitlines()[0] == (
            f"{file}:1: new      how-long: Is the path open? (hides the pack's entry of this id)"
        )


class TestExport:
    @pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.yaml"])
    def test_writes_what_import_takes_again(
        self, name: str, pullquote: Pullquote, lake: Path, database: str, file: Path, tmp_path: Path
    ) -> None:
        options = ("--pack", lake, "--database", database)
        pullquote("import", file, *options)
        result = pullquote("export", tmp_path / name, *options)
        assert result.stdout == f"2 entries written to {tmp_path / name}.\n"
        again = pullquote("import", tmp_path / name, *options)
        assert again.stdout == "2 entries taken for server 0: 0 new, 0 changed, 2 same.\n"

    def test_a_dash_is_standard_output_in_json_lines(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        pullquote("import", file, "--pack", lake, "--database", database)
        result = pullquote("export", "-", "--pack", lake, "--database", database)
        assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["path", "fish"]

    def test_a_server_without_entries_has_an_empty_file(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path, tmp_path: Path
    ) -> None:
        pullquote("import", file, "--pack", lake, "--database", database)
        result = pullquote("export", tmp_path / "out.jsonl", "--database", database, "--server", "7")
        assert result.exit_code == 0
        assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == ""

    def test_a_folder_that_is_not_there_is_one_sentence(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path, tmp_path: Path
    ) -> None:
        pullquote("import", file, "--pack", lake, "--database", database)
        out = tmp_path / "nowhere" / "out.jsonl"
        result = pullquote("export", out, "--pack", lake, "--database", database)
        assert result.exit_code == 1
        assert result.stderr == f"{out}: No such file or directory.\n"

    def test_the_packs_own_entries_stay_in_the_pack(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path
    ) -> None:
        file.write_text("", encoding="utf-8")
        pullquote("import", file, "--pack", lake, "--database", database)
        assert pullquote("export", "-", "--pack", lake, "--database", database).stdout == ""

    def test_a_name_that_says_no_format_is_wrong_use(self, pullquote: Pullquote, database: str) -> None:
        result = pullquote("export", "o.txt", "--database", database)
        assert result.exit_code == 2
        assert result.stderr == (
            "The name 'o.txt' says no format: let it end in .jsonl, .csv or .yaml, or write - for standard output.\n"
        )

    def test_leaves_out_what_the_story_no_longer_says_and_tells_so(
        self, pullquote: Pullquote, lake: Path, database: str, file: Path, tmp_path: Path
    ) -> None:
        options = ("--pack", lake, "--database", database)
        follows = GAP | {"follow_ups": ["path"]}
        file.write_text(lines(PATH_ENTRY, follows), encoding="utf-8")
        pullquote("import", file, *options)
        story = lake / "stories" / "lake.md"
        corrected = story.read_text(encoding="utf-8").replace("until May", "until June")
        story.write_text(corrected, encoding="utf-8")
        out = tmp_path / "out.csv"
        result = pullquote("export", out, *options)
        assert result.stdout == f"1 entry written to {out}.\n"
        assert result.stderr == (
            "left out path: the lines it cites no longer stand in lake (is the right --pack given?)\n"
        )
        again = pullquote("import", out, *options)
        assert again.stdout == "1 entry taken for server 0: 0 new, 0 changed, 1 same.\n"

    def test_tells_what_import_would_not_take_again(
        self, pullquote: Pullquote, lake: Path, database: str, tmp_path: Path
    ) -> None:
        # Two moderators may each confirm an entry for the same question.
        save(database, *(Entry(name, ("Is it open?",), "No.") for name in ("open", "open-2")))
        result = pullquote("export", tmp_path / "out.jsonl", "--pack", lake, "--database", database)
        assert result.exit_code == 0
        fault = 'the phrasing "Is it open?" is also one of "open" (line 1): keep it where it is answered best'
        assert result.stderr.splitlines() == [
            f"{tmp_path / 'out.jsonl'}:2: {fault}",
            "import does not take this file again until that is mended.",
        ]

    def test_a_follow_up_to_an_entry_that_was_removed_is_left_out(
        self, pullquote: Pullquote, lake: Path, database: str
    ) -> None:
        save(database, Entry("open", ("Is it open?",), "No.", follow_ups=("gone", "how-long")))
        result = pullquote("export", "-", "--pack", lake, "--database", database)
        assert json.loads(result.stdout)["follow_ups"] == ["how-long"]
        assert result.stderr == ""
