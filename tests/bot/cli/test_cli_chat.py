"""`pullquote chat`: a conversation, as it is piped and as it is typed."""

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Pullquote, environment

ABOUT_WATER = "Where did the water go?"
Talk = Callable[..., str]

_COLOURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?2004[hl]")

THE_FARM = "It came out at a trout farm 11 kilometres away."


class TestPiped:
    @pytest.fixture
    def talk(self, pullquote: Pullquote, lake: Path) -> Talk:
        def said(*lines: str | bytes) -> str:
            stdin = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
            result = pullquote("chat", "--pack", lake, stdin=stdin)
            assert result.exit_code == 0
            assert result.stderr == ""
            return result.stdout

        return said

    def test_each_line_is_answered_and_nothing_else_is_printed(self, talk: Talk) -> None:
        text = talk(ABOUT_WATER)
        assert text.startswith(f"{THE_FARM}\n  │ The water came out")
        assert ">" not in text
        assert "\x1b" not in text

    def test_blank_lines_are_passed_over(self, talk: Talk) -> None:
        assert talk("", "   ", "") == ""

    @pytest.mark.parametrize("word", ["/quit", "/exit", "quit", "Exit", " /quit "])
    def test_nothing_is_answered_after_the_end_was_said(self, word: str, talk: Talk) -> None:
        assert talk(word, ABOUT_WATER) == ""

    def test_the_last_line_needs_no_line_break(self, pullquote: Pullquote, lake: Path) -> None:
        assert THE_FARM in pullquote("chat", "--pack", lake, stdin=ABOUT_WATER).stdout

    def test_help_tells_what_there_is(self, talk: Talk) -> None:
        text = talk("/help")
        assert all(command in text for command in ("/quote", "/help", "/quit"))

    @pytest.mark.parametrize("greeting", ["hello", "who are you?", "Help!"])
    def test_who_greets_or_asks_who_it_is_gets_the_help(self, greeting: str, talk: Talk) -> None:
        assert talk(greeting) == talk("/help")

    def test_commands_may_be_written_large(self, talk: Talk) -> None:
        assert "It sounded like a bath." in talk("/Quote bath")
        assert talk("/HELP") == talk("/help")

    def test_an_unknown_command_is_no_question(self, talk: Talk) -> None:
        assert talk("/frob it") == "There is no /frob; /help tells what there is.\n\n"

    def test_quote_alone_shows_one_quotation(self, talk: Talk) -> None:
        assert (
            talk("/quote").count("— Marta Quill; The Valley Post, The lake that went away, paragraph 3") == 1
        )

    def test_quote_finds_a_speaker_or_a_theme(self, talk: Talk) -> None:
        assert "It sounded like a bath." in talk("/quote bath")
        assert "Marta Quill" in talk("/quote Quill")

    def test_quote_says_when_there_is_nothing(self, talk: Talk) -> None:
        assert "no quotation of zebedee" in talk("/quote zebedee")

    def test_bytes_that_are_no_text_are_no_end(self, talk: Talk) -> None:
        assert THE_FARM in talk(b"who \xff\xfe", ABOUT_WATER)

    def test_controls_of_the_terminal_are_not_echoed(self, talk: Talk) -> None:
        assert "\x1b" not in talk("/\x1b[2J", "/quote \x1b[2J", "\x1b[2J")

    def test_a_number_is_a_question_when_there_is_nothing_to_pick(self, talk: Talk) -> None:
        assert "nothing to pick" not in talk("185")

    def test_without_any_knowledge_it_still_talks(self, pullquote: Pullquote) -> None:
        result = pullquote("chat", "--no-pack", stdin="/quote\n/help\n")
        assert result.exit_code == 0
        assert result.stdout.startswith("Nobody is quoted here.")


