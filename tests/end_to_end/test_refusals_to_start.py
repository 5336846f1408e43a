"""A bot that cannot start says why in one clear sentence, and ends."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from .loopback import LoopbackDiscord
from .process import RUN, START_SECONDS, Ended, addresses, launched


async def refused(home: Path, settings: Mapping[str, str]) -> Ended:
    """Start a bot that ends by itself, and check that it does so with one sentence beside its log."""
    async with launched(home, {**settings, "PULLQUOTE_LOG_LEVEL": "ERROR"}, *RUN) as bot:
        ended = await bot.ended(START_SECONDS)
    assert ended.code in {1, 2}
    assert ended.out == ""
    assert len(ended.err.splitlines()) == 1
    return ended


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    ended = await refused(tmp_path, {})
    assert "discord.com/developers" in ended.err
    assert "PULLQUOTE_DISCORD_TOKEN" in ended.err


async def test_with_a_wrong_token_it_says_where_to_get_the_right_one(
    shared_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    settings = {
        **addresses(shared_discord),
        "PULLQUOTE_DISCORD_TOKEN": "wrong",
        **database(tmp_path / "a.db"),
    }
    ended = await refused(tmp_path, settings)
    assert "discord.com/developers" in ended.err
    assert "wrong" not in ended.err


@pytest.mark.parametrize("address", ["http://discord.example/api", "ftp://127.0.0.1"])
async def test_it_does_not_send_its_token_where_it_could_be_read(tmp_path: Path, address: str) -> None:
    settings = {"PULLQUOTE_DISCORD_TOKEN": "x", "PULLQUOTE_DISCORD_API": address}
    assert "PULLQUOTE_DISCORD_API" in (await refused(tmp_path, settings)).err


async def test_a_misspelt_setting_is_not_passed_over(shared_discord: LoopbackDiscord, tmp_path: Path) -> None:
    settings = {**addresses(shared_discord), "PULLQUOTE_DATABASE": "sqlite:///a.db"}
    assert "did you mean PULLQUOTE_DATABASE_URL" in (await refused(tmp_path, settings)).err


async def test_a_semantic_model_that_is_not_there_is_named(
    shared_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    settings = {**addresses(shared_discord), "PULLQUOTE_SEMANTIC_MODEL": str(tmp_path / "minilm")}
    assert f"There is no folder {tmp_path / 'minilm'}" in (await refused(tmp_path, settings)).err


async def test_a_database_from_a_newer_version_is_left_alone(
    shared_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    file = tmp_path / "newer.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    ended = await refused(tmp_path, {**addresses(shared_discord), **database(file)})
    assert "newer version" in ended.err


async def test_a_locked_database_is_said_to_be_busy(shared_discord: LoopbackDiscord, tmp_path: Path) -> None:
    file = tmp_path / "locked.db"
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        ended = await refused(tmp_path, {**addresses(shared_discord), **database(file)})
    finally:
        connection.close()
    assert str(file) in ended.err
    assert "being written by another program" in ended.err


async def test_a_database_that_cannot_be_opened_is_named(
    shared_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    folder = tmp_path / "folder.db"
    folder.mkdir()
    ended = await refused(tmp_path, {**addresses(shared_discord), **database(folder)})
    assert str(folder) in ended.err


async def test_a_file_that_is_no_database_is_named(shared_discord: LoopbackDiscord, tmp_path: Path) -> None:
    file = tmp_path / "text.db"
    file.write_text("no database" * 100)
    ended = await refused(tmp_path, {**addresses(shared_discord), **database(file)})
    assert str(file) in ended.err


async def test_an_intent_that_discord_does_not_give_is_told_with_where_to_turn_it_on(
    shared_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    settings = {"PULLQUOTE_MESSAGE_CONTENT": "true", **database(tmp_path / "a.db")}
    ended = await refused(tmp_path, {**addresses(shared_discord), **settings})
    assert "turn on Message Content Intent in the Developer Portal" in ended.err
    assert "leave PULLQUOTE_MESSAGE_CONTENT out" in ended.err


def database(file: Path) -> dict[str, str]:
    return {"PULLQUOTE_DATABASE_URL": f"sqlite:///{file}"}
