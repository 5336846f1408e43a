"""From start to stop: opens everything in order, runs the bot, finishes what is in flight, and ends."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterator

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import adjusting, asking, checking, curating, exchanging, inbox, quoting, stories, teaching
from bot.client import PullquoteClient
from bot.log import configure, described
from bot.sending import BROKEN_CONNECTION
from bot.settings import PREFIX, WHERE_TO_GET_A_TOKEN, Settings, load_settings
from bot.stories.fetching import Fetcher
from bot.upkeep import upkeep
from knowledge.errors import SafeError, SettingsError
from knowledge.library import Library
from knowledge.packs import bundled_pack, read_pack
from knowledge.semantic import open_models
from knowledge.storage import default_url, open_store

log = structlog.get_logger(__name__)

FEATURES = (
    asking.install,
    quoting.install,
    curating.install,
    exchanging.install,
    checking.install,
    inbox.install,
    teaching.install,
    stories.install,
    adjusting.install,
)

FINISH_SECONDS = 10
"""How long work in flight may take once the bot was told to stop."""

_AUTHENTICATION_FAILED = 4004
_SHARDS_REFUSED = {4010, 4011}
"""Codes with which Discord closes a connection: https://discord.com/developers/docs/topics/opcodes-and-status-codes"""


class NotConnectedError(SafeError):
    """Discord cannot be reached, or does not let the bot in."""


def run() -> None:
    """Run the bot until it is told to stop; raises `SafeError` where it cannot start or go on."""
    settings = load_settings()
    configure(settings.log_format, settings.log_level)
    # Nobody needs to be warned that a bot which only writes cannot speak.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    asyncio.run(serve(settings))


async def serve(settings: Settings) -> None:
    """Run the bot with these settings until SIGTERM or SIGINT arrives."""
    token = settings.token()
    point_at_discord(settings)
    async with _open_library(settings) as library:
        client = PullquoteClient(
            library,
            FEATURES,
            shard_count=settings.shard_count,
            shard_ids=settings.shard_ids,
            message_content=settings.message_content,
        )
        client.fetcher = Fetcher() if settings.fetch_urls else None
        with _stop_signal() as stop:
            async with upkeep(library):
                await _run_until(stop, client, token)
    log.info("stopped")


def point_at_discord(settings: Settings) -> None:
    """Tell discord.py where Discord is, if it is not at its usual address."""
    if settings.discord_api:
        Route.BASE = settings.discord_api
    if settings.discord_gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway)


@contextlib.asynccontextmanager
async def _open_library(settings: Settings) -> AsyncIterator[Library]:
    packs = [read_pack(folder) for folder in settings.packs or [bundled_pack()]]
    models = open_models(settings.semantic_model)
    library = Library(packs, await open_store(settings.database_url or default_url()), models=models)
    library.start_encoding()
    try:
        yield library
    finally:
        await library.close()


async def _run_until(stop: asyncio.Event, client: PullquoteClient, token: str) -> None:
    async with client:
        running = asyncio.create_task(client.start(token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if running.done():
            with _in_plain_words():
                await running
            return
        log.info("stopping")
        if unfinished := await client.finish(FINISH_SECONDS):
            log.warning("stopped before all was done", unfinished=unfinished)
        await client.close()
        # Where the bot was still on its way in, it does not notice that the client is closed.
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@contextlib.contextmanager
def _in_plain_words() -> Iterator[None]:
    """Turn the ways in which Discord keeps the bot out into one sentence each."""
    try:
        yield
    except discord.LoginFailure:
        raise SettingsError(f"Discord does not accept the token: {WHERE_TO_GET_A_TOKEN}") from None
    except discord.PrivilegedIntentsRequired:
        raise SettingsError(
            f"Discord does not let the bot read messages: turn on Message Content Intent in the Developer Portal"
            f" (your application > Bot), or leave {PREFIX}MESSAGE_CONTENT out."
        ) from None
    except discord.ConnectionClosed as error:
        if error.code == _AUTHENTICATION_FAILED:
            raise SettingsError(f"Discord no longer accepts the token: {WHERE_TO_GET_A_TOKEN}") from None
        if error.code in _SHARDS_REFUSED:
            raise SettingsError(
                f"Discord refuses these shards: raise {PREFIX}SHARD_COUNT, or leave the choice to Discord."
            ) from None
        raise NotConnectedError(f"Discord closed the connection with code {error.code}.") from error
    except (discord.HTTPException, discord.GatewayNotFound, *BROKEN_CONNECTION) as error:
        raise NotConnectedError(
            f"Discord cannot be reached ({described(error)}): check the network, then start again."
        ) from error


@contextlib.contextmanager
def _stop_signal() -> Iterator[asyncio.Event]:
    """Give an event that is set when the process is told to stop; a second signal then ends it at once."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def on_signal(number: int) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        # Not `loop.add_signal_handler`, which there is not on Windows.
        signal.signal(number, lambda number, _frame: loop.call_soon_threadsafe(on_signal, number))
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
