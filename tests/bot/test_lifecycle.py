"""Starting and stopping, against a Discord on this machine that lets nobody in. What it is like inside is tested in
`end_to_end`."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import discord
import pytest
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import lifecycle
from bot.settings import Settings
from knowledge.errors import PackError, SettingsError, StorageError

TOKEN = "abc.def.ghi"  # noqa: S105  nobody's


@pytest.fixture(autouse=True)
def discord_as_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    monkeypatch.chdir(tmp_path)


def settings(api: str = "http://127.0.0.1:9/api", **values: object) -> Settings:
    values = {"discord_token": TOKEN, "database_url": "sqlite:///kept.db", "discord_api": api} | values
    return Settings(_env_file=None, **values)


@pytest.fixture
async def discord_says() -> AsyncIterator[Callable]:
    """Start a Discord whose every answer is the given one; return its address."""
    runners = []

    async def start(answer: Callable) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0]
        return f"http://{host}:{port}/api"

    yield start
    for runner in runners:
        await runner.cleanup()


async def test_without_a_token_one_sentence_says_where_to_get_one_and_nothing_is_opened(
    tmp_path: Path,
) -> None:
    with pytest.raises(SettingsError, match="Reset Token"):
        await lifecycle.serve(settings(discord_token=""))
    assert not (tmp_path / "kept.db").exists()


async def test_with_a_wrong_token_one_sentence_says_where_to_get_another(discord_says: Callable) -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.Response(
            status=401, text='{"message": "401: Unauthorized", "code": 0}', content_type="application/json"
        )

    with pytest.raises(SettingsError, match=r"does not accept the token.*Reset Token") as refusal:
        await lifecycle.serve(settings(await discord_says(refuse)))
    assert TOKEN not in str(refusal.value)


async def test_without_a_network_one_sentence_says_so() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(lifecycle.NotConnectedError, match="check the network"):
        await lifecycle.serve(settings(f"http://127.0.0.1:{port}/api"))


async def test_a_broken_pack_stops_the_start_with_its_faults(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        await lifecycle.serve(settings(packs=(tmp_path / "no-such-pack",)))


async def test_a_database_that_cannot_be_opened_stops_the_start_with_a_sentence() -> None:
    with pytest.raises(StorageError):
        await lifecycle.serve(settings(database_url="mysql://somewhere"))


@pytest.fixture
def handlers_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    assert {number: signal.getsignal(number) for number in before} == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.usefixtures("handlers_as_before")
async def test_a_signal_ends_a_start_that_hangs(number: signal.Signals, discord_says: Callable) -> None:
    asked = asyncio.Event()

    async def hang(_request: web.Request) -> web.Response:
        asked.set()
        await asyncio.Event().wait()

    serving = asyncio.create_task(lifecycle.serve(settings(await discord_says(hang))))
    await asked.wait()
    os.kill(os.getpid(), number)
    await serving


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (4004, "no longer accepts the token.*Reset Token"),
        (4011, "PULLQUOTE_SHARD_COUNT"),
        (4013, "code 4013"),
    ],
)
async def test_a_connection_that_discord_closes_for_good_is_told_in_a_sentence(
    code: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def closed(_client: discord.Client, _token: str) -> None:
        raise discord.ConnectionClosed(type("Socket", (), {"close_code": code})(), shard_id=0)

    monkeypatch.setattr(discord.Client, "start", closed)
    with pytest.raises((SettingsError, lifecycle.NotConnectedError), match=sentence):
        await lifecycle.serve(settings())


async def test_an_intent_that_discord_does_not_give_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def closed(client: discord.Client, _token: str) -> None:
        assert client.intents.message_content
        raise discord.PrivilegedIntentsRequired(0)

    monkeypatch.setattr(discord.Client, "start", closed)
    with pytest.raises(SettingsError, match=r"Message Content Intent.*PULLQUOTE_MESSAGE_CONTENT"):
        await lifecycle.serve(settings(message_content=True))


def test_discord_is_looked_for_where_the_settings_say() -> None:
    lifecycle.point_at_discord(
        settings("http://127.0.0.1:1/api/v10", discord_gateway="ws://127.0.0.1:2/gateway")
    )
    assert Route("GET", "/users/@me").url == "http://127.0.0.1:1/api/v10/users/@me"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:2/gateway"


def test_discord_is_at_its_usual_address_unless_told_otherwise() -> None:
    usual = Route.BASE
    lifecycle.point_at_discord(Settings(_env_file=None))
    assert usual == Route.BASE
