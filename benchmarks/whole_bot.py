"""What the whole bot costs beside a bare echo bot: replies per second, and per second of CPU.

    uv run python benchmarks/whole_bot.py [--messages 1500] [--rounds 3] [--channels 64]

Both bots are processes of their own (`python -m bot run`, `echo_bot.py`), each on a loopback Discord that this process
serves. In every channel a member mentions the bot, waits for the reply, and asks the next question: as many are in
flight as there are channels. All questions are different: phrasings of the bundled pack with openers and slips of the
finger, and one in five about something else. Rounds of the two alternate; the figures are medians over the rounds. CPU
is user and system time of the bot's process. This process takes CPU too, so where the machine has few cores or other
work, compare replies per CPU second, and by their ratio.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.common import decimals, keep, note, parser, percentile, seeded, show, slip
from benchmarks.generated import OPENERS, Town
from knowledge.packs import bundled_pack, read_pack
from tests.end_to_end.loopback import Json, LoopbackDiscord, Member
from tests.end_to_end.process import BotProcess, addresses, launched, running_bot

OURS, ECHO = "Pullquote", "echo"
ECHO_BOT = Path(__file__).with_name("echo_bot.py")
PATIENCE = 60.0
"""Seconds until a reply or a bot that does not come is given up."""

FOREVER = 1e6
WARM_UP = 200
"""Questions asked before the first round; a small part of a round's messages do as well for a short run."""

OFF_TOPIC = 5
"""Every how many-th question is about something else."""

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
"""What the system counts CPU time in: parts of a second."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of one bot came to."""

    bot: str
    messages: int
    seconds: float
    cpu_seconds: float
    median_ms: float
    p99_ms: float
    memory_mb: float

    @property
    def per_second(self) -> float:
        """Replies per second."""
        return self.messages / self.seconds

    @property
    def per_cpu_second(self) -> float:
        """Replies per second of the bot's CPU time."""
        return self.messages / max(self.cpu_seconds, 1 / TICKS)


class Stage:
    """A loopback Discord with a bot on it, and a member in each channel of a server."""

    def __init__(self, name: str, discord: LoopbackDiscord, channels: int) -> None:
        self.name = name
        self.discord = discord
        guild = discord.world.add_guild("Bench", [f"channel-{number}" for number in range(channels)])
        self._members = [Member(discord, f"member-{number}", guild) for number in range(channels)]
        for member, channel in zip(self._members, discord.world.channels_of(guild["id"]), strict=True):
            member.channel = channel
        self._mention = f"<@{discord.world.bot['id']}>"
        self._awaited: dict[str, asyncio.Event] = {}
        self._newest: Json | None = None
        self.pid = 0

    async def deliver(self) -> None:
        """Tell whoever waits that a reply is there, until cancelled: one who looks for all, not each for itself."""
        await self.discord.until(self._look, "the end", FOREVER)

    def _look(self) -> None:
        messages = self.discord.world.messages.values()
        seen, self._newest = self._newest, next(reversed(messages), None)
        for message in reversed(messages):
            if message is seen:
                break
            if reference := message.get("message_reference"):
                self._event(reference["message_id"]).set()

    def _event(self, message_id: str) -> asyncio.Event:
        return self._awaited.setdefault(message_id, asyncio.Event())

    async def ask_all(self, questions: Iterator[str]) -> list[float]:
        """Ask until there are no more questions; return the milliseconds of each round trip."""
        taken: list[float] = []

        async def keep_asking(member: Member) -> None:
            for question in questions:
                began = time.perf_counter()
                asked = await member.say(f"{self._mention} {question}")
                async with asyncio.timeout(PATIENCE):
                    await self._event(asked["id"]).wait()
                taken.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*map(keep_asking, self._members))
        return taken

    async def measure(self, questions: Sequence[str]) -> Round:
        """Ask the questions of one round."""
        began, cpu = time.perf_counter(), cpu_seconds(self.pid)
        taken = await self.ask_all(iter(questions))
        seconds = time.perf_counter() - began
        await asyncio.sleep(0.1)  # the bot still reads the event of its last reply
        return Round(
            bot=self.name,
            messages=len(taken),
            seconds=seconds,
            cpu_seconds=cpu_seconds(self.pid) - cpu,
            median_ms=percentile(taken, 0.5),
            p99_ms=percentile(taken, 0.99),
            memory_mb=memory_mb(self.pid),
        )


