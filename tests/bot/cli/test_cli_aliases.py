"""`pullquote alias` and `--strictness`: what a server has set, from a terminal."""

import asyncio
import json
from pathlib import Path

import pytest

from knowledge.answering.strictness import MEANINGS
from knowledge.model import Alias, Author, Setting, Strictness
from knowledge.owned import put
from knowledge.settings import STRICTNESS
from knowledge.storage import open_store
from tests.bot.cli.conftest import Process, Pullquote


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'pullquote.db'}"


def in_store(database: str, *changes: Alias | Setting, server: int = 0) -> None:
    async def changing() -> None:
        store = await open_store(database)
        await store.change(server, list(map(put, changes)))
        await store.close()

    asyncio.run(changing())


class TestAlias:
    def test_is_added_listed_changed_and_removed(self, pullquote: Pullquote, database: str) -> None:
        where = ("--database", database)
        added = pullquote("alias", "add", "LI", "Lake Ilvane", *where)
        assert (added.exit_code, added.stdout) == (0, "li now means Lake Ilvane for server 0.\n")
        pullquote("alias", "add", "tf", "trout farm", *where)
        pullquote("alias", "add", "Li", "Lake Ilvane in May", *where)
        assert pullquote("alias", "list", *where).stdout == "li\tLake Ilvane in May\ntf\ttrout farm\n"
        removed = pullquote("alias", "remove", "LI", *where)
        assert (removed.exit_code, removed.stdout) == (
            0,
            "li no longer means Lake Ilvane in May for server 0.\n",
        )
        assert pullquote("alias", "list", *where).stdout == "tf\ttrout farm\n"

    def test_counts_in_the_next_question_of_its_server_alone(
        self, pullquote: Pullquote, lake: Path, database: str
    ) -> None:
        pullquote("alias", "add", "hdt", "how deep was the lake", "--database", database, "--server", "7")
        args = ("ask", "--json", "hdt?", "--pack", lake, "--database", database, "--server")
        assert json.loads(pullquote(*args, "7").stdout)["source"]["id"] == "how-deep"
        assert json.loads(pullquote(*args, "8").stdout)["source"] is None

    def test_is_told_of_in_an_explanation(self, pullquote: Pullquote, lake: Path, database: str) -> None:
        pullquote("alias", "add", "LI", "Lake Ilvane", "--database", database)
        args = ("ask", "--explain", "What depth did LI have?", "--pack", lake, "--database", database)
        assert "Short forms: li for lake ilvane" in pullquote(*args).stdout
        why = json.loads(pullquote(*args, "--json").stdout)["explanation"]
        assert why["short_forms"] == [{"typed": "li", "read": "lake ilvane"}]

    def test_finds_quotations(self, pullquote: Pullquote, lake: Path, database: str) -> None:
        pullquote("alias", "add", "MQ", "Marta Quill", "--database", database)
        found = pullquote("quote", "--json", "--who", "MQ", "--pack", lake, "--database", database)
        assert {quotation["speaker"] for quotation in json.loads(found.stdout)} == {"Marta Quill"}

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (("add", "the", "Lake Ilvane"), "everyday word"),
            (("add", "a b c d", "Lake Ilvane"), "at most 3 words"),
            (("add", "li", "x" * 81), "at most 80"),
            (("remove", "li"), "no such alias"),
        ],
    )
    def test_that_makes_no_sense_is_refused_in_a_sentence(
        self, pullquote: Pullquote, database: str, args: tuple[str, ...], said: str
    ) -> None:
        in_store(database)
        refused = pullquote("alias", *args, "--database", database)
        assert refused.exit_code == 1
        assert said in refused.stderr
        assert refused.stdout == ""

    def test_a_misspelt_database_is_not_taken_for_an_empty_one(
        self, pullquote: Pullquote, database: str
    ) -> None:
        for args in (("list",), ("remove", "li")):
            refused = pullquote("alias", *args, "--database", database)
            assert refused.exit_code == 2
            assert "pullquote.db" in refused.stderr

    def test_what_moderators_wrote_controls_no_terminal(self, pullquote: Pullquote, database: str) -> None:
        in_store(database, Alias("red", "\x1b[31mred", Author(1, "Mia")))
        shown = pullquote("alias", "list", "--database", database).stdout
        assert "\x1b" not in shown
        assert "red\t" in shown

    def test_without_a_command_the_help_tells_what_there_is(self, process: Process) -> None:
        shown = process("alias")
        assert all(word in shown.stdout + shown.stderr for word in (b"add", b"remove", b"list"))
        assert b"Traceback" not in shown.stderr

    def test_goes_into_the_bots_own_database_where_none_is_named(
        self, process: Process, tmp_path: Path
    ) -> None:
        url = f"sqlite:///{tmp_path / 'own.db'}"
        assert process("alias", "add", "LI", "Lake Ilvane", PULLQUOTE_DATABASE_URL=url).returncode == 0
        assert process("alias", "list", PULLQUOTE_DATABASE_URL=url).stdout == b"li\tLake Ilvane\n"


class TestStrictness:
    @staticmethod
    def sure(pullquote: Pullquote, *args: str | Path) -> float:
        """Return from which confidence an answer is given."""
        reply = json.loads(pullquote("ask", "--json", "--explain", "Where did the water go?", *args).stdout)
        return float(reply["explanation"]["thresholds"]["sure"])

    @pytest.mark.parametrize("strictness", Strictness)
    def test_can_be_chosen_for_a_question(self, pullquote: Pullquote, lake: Path, strictness: str) -> None:
        sure = self.sure(pullquote, "--pack", lake, "--strictness", strictness)
        assert sure == MEANINGS[Strictness(strictness)].sure

    def test_is_the_servers_where_none_is_chosen(
        self, pullquote: Pullquote, lake: Path, database: str
    ) -> None:
        in_store(database, Setting(STRICTNESS, "careful"), server=7)
        args = ("--pack", lake, "--database", database, "--server")
        assert self.sure(pullquote, *args, "7") == MEANINGS[Strictness.CAREFUL].sure
        assert self.sure(pullquote, *args, "8") == MEANINGS[Strictness.BALANCED].sure
        assert self.sure(pullquote, *args, "7", "--strictness", "eager") == MEANINGS[Strictness.EAGER].sure

    def test_holds_for_a_conversation_and_a_batch(self, pullquote: Pullquote, lake: Path) -> None:
        asked = "where is the water, roughly"
        said = {
            one: pullquote("chat", "--pack", lake, "--strictness", one, stdin=f"{asked}\n").stdout
            for one in Strictness
        }
        batch = {
            one: json.loads(
                pullquote(
                    "ask", "--json", "--batch", "-", "--pack", lake, "--strictness", one, stdin=asked
                ).stdout
            )
            for one in Strictness
        }
        for one in Strictness:
            is_given = batch[one]["outcome"] == "answer"
            assert is_given == (batch[one]["confidence"] >= MEANINGS[one].sure)
            assert ("I am " in said[one]) == is_given

    def test_of_another_name_is_refused_with_those_there_are(self, pullquote: Pullquote) -> None:
        refused = pullquote("ask", "Who?", "--strictness", "bold")
        assert refused.exit_code == 2
        assert all(one in refused.stderr for one in Strictness)
