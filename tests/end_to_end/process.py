"""The bot as its own process."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .loopback import LoopbackDiscord

ROOT = Path(__file__).parents[2]
END_SECONDS = 8.0
"""How long an ending process is waited for: less than the grace that the bot gives to work which hangs."""

START_SECONDS = 30.0
"""How long a starting process is waited for, until it is ready or has given up."""

RUN = ("-m", "bot", "run")
"""What follows `python`."""

INHERITED = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str


class BotProcess:
    """A running `python -m bot run`, in an empty home of its own, with its output kept in files."""

    def __init__(self, process: asyncio.subprocess.Process, home: Path) -> None:
        self._process = process
        self.home = home
        self._end = asyncio.ensure_future(process.wait())

    @property
    def log(self) -> str:
        """What it has written so far."""
        return _read(self.home / "err") + _read(self.home / "out")

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return not self._end.done()

    def when_ended(self, tell: Callable[[], None]) -> None:
        """Have somebody told when it has ended."""
        self._end.add_done_callback(lambda _: tell())

    async def says(self, words: str) -> None:
        """Wait until the log has these words in it: a file tells nobody that it has grown."""
        async with asyncio.timeout(END_SECONDS):
            while words not in self.log:  # noqa: ASYNC110 - nothing else to wait for
                await asyncio.sleep(0.01)

    def send(self, what: signal.Signals) -> None:
        """Send a signal."""
        self._process.send_signal(what)

    async def ended(self, within: float = END_SECONDS) -> Ended:
        """Wait until it has ended of its own accord; raises `TimeoutError`."""
        code = await asyncio.wait_for(asyncio.shield(self._end), within)
        return Ended(code, _read(self.home / "out"), _read(self.home / "err"))

    async def stop(self) -> Ended:
        """End it as an operator does."""
        if self.running:
            self.send(signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> None:
        """End it for certain."""
        if self.running:
            self._process.kill()
        await self._end


@contextlib.asynccontextmanager
async def launched(
    home: Path,
    settings: Mapping[str, str],
    *command: str,
    before: Callable[[], None] | None = None,
) -> AsyncIterator[BotProcess]:
    """Start a Python process with these environment variables, and end it on the way out.

    `before` is called in the new process before the program starts.
    """
    home.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - a moment at the start of a test
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    environment = {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), **settings}
    with (home / "out").open("ab") as out, (home / "err").open("ab") as err:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=home, env=environment, stdout=out, stderr=err, preexec_fn=before
        )
    bot = BotProcess(process, home)
    try:
        yield bot
    finally:
        if bot.running:
            bot.send(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await bot.ended()
        await bot.kill()


def addresses(discord: LoopbackDiscord) -> dict[str, str]:
    """Return the settings that lead a bot to the loopback Discord."""
    return {
        "PULLQUOTE_DISCORD_TOKEN": discord.token,
        "PULLQUOTE_DISCORD_API": discord.api_address,
        "PULLQUOTE_DISCORD_GATEWAY": discord.gateway_address,
    }


@contextlib.asynccontextmanager
async def running_bot(
    discord: LoopbackDiscord, home: Path, *, before: Callable[[], None] | None = None, **settings: str
) -> AsyncIterator[BotProcess]:
    """Run the bot on that Discord until the way out; its database is a file in its home.

    It is ready when it has a session; what it failed with before that is in the error raised.
    """
    known = set(discord.gateway.sessions)
    usual = {"PULLQUOTE_DATABASE_URL": f"sqlite:///{home}/bot.db", "PULLQUOTE_LOG_FORMAT": "json"}
    environment = {**addresses(discord), **usual, **settings}
    async with launched(home, environment, *RUN, before=before) as bot:
        bot.when_ended(discord.pulse.beat)
        await discord.until(
            lambda: {session.id for session in discord.gateway.connected} - known or not bot.running,
            "the bot to connect or to end",
            seconds=START_SECONDS,
        )
        if not bot.running:
            raise RuntimeError(f"the bot did not get ready:\n{bot.log}")
        yield bot


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
