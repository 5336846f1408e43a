import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import log
from tests.bot.test_sending import failure
from tests.bot.test_settings import TOKEN

WORDS = "what a member wrote"


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_each_event_is_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "INFO")
    structlog.get_logger("bot.test").info("ready", servers=3)
    (line,) = logged(capsys)
    assert (line["event"], line["servers"], line["level"], line["logger"]) == ("ready", 3, "info", "bot.test")
    assert line["timestamp"].endswith("Z")


def test_the_console_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("console", "INFO")
    structlog.get_logger("bot.test").warning("sending again", after_seconds=0.1)
    shown = capsys.readouterr().err
    assert "sending again" in shown
    assert "after_seconds=0.1" in shown


def test_the_logs_of_libraries_come_in_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "INFO")
    logging.getLogger("discord.gateway").info("Shard ID %s has connected.", 0)
    (line,) = logged(capsys)
    assert line["event"] == "Shard ID 0 has connected."


@pytest.mark.parametrize("library", ["sqlalchemy.engine.Engine", "alembic.runtime.plugins"])
def test_what_the_database_does_is_not_logged(library: str) -> None:
    log.configure("json", "INFO")
    assert not logging.getLogger(library).isEnabledFor(logging.INFO)


def test_less_than_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "WARNING")
    structlog.get_logger("bot.test").info("ready")
    logging.getLogger("discord.client").info("ready")
    assert logged(capsys) == []


def test_even_debug_shows_nothing_of_what_goes_over_the_wire(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "DEBUG")
    logging.getLogger("discord.http").debug("POST with %s", WORDS)
    logging.getLogger("aiosqlite").debug("executing %s", WORDS)
    structlog.get_logger("bot.test").debug("one of ours")
    assert [line["event"] for line in logged(capsys)] == ["one of ours"]


@pytest.mark.parametrize("style", ["json", "console"])
def test_an_unexpected_exception_is_told_by_type_and_place_without_what_it_says(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure(style, "DEBUG")
    structlog.get_logger("bot.test").error("unexpected error", exc_info=raised(KeyError(WORDS)))
    logging.getLogger("discord.client").error("Ignoring exception", exc_info=raised(ValueError(WORDS)))
    shown = capsys.readouterr().err
    assert "KeyError" in shown
    assert "ValueError" in shown
    assert "test_log.py" in shown
    assert WORDS not in shown


def test_what_discord_or_the_system_says_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "INFO")
    structlog.get_logger("bot.test").error("failed", exc_info=raised(OSError(28, "No space left on device")))
    structlog.get_logger("bot.test").error("failed", exc_info=failure(500))
    full, injected = logged(capsys)
    assert full["error"] == "OSError: [Errno 28] No space left on device"
    assert "500" in injected["error"]


def test_a_token_is_hidden_wherever_it_turns_up(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "INFO")
    structlog.get_logger("bot.test").error("failed", exc_info=raised(OSError(f"header {TOKEN}")))
    logging.getLogger("discord.http").warning("sent with Bot %s", TOKEN)
    shown = capsys.readouterr().err
    assert TOKEN not in shown
    assert shown.count("[token]") == 2
