import pytest
from discord import app_commands

from bot.client import PullquoteClient
from bot.sync import payload_hash
from knowledge.library import Library
from tests.bot.conftest import World


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


def syncs(world: World) -> int:
    return sum(
        request.method == "PUT" and request.path.endswith("/commands") for request in world.env.http_requests
    )


async def test_commands_are_sent_once_and_not_again_at_the_next_start(world: World) -> None:
    assert syncs(world) == 1
    await world.restart()
    assert syncs(world) == 1


async def test_commands_are_sent_again_when_one_has_changed(world: World) -> None:
    def feature(client: PullquoteClient) -> None:
        @client.tree.command(name="new", description="A new command")
        async def _new(_interaction: object) -> None: ...

    world.bot.features = (*world.bot.features, feature)
    await world.restart()
    assert syncs(world) == 2
    assert "new" in world.alice.available_commands(world.channel)


async def test_a_failing_sync_keeps_the_bot_running_and_is_made_up_for_at_the_next_start(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.bot.library.store.remember(f"commands:{world.bot.application_id}", "outdated")
    world.env.inject_error("PUT", "/applications/*/commands", status=400)
    await world.restart()
    assert "commands not sent" in "".join(capsys.readouterr())
    await world.alice.send(world.channel, f"{world.mention} who won?")
    assert world.last.author.id == world.bot.user.id
    await world.restart()
    assert syncs(world) == 3


def test_everything_that_discord_is_told_counts(packs_alone: Library) -> None:
    def hashed(description: str) -> str:
        client = PullquoteClient(packs_alone, ())

        @client.tree.command(name="x", description=description)
        @app_commands.describe(option="what")
        async def _x(_interaction: object, option: int) -> None: ...

        return payload_hash(client.tree)

    assert hashed("one") == hashed("one")
    assert hashed("one") != hashed("two")
