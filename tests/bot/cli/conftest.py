"""A small pack, the command line in this process, and the command line in a real one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app

LAKE = """\
---
title: The lake that went away
licence: own
publisher: The Valley Post
url: https://valley.example/lake
language: en
---

Lake Ilvane emptied through a hole in its bed in 31 hours.

The water came out at a trout farm 11 kilometres away.

"I heard it go before I saw it," said Marta Quill, the warden. "It sounded like a bath."

The council has closed the path around the lake until May.
"""

ENTRIES = """\
entries:
  - id: how-long
    phrasings:
      - How long did it take for the lake to empty?
      - How many hours did the draining last?
      - How fast did Lake Ilvane drain?
    answer: It took 31 hours.
    citations:
      - story: lake
        excerpt: Lake Ilvane emptied through a hole in its bed in 31 hours.
  - id: where-to
    phrasings:
      - Where did the water go?
      - Where did the lake end up?
      - Where did the water come out again?
    answer: It came out at a trout farm 11 kilometres away.
    citations:
      - story: lake
        excerpt: The water came out at a trout farm 11 kilometres away.
  - id: how-deep
    kind: gap
    phrasings:
      - How deep was the lake?
      - What depth did Lake Ilvane have?
"""

Pullquote = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A pack of one short story, two entries and a gap."""
    pack = tmp_path / "lake-pack"
    (pack / "stories").mkdir(parents=True)
    (pack / "pack.yaml").write_text("name: lake-pack\nlanguage: en\n", encoding="utf-8")
    (pack / "stories" / "lake.md").write_text(LAKE, encoding="utf-8")
    (pack / "entries.yaml").write_text(ENTRIES, encoding="utf-8")
    return pack


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the real home, database and settings of whoever runs it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith(("PULLQUOTE_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def pullquote() -> Pullquote:
    """Run a command in this process: `pullquote("ask", "--json", "Who?")`."""

    def run(*args: str | Path, stdin: str | bytes = "") -> Result:
        result = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin, prog_name="pullquote")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def process(home: Path) -> Process:
    """Run a command as a process of its own, with real streams."""

    def run(*args: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "bot", *map(str, args)]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            check=False,
            cwd=home,
            env=environment(**env),
            timeout=60,
        )

    return run


def environment(**more: str) -> dict[str, str]:
    """The environment of a child process, which finds the project wherever it runs."""
    root = Path(__file__).parents[3]
    return os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "", "COLUMNS": "80"} | more