def cpu_seconds(pid: int) -> float:
    """Return the user and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def different_questions(count: int, seed: int) -> list[str]:
    """Return so many questions of which no two are the same, in an order drawn by chance."""
    chance = seeded(seed)
    strange = count // OFF_TOPIC
    made = dict.fromkeys(text for text, _ in Town(200, seed).questions(strange))
    known = [phrasing for entry in read_pack(bundled_pack()).entries for phrasing in entry.phrasings]
    while len(made) < count:
        text = slip(chance.choice(known), chance.choice((0, 0, 1, 2)), chance)
        made[chance.choice(OPENERS) + text] = None
    return chance.sample(list(made), count)


@asynccontextmanager
async def running_echo(discord: LoopbackDiscord, home: Path) -> AsyncIterator[BotProcess]:
    """Run the echo bot until the way out."""
    async with launched(home, addresses(discord), str(ECHO_BOT)) as bot:
        bot.when_ended(discord.pulse.beat)
        await discord.until(
            lambda: discord.gateway.connected or not bot.running, "the echo bot to connect", PATIENCE
        )
        if not bot.running:
            raise RuntimeError(f"the echo bot did not get ready:\n{bot.log}")
        yield bot


@asynccontextmanager
async def staged(name: str, channels: int) -> AsyncIterator[Stage]:
    """Give a stage with its bot running."""
    run = running_echo if name == ECHO else running_bot
    with tempfile.TemporaryDirectory() as home:
        async with LoopbackDiscord() as discord:
            stage = Stage(name, discord, channels)
            async with run(discord, Path(home)) as bot:
                stage.pid = bot._process.pid  # noqa: SLF001  no test asks for it
                delivering = asyncio.create_task(stage.deliver())
                yield stage
                delivering.cancel()
                with suppress(asyncio.CancelledError):
                    await delivering


async def measure(messages: int, rounds: int, channels: int, seed: int) -> list[Round]:
    """Let the two bots take turns."""
    warm_up = min(WARM_UP, messages)
    questions = iter(different_questions(warm_up + rounds * messages, seed))
    opening = [next(questions) for _ in range(warm_up)]
    done: list[Round] = []
    async with AsyncExitStack() as stack:
        stages = [await stack.enter_async_context(staged(name, channels)) for name in (OURS, ECHO)]
        for stage in stages:
            await stage.ask_all(iter(opening))
        for _ in range(rounds):
            asked = [next(questions) for _ in range(messages)]
            done += [await stage.measure(asked) for stage in stages]
    return done


def median(rounds: Sequence[Round], bot: str, what: str) -> float:
    """Return the median of a figure over a bot's rounds."""
    return float(statistics.median(getattr(one, what) for one in rounds if one.bot == bot))


def main() -> None:
    """Print the table and the ratio."""
    options = parser(__doc__)
    options.add_argument("--messages", type=int, default=1500, help="messages of a round")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--channels", type=int, default=64)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    if not Path("/proc/self/stat").is_file():
        note("Skipped: the CPU time of a running process is read from /proc, which is not there.")
        return
    rounds = asyncio.run(measure(chosen.messages, chosen.rounds, chosen.channels, chosen.seed))
    figures = ("per_second", "per_cpu_second", "median_ms", "p99_ms", "memory_mb")
    medians = {bot: {what: median(rounds, bot, what) for what in figures} for bot in (OURS, ECHO)}
    ratio = medians[OURS]["per_cpu_second"] / medians[ECHO]["per_cpu_second"]
    rows = [
        [
            bot,
            f"{of['per_second']:,.0f}",
            f"{of['per_cpu_second']:,.0f}",
            decimals(1000 / of["per_cpu_second"], 2),
            decimals(of["median_ms"], 1),
            decimals(of["p99_ms"], 1),
            f"{of['memory_mb']:.0f}",
        ]
        for bot, of in medians.items()
    ]
    show(
        f"Mention and reply: {chosen.channels} channels, a question in flight in each",
        ["", "replies/s", "replies/CPU s", "CPU ms a reply", "median ms", "p99 ms", "memory MB"],
        rows,
    )
    note(f"Pullquote gives {ratio:.2f} of the echo bot's replies for each CPU second.")
    keep(chosen.json, {"ratio": ratio, "medians": medians, "rounds": [asdict(one) for one in rounds]})


if __name__ == "__main__":
    main()
