"""What `/qa import` takes for a large file in Discord, and how long members wait for answers meanwhile.

    uv run python benchmarks/importing_discord.py [--entries 10000]

The bot is a process of its own (`python -m bot run`, SQLite) on a loopback Discord that this process serves. A
moderator sends a file of made-up entries of three phrasings as JSON Lines, waits for the preview, confirms, waits until
it is saved, and undoes it. A member of another server asks one question after the other all the while. Memory is the
highest of the bot's process, where the system tells (Linux).
"""

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.common import keep, parser, seeded, show
from benchmarks.importing import ASKED, THINGS, json_lines
from tests.end_to_end.loopback import Interaction, Json, LoopbackDiscord, Member
from tests.end_to_end.loopback.members import buttons, text_of
from tests.end_to_end.loopback.shapes import Permission
from tests.end_to_end.process import BotProcess, running_bot

PATIENCE = 120.0
"""Seconds until a card that does not come is given up."""

QUESTION = "Who won the first women's Ballon d'Or?"


async def ask_on(member: Member, waits: list[float]) -> None:
    """Ask one question after the other, and note the seconds of each."""
    while True:
        began = time.perf_counter()
        await member.mention(QUESTION)
        waits.append(time.perf_counter() - began)


def is_offered(card: Json, label: str) -> bool:
    """Return whether a card has a button."""
    return any(button["label"] == label for button in buttons(card))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the moderator: its seconds, and those that a member waited for each answer meanwhile."""

    name: str
    seconds: float
    waits: tuple[float, ...]


async def measured(
    name: str, member: Member, act: Awaitable[Interaction], is_done: Callable[[Json], bool]
) -> tuple[Step, Json]:
    """Measure a step, from what the moderator does until the card that tells of it; return that card too."""
    waits: list[float] = []
    asking = asyncio.create_task(ask_on(member, waits))
    began = time.perf_counter()
    card = (await act).message
    if card is None:
        raise RuntimeError(f"there is no card after {name}")
    await member.discord.until(lambda: is_done(card) or None, name, PATIENCE)
    seconds = time.perf_counter() - began
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking
    return Step(name, seconds, tuple(waits)), card


async def measure(entries: int) -> tuple[list[Step], float]:
    """Return the steps of importing so many entries, and the memory in MB."""
    rng = seeded(0)
    questions = [
        [asked.format(f"{rng.choice(THINGS)} {rng.choice(THINGS)} {number}") for asked in ASKED]
        for number in range(entries)
    ]
    with tempfile.TemporaryDirectory() as folder:
        async with LoopbackDiscord() as discord, running_bot(discord, Path(folder)) as bot:
            moderator = Member(discord, "mia", await discord.join()).may(Permission.MANAGE_MESSAGES)
            member = Member(discord, "alice", await discord.join("Elsewhere"))
            await member.mention(QUESTION)
            file = moderator.attach("many.jsonl", json_lines(questions).encode())
            sending = moderator.command("qa import", file=file)
            preview, card = await measured("preview", member, sending, lambda c: is_offered(c, "Confirm"))
            pressing = moderator.click(card, "Confirm")
            confirm, card = await measured("confirm", member, pressing, lambda c: is_offered(c, "Undo"))
            pressing = moderator.click(card, "Undo")
            undo, _ = await measured("undo", member, pressing, lambda c: "Taken back" in text_of(c))
            return [preview, confirm, undo], memory_of(bot)


def memory_of(bot: BotProcess) -> float:
    """Return the highest memory of a process in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{bot._process.pid}/status")  # noqa: SLF001  nobody else asks
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1000 if found else 0.0


def main() -> None:
    """Print the table."""
    options = parser(__doc__ or "")
    options.add_argument("--entries", type=int, default=10_000, metavar="N")
    args = options.parse_args()
    steps, memory = asyncio.run(measure(args.entries))
    show(
        f"/qa import of {args.entries:,} entries; memory {memory:.0f} MB",
        ["", "seconds", "answers meanwhile", "median ms", "longest ms"],
        [
            [
                step.name,
                f"{step.seconds:.1f}",
                str(len(step.waits)),
                *(f"{1000 * of(step.waits):.0f}" if step.waits else "" for of in (statistics.median, max)),
            ]
            for step in steps
        ],
    )
    keep(args.json, {"entries": args.entries, "steps": list(map(asdict, steps)), "memory_mb": memory})


if __name__ == "__main__":
    main()