class TestTyped:
    def test_a_newcomer_is_welcomed_with_questions_to_pick_by_number(self, lake: Path) -> None:
        with terminal("--pack", str(lake)) as chat:
            welcome = chat.read_until("> ")
            assert "\u201clake-pack\u201d" in welcome
            assert "1  How long did it take for the lake to empty?" in welcome
            chat.type("1\n")
            assert "It took 31 hours." in chat.read_until("sure.")

    def test_a_number_that_is_not_offered_is_said_to_be_none(self, lake: Path) -> None:
        with terminal("--pack", str(lake)) as chat:
            chat.read_until("> ")
            chat.type("9\n")
            assert "there is 1 to 2" in chat.read_until("to 2")

    @pytest.mark.parametrize("key", ["\x04", "\x03", "/quit\n"], ids=["Ctrl-D", "Ctrl-C", "/quit"])
    def test_it_ends_quietly(self, key: str, lake: Path) -> None:
        with terminal("--pack", str(lake)) as chat:
            chat.read_until("> ")
            assert chat.leave(key) == 0
            assert chat.rest() in {"", "/quit"}

    def test_what_was_typed_is_remembered_the_next_time(self, lake: Path) -> None:
        with terminal("--pack", str(lake)) as chat:
            chat.read_until("> ")
            chat.type(f"{ABOUT_WATER}\n")
            chat.read_until("sure.")
            chat.read_until("> ")
            chat.type("\x04")
            assert chat.wait() == 0
        with terminal("--pack", str(lake)) as chat:
            chat.read_until("> ")
            chat.type("\x1b[A\n")
            assert THE_FARM in chat.read_until("sure.")

    def test_a_history_that_cannot_be_kept_is_done_without(self, lake: Path, home: Path) -> None:
        (home / ".local").write_text("no folder", encoding="utf-8")
        with terminal("--pack", str(lake)) as chat:
            chat.read_until("> ")
            chat.type("\x04")
            assert chat.wait() == 0
            assert chat.rest() in {"", "/quit"}


IN_A_TERMINAL = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, "-m", "bot", "chat", *sys.argv[1:]])
"""
"""The command with standard input as its terminal, whose Ctrl-C it hears even where whoever runs tests ignores it."""


class Terminal:
    """The other end of a pseudo-terminal that a conversation runs in."""

    def __init__(self, process: subprocess.Popen[bytes], descriptor: int) -> None:
        self.process, self.descriptor, self._unread = process, descriptor, ""
        self._ended = False

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def read_until(self, wanted: str) -> str:
        """Read until the text is there, and return what was read up to its end, without colours."""
        while wanted not in self._unread and (chunk := self._read()):
            self._unread += chunk
        before, found, self._unread = self._unread.partition(wanted)
        assert found, before
        return before + found

    def wait(self) -> int:
        """Wait for the end, and return the exit code."""
        while chunk := self._read():
            self._unread += chunk
        assert self._ended, "still talking"
        return self.process.wait()

    def leave(self, key: str) -> int:
        """Press a key that ends it, again if that is not heard, and return the exit code.

        A Ctrl-C between the prompt and the wait for a key is only noticed with the next key (Python's readline).
        """
        for _ in range(3):
            self.type(key)
            while chunk := self._read(seconds=3):
                self._unread += chunk
            if self._ended:
                break
        return self.wait()

    def rest(self) -> str:
        """Return what was shown at last, without white space around it."""
        return self._unread.strip()

    def _read(self, seconds: float = 10) -> str:
        ready, _, _ = select.select([self.descriptor], [], [], seconds)
        try:
            read = os.read(self.descriptor, 65536) if ready else b""
            return _COLOURS.sub("", read.decode("utf-8", "replace"))
        except OSError:  # Linux's way to say that the other end is closed
            self._ended = True
            return ""


@contextmanager
def terminal(*args: str) -> Iterator[Terminal]:
    """Run a conversation in a pseudo-terminal."""
    env = environment(TERM="xterm-256color", NO_COLOR="1")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", IN_A_TERMINAL, *args]
    with subprocess.Popen(
        command, env=env, start_new_session=True, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        try:
            yield Terminal(process, ours)
        finally:
            process.kill()
            os.close(ours)
