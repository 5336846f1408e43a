"""An import that is killed while it saves has saved nothing."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.bot.cli.conftest import Pullquote, environment

ENTRIES, PHRASINGS = 5_000, 10

KILLED_WHILE_SAVING = """
import os, signal
from bot.cli import main
from knowledge.storage import database

write_change = database.write_change

async def write_and_die(*args):
    await write_change(*args)
    os.kill(os.getpid(), signal.SIGKILL)

database.write_change = write_and_die
main()
"""
"""The command as it is, but for its end between the writing of everything and the commit."""


def entries(number_of: int) -> str:
    return "".join(
        json.dumps(
            {
                "id": f"entry-{number}",
                "phrasings": [f"What about {number} in {way}?" for way in range(PHRASINGS)],
                "answer": f"It is {number}.",
            }
        )
        + "\n"
        for number in range(number_of)
    )


def test_nothing_is_there_when_it_is_killed_half_way(
    lake: Path, home: Path, tmp_path: Path, pullquote: Pullquote
) -> None:
    file, database = tmp_path / "many.jsonl", tmp_path / "pullquote.db"
    options = ("--pack", str(lake), "--database", f"sqlite:///{database}")
    file.write_text(entries(ENTRIES), encoding="utf-8")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_SAVING, "import", str(file), *options],
        cwd=home,
        env=environment(),
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    # A good part of it was on the disk already.
    assert database.with_name("pullquote.db-wal").stat().st_size > 500_000
    assert pullquote("export", "-", *options).stdout == ""
    # And what is left of it is in nobody's way.
    file.write_text(entries(1), encoding="utf-8")
    assert pullquote("import", file, *options).stdout.endswith("1 new, 0 changed, 0 same.\n")
    assert json.loads(pullquote("export", "-", *options).stdout)["id"] == "entry-0"
