"""The README's promises, kept."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.cli.app import app
from bot.client import PullquoteClient
from bot.lifecycle import FEATURES
from bot.settings import PREFIX, Settings
from knowledge.evaluation import read_questions
from knowledge.library import Library
from knowledge.packs import read_pack

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line]
PULLQUOTE = [line for line in LINES if "uv run pullquote" in line]


def run(arguments: list[str], cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input="who won?\n/quit\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        cwd=cwd,
        env={"HOME": str(home), "PATH": "", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )


def test_it_opens_with_the_two_commands() -> None:
    assert LINES[:2] == ["pip install uv && uv run pullquote chat", "pip install uv && uv run pytest"]


@pytest.mark.parametrize("line", PULLQUOTE)
def test_its_commands_work_as_they_stand(line: str, tmp_path: Path) -> None:
    arguments = shlex.split(line.split("uv run pullquote ", 1)[1])
    done = run(arguments, tmp_path, tmp_path)

    if arguments == ["run"]:
        # Without a token the bot says in one sentence where to get one; the end-to-end tests run it with one.
        assert done.returncode == 2
        assert "Reset Token" in done.stderr
        assert "Traceback" not in done.stderr
    else:
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr


async def test_it_tells_every_command_of_the_bot() -> None:
    client = PullquoteClient(Library([]), FEATURES)
    for install in FEATURES:
        install(client)
    commands = [one for one in client.tree.walk_commands() if not isinstance(one, app_commands.Group)]
    menus = client.tree.get_commands(type=discord.AppCommandType.message)

    assert len(commands) > len(menus) > 0
    assert [one.qualified_name for one in commands if f"`/{one.qualified_name}" not in README] == []
    assert [one.name for one in menus if f"*Apps > {one.name}*" not in README] == []


def test_it_tells_every_command_of_the_terminal() -> None:
    names = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]

    assert [name for name in names if f"pullquote {name}" not in README] == []


def test_its_example_of_a_pack_is_one(tmp_path: Path) -> None:
    entries = re.search(r"^```yaml\n(entries:.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert entries
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "my-story.md").write_text("Anna Berg sold 40 pies.\n", encoding="utf-8")
    (tmp_path / "pack.yaml").write_text("name: My story\nlanguage: en\n", encoding="utf-8")
    (tmp_path / "entries.yaml").write_text(entries[1], encoding="utf-8")

    assert [entry.id for entry in read_pack(tmp_path, strict=True).entries] == ["pies-sold"]


def test_its_example_of_a_question_with_a_known_answer_is_one() -> None:
    line = re.search(r'`(\{"question": .*\})`', README)

    assert line
    assert read_questions(line[1], "README.md")[0].says == (("Hegerberg",),)


def test_its_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)

    assert pictures
    assert all((ROOT / picture).read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_its_links_to_files_lead_somewhere() -> None:
    links = re.findall(r"(?<!!)\[[^\]]+\]\((?!https?://)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_it_and_the_example_tell_every_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = {PREFIX + name.upper() for name in Settings.model_fields}

    assert {name for name in names if f"`{name}`" not in README} == set()
    assert {name for name in names if name not in example} == set()


def test_no_figure_is_left_to_be_filled_in() -> None:
    assert re.findall(r"\b[A-Z]{3,}_[A-Z]{3,}\b", re.sub(r"`[^`]*`", "", README)) == []
