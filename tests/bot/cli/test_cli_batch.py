"""`pullquote ask --json --batch`: many questions, a reply a line, in order."""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.batch import LineError, read_line
from knowledge.model import Question
from tests.bot.cli.conftest import Pullquote, environment


def replies(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


class TestALine:
    def test_is_a_plain_question(self) -> None:
        assert read_line("Où est l'eau?\r\n".encode()) == Question("Où est l'eau?")

    def test_is_an_object_with_a_question(self) -> None:
        assert read_line(b'{"question": "Who?"}\n') == Question("Who?")

    def test_names_the_questions_before_and_the_only_story(self) -> None:
        line = b'{"question": "Why?", "after": ["Who?", "When?"], "story": "lake"}'
        assert read_line(line) == Question("Why?", ("Who?", "When?"), "lake")

    def test_may_have_other_fields_as_files_of_known_answers_do(self) -> None:
        assert read_line(b'{"id": "q1", "question": "Who?", "answerable": true}') == Question("Who?")

    @pytest.mark.parametrize("blank", [b"", b"\n", b"  \t\r\n"])
    def test_that_is_blank_is_an_empty_question(self, blank: bytes) -> None:
        assert read_line(blank) == Question("")

    def test_may_begin_with_a_byte_order_mark(self) -> None:
        assert read_line(b'\xef\xbb\xbf{"question": "Who?"}') == Question("Who?")

    def test_that_is_json_but_no_object_is_a_plain_question(self) -> None:
        assert read_line(b'["Who?"]') == Question('["Who?"]')

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            (b"{", "not JSON"),
            (b"{who?}", "not JSON"),
            (b'{"question": "Who?"} and more', "not JSON"),
            (b"{" * 100_000, "not JSON"),
            (b'{"ask": "Who?"}', '"question"'),
            (b'{"question": 7}', '"question"'),
            (b'{"question": null}', '"question"'),
            (b'{"question": "Why?", "after": "Who?"}', '"after"'),
            (b'{"question": "Why?", "after": [1]}', '"after"'),
            (b'{"question": "Why?", "story": 3}', '"story"'),
            (b"who \xff won?", "UTF-8"),
        ],
    )
    def test_that_is_no_question_is_refused_with_the_reason(self, line: bytes, why: str) -> None:
        with pytest.raises(LineError, match=why):
            read_line(line)

    @given(st.binary(max_size=60))
    def test_is_a_question_or_refused_whatever_it_holds(self, line: bytes) -> None:
        with suppress(LineError):
            assert isinstance(read_line(line).text, str)


class TestABatch:
    LINES = 'Where did the water go?\n{"question": "How long did it take for the lake to empty?"}\n'

    def test_has_a_reply_for_each_line_in_order(self, pullquote: Pullquote, lake: Path) -> None:
        result = pullquote("ask", "--json", "--batch", "-", "--pack", lake, stdin=self.LINES)
        assert result.exit_code == 0
        assert [reply["source"]["id"] for reply in replies(result.stdout)] == ["where-to", "how-long"]

    def test_is_read_from_a_file(self, pullquote: Pullquote, lake: Path, tmp_path: Path) -> None:
        file = tmp_path / "questions.txt"
        file.write_text(self.LINES, encoding="utf-8")
        result = pullquote("ask", "--json", "--batch", file, "--pack", lake)
        assert len(replies(result.stdout)) == 2

    def test_is_in_json_even_if_that_was_not_asked_for(self, pullquote: Pullquote, lake: Path) -> None:
        result = pullquote("ask", "--batch", "-", "--pack", lake, stdin=self.LINES)
        assert len(replies(result.stdout)) == 2

    def test_does_not_need_a_line_break_at_its_end(self, pullquote: Pullquote, lake: Path) -> None:
        result = pullquote("ask", "--batch", "-", "--pack", lake, stdin=self.LINES.strip())
        assert len(replies(result.stdout)) == 2

    def test_that_is_empty_has_no_replies(self, pullquote: Pullquote, lake: Path) -> None:
        result = pullquote("ask", "--batch", "-", "--pack", lake)
        assert (result.exit_code, result.stdout) == (0, "")

    def test_keeps_its_order_over_blank_and_bad_lines(self, pullquote: Pullquote, lake: Path) -> None:
        lines = b"Where did the water go?\n\n{broken\n\xff\nWhere did the lake end up?\n"
        result = pullquote("ask", "--json", "--batch", "-", "--pack", lake, stdin=lines)
        first, blank, broken, bytes_, last = replies(result.stdout)
        assert first["source"] == last["source"] == {"kind": "entry", "id": "where-to"}
        assert blank["outcome"] == "unknown"
        assert "error" not in blank
        assert broken["error"].startswith("line 3: ")
        assert bytes_["error"].startswith("line 4: ")
        assert result.exit_code == 1
        assert result.stderr == "2 of the lines could not be read; the replies to them say why.\n"

    def test_looks_only_at_the_story_that_a_line_names(self, pullquote: Pullquote, lake: Path) -> None:
        lines = (
            '{"question": "Where did the water go?", "story": "lake"}\n{"question": "Who?", "story": "sea"}\n'
        )
        result = pullquote("ask", "--batch", "-", "--pack", lake, stdin=lines)
        known, unknown = replies(result.stdout)
        assert known["outcome"] == "answer"
        assert "known: lake" in unknown["error"]


class TestTheStreams:
    def command(self, lake: Path) -> list[str]:
        return [sys.executable, "-m", "bot", "ask", "--json", "--batch", "-", "--pack", str(lake)]

    def test_a_reply_is_there_before_the_next_line_is_written(self, lake: Path) -> None:
        with subprocess.Popen(
            self.command(lake), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            for question in ("Where did the water go?", "How long did it take for the lake to empty?"):
                child.stdin.write(question.encode() + b"\n")
                child.stdin.flush()
                assert json.loads(child.stdout.readline())["question"] == question
            child.stdin.close()
            assert child.wait(timeout=30) == 0

    def test_a_reader_that_leaves_is_no_trouble(self, lake: Path) -> None:
        with subprocess.Popen(
            self.command(lake),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            assert child.stderr is not None
            child.stdin.write(b"Where did the water go?\n")
            child.stdin.flush()
            child.stdout.readline()
            child.stdout.close()
            child.stdin.write(b"Where did the water go?\n" * 50)
            child.stdin.close()
            assert child.stderr.read() == b""

    def test_standard_input_that_was_closed_is_an_empty_batch(self, lake: Path) -> None:
        shell = ["sh", "-c", '"$@" <&-', "sh", *self.command(lake)]
        result = subprocess.run(shell, capture_output=True, check=False, env=environment(), timeout=60)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
