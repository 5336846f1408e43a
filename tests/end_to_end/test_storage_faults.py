"""A database that fails while the bot runs: said in one sentence, and what was typed is given back."""

import ctypes
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import trouble
from .loopback import Interaction, LoopbackDiscord, Member
from .loopback.shapes import Permission
from .process import BotProcess, running_bot
from .reading import read

ENTRY = {
    "question": "Where is the watch party?",
    "answer": "In the old cinema.",
    "excerpt": "",
    "phrasings": "watch party place",
}
DROP_FROM_BOUNDING_SET, OVERRIDE_FILE_MODES = 24, 1
"""Of Linux's prctl and its capabilities."""


async def confirm(moderator: Member) -> Interaction:
    previewed = await moderator.submit(await moderator.command("qa add"), **ENTRY)
    return await moderator.click(previewed.answer, "Confirm")


def is_given_back(refused: Interaction) -> bool:
    return all(text in read(refused.answer) for text in ENTRY.values())


async def test_what_was_typed_is_given_back_and_saved_once_the_database_is_free_again(
    moderator: Member, alice: Member, bot: BotProcess
) -> None:
    with closing(sqlite3.connect(bot.home / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = await confirm(moderator)
        assert "cannot be used just now" in read(refused.answer)
        assert is_given_back(refused)
        assert "being written by another program" in bot.log
        other.execute("ROLLBACK")
    saved = await moderator.click(refused.answer, "Try again")
    assert "Saved" in read(saved.answer)
    assert ENTRY["answer"] in read(await alice.mention(ENTRY["question"]))


def obey_file_modes() -> None:
    """Take from root, before its bot starts, the right to write files that are read-only."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, OVERRIDE_FILE_MODES)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets root give up its rights over files")
async def test_a_read_only_database_is_said_to_be_so_and_what_was_typed_given_back(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    server = own_discord.world.add_guild("Home")
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        pass
    for file in tmp_path.glob("bot.db*"):  # noqa: ASYNC240 - a moment between two bots
        file.chmod(0o444)
    async with running_bot(own_discord, tmp_path, before=obey_file_modes) as bot:
        refused = await confirm(moderator)
        assert "cannot be used just now" in read(refused.answer)
        assert "read-only" in bot.log
        assert is_given_back(refused)
        assert str(tmp_path) not in read(refused.answer)
        assert trouble(bot.log) == []
