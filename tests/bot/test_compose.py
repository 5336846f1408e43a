"""The compose file hands every setting on, and finds packs of one's own."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.lifecycle import FINISH_SECONDS

FILE = Path(__file__).parents[2] / "compose.yaml"


@pytest.fixture
def bot() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]["bot"]


def test_every_setting_of_env_reaches_the_bot_but_the_database_is_the_one_beside_it(
    bot: dict[str, Any],
) -> None:
    assert bot["env_file"] == ".env"
    assert list(bot["environment"]) == ["PULLQUOTE_DATABASE_URL"]
    assert "@database/" in bot["environment"]["PULLQUOTE_DATABASE_URL"]


def test_packs_of_ones_own_are_seen_and_cannot_be_changed(bot: dict[str, Any]) -> None:
    assert bot["volumes"] == ["./packs:/packs:ro"]


def test_the_bot_may_finish_what_is_in_flight(bot: dict[str, Any]) -> None:
    assert int(bot["stop_grace_period"].removesuffix("s")) > FINISH_SECONDS
