import discord
import pytest
from discord import app_commands

from bot.client import GoingDownError
from bot.reporting import sentence_for
from knowledge.errors import EntryError, StorageError
from tests.bot.test_sending import failure


def said(error: Exception) -> str:
    sentence = sentence_for(error, where="a test")
    assert sentence is not None
    return sentence


@pytest.mark.parametrize(
    "error", [EntryError("The answer is empty."), StorageError("The database is locked.")]
)
def test_a_safe_error_is_shown_as_it_is(error: Exception) -> None:
    assert said(error) == str(error)


def test_what_is_wrong_with_the_database_is_for_the_operator_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sentence = said(StorageError("The database /srv/kept.db is read-only. Make it writable."))
    assert "try again" in sentence
    assert "/srv" not in sentence
    assert "/srv/kept.db is read-only. Make it writable." in "".join(capsys.readouterr())


def test_what_a_safe_error_repeats_can_neither_ping_nor_format_nor_overflow() -> None:
    assert said(EntryError("the excerpt “**hi** @everyone” is not there")) == (
        "the excerpt “\\*\\*hi\\*\\* \\@everyone” is not there"
    )
    assert len(said(EntryError("*" * 5000))) <= 2000


def test_the_error_within_a_command_is_the_one_that_counts() -> None:
    @app_commands.command(name="x", description="x")
    async def command(_interaction: discord.Interaction) -> None: ...

    assert said(app_commands.CommandInvokeError(command, EntryError("Too long."))) == "Too long."


@pytest.mark.parametrize("code", [10062, 40060, 10008])
def test_where_nobody_is_left_to_tell_nothing_is_said(code: int) -> None:
    assert sentence_for(failure(404, code), where="a test") is None


def test_the_bots_own_lack_of_permission_is_told() -> None:
    response = type("Response", (), {"status": 403, "reason": "Forbidden"})()
    assert "not allowed" in said(
        discord.Forbidden(response, {"code": 50013, "message": "Missing Permissions"})
    )


def test_a_members_lack_of_permission_is_told() -> None:
    assert "moderators" in said(app_commands.MissingPermissions(["manage_messages"]))


def test_an_outdated_command_is_told() -> None:
    assert "changed" in said(app_commands.CommandNotFound("old", []))


@pytest.mark.parametrize(
    "error", [ValueError("secret words"), failure(500), KeyError("x"), OSError("/etc/x")]
)
def test_anything_else_is_a_neutral_sentence_with_a_reference_of_its_own(error: Exception) -> None:
    first, second = said(error), said(error)
    assert "secret" not in first
    assert "reference" in first
    assert first != second


def test_going_down_is_told_kindly() -> None:
    assert "again" in said(GoingDownError("I am just being restarted. Please try again in a minute."))
