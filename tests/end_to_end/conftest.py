"""A loopback Discord, and the bot running on it, for the whole run; a new server for each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from .loopback import Json, LoopbackDiscord, Member, OpenApi
from .loopback.shapes import Permission
from .process import BotProcess, running_bot
from .reading import unfaithful

TROUBLE = ("Traceback (most recent call last)", '"level": "error"', '"level": "critical"')
"""What no log should have in it, unless a test has the bot fail."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let all asynchronous tests of this folder share one event loop, so that they can share one Discord."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show what the bot wrote beside a failure."""
    report = yield
    if report.failed:
        bots = {value for value in getattr(item, "funcargs", {}).values() if isinstance(value, BotProcess)}
        report.sections += [("log of the bot", bot.log[-4000:]) for bot in bots]
    return report


@pytest.fixture(scope="session")
def judge(pytestconfig: pytest.Config) -> OpenApi | None:
    path = pytestconfig.getoption("discord_openapi")
    return OpenApi(path) if path else None


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_discord(judge: OpenApi | None) -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(judge=judge) as discord:
        yield discord


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_bot(
    shared_discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    before = len(shared_discord.requests)  # of bots that were to be refused, which ran on it until now
    async with running_bot(shared_discord, tmp_path_factory.mktemp("bot")) as bot:
        assert complaints(shared_discord, before) == []
        yield bot


@pytest_asyncio.fixture(loop_scope="session")
async def own_discord(judge: OpenApi | None) -> AsyncIterator[LoopbackDiscord]:
    """A Discord for a bot of the test's own."""
    async with LoopbackDiscord(judge=judge) as discord:
        yield discord
        assert complaints(discord) == []


@pytest.fixture
def bot(shared_bot: BotProcess, discord: LoopbackDiscord) -> Iterator[BotProcess]:
    """The bot that most tests share. Whatever they do to it, it never logs a trace, and it lives on."""
    before = len(shared_bot.log)
    yield shared_bot
    discord.faults.clear()
    assert trouble(shared_bot.log[before:]) == []
    assert shared_bot.running


@pytest.fixture
def discord(shared_discord: LoopbackDiscord) -> Iterator[LoopbackDiscord]:
    """The Discord that most tests share, and what it says about every request of the bot afterwards."""
    before = len(shared_discord.requests)
    yield shared_discord
    assert complaints(shared_discord, before) == []


@pytest_asyncio.fixture(loop_scope="session")
async def server(discord: LoopbackDiscord, bot: BotProcess) -> Json:
    """A new server, which the running bot has just joined."""
    assert bot.running
    return await discord.join()


@pytest.fixture
def alice(discord: LoopbackDiscord, server: Json) -> Member:
    """A member."""
    return Member(discord, "alice", server)


@pytest.fixture
def bob(discord: LoopbackDiscord, server: Json) -> Member:
    """Another member."""
    return Member(discord, "bob", server)


@pytest.fixture
def moderator(discord: LoopbackDiscord, server: Json) -> Member:
    """A member who may manage messages."""
    return Member(discord, "mia", server).may(Permission.MANAGE_MESSAGES)


def trouble(log: str) -> list[str]:
    """Return the lines of a log that tell of errors."""
    return [line for line in log.splitlines() if any(sign in line for sign in TROUBLE)]


def complaints(discord: LoopbackDiscord, since: int = 0) -> list[str]:
    """Return what is wrong with the bot's requests: by Discord's rules, with pings, and with quotations."""
    requests = discord.requests[since:]
    found = [complaint for request in requests for complaint in request.complaints()]
    return found + [
        f"{request}: not verbatim: {part}" for request in requests for part in unfaithful(request)
    ]
