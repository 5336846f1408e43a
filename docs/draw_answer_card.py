"""Draws docs/answer-card.png: the bot's real answer to a real question, as Discord shows it.

    uv run --with "simcord[preview]" python docs/draw_answer_card.py

Needs Chromium (Debian: `apt-get install chromium`). Nothing leaves this machine: the bot answers an offline
Discord, which serves the page on loopback, and Chromium photographs it.
"""

# ruff: noqa: INP001 - a script, not a package

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

import simcord
from PIL import Image, ImageChops

from bot import asking
from bot.client import PullquoteClient
from knowledge.library import Library
from knowledge.packs import bundled_pack, read_pack

QUESTION = "who won the first women's Ballon d'Or?"
PICTURE = Path(__file__).with_name("answer-card.png")
WIDTH, HEIGHT, SCALE = 720, 900, 2
MARGIN = 16
CONVERSATION = (328, 196, 1040, 950)
"""Left, top, right and bottom of the messages on the page, in CSS pixels."""


async def main() -> None:
    """Ask, photograph, crop."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium was not found: on Debian, apt-get install chromium.")
    question = " ".join(sys.argv[1:]) or QUESTION
    library = Library((read_pack(bundled_pack()),))
    env = simcord.Env(PullquoteClient(library, (asking.install,), shard_count=1))
    env.backend.bot_user.name = "Pullquote"
    await env.start()
    try:
        guild = env.create_guild(name="Football")
        channel = guild.create_text_channel("football")
        alice = guild.add_member(env.create_user("alice"))
        await alice.send(channel, f"<@{env.bot.user.id}> {question}")
        async with env.preview(
            channel, viewers=[alice], layout="channel", display="fixed", width=WIDTH, height=HEIGHT
        ) as preview:
            await photograph(chromium, preview.url)
    finally:
        await env.shutdown()


async def photograph(chromium: str, url: str) -> None:
    """Photograph a page into the picture."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "page.png"
        process = await asyncio.create_subprocess_exec(
            chromium,
            "--headless=new",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={SCALE}",
            f"--window-size={WIDTH + 400},{HEIGHT + 200}",
            "--virtual-time-budget=3000",
            f"--screenshot={raw}",
            url,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await process.wait()
        cropped(Image.open(raw).convert("RGB")).save(PICTURE, optimize=True)


def cropped(page: Image.Image) -> Image.Image:
    """Return the conversation alone: without the tools around it, and without the empty space below it."""
    left, top, right, bottom = (SCALE * edge for edge in CONVERSATION)
    conversation = page.crop((left, top, right, bottom))
    background = Image.new("RGB", conversation.size, conversation.getpixel((2, conversation.height - 2)))
    box = ImageChops.difference(conversation, background).getbbox()
    if box is None:
        sys.exit("The page stayed empty.")
    return conversation.crop((0, 0, conversation.width, min(box[3] + SCALE * MARGIN, conversation.height)))


asyncio.run(main())
