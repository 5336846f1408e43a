"""Draws docs/answer-card.png: the bot's real answer to a real question, as Discord shows it.

    uv run --with "simcord[preview]" --with playwright python docs/draw_answer_card.py

Needs Chromium (Debian: `apt-get install chromium`). Nothing leaves this machine: the bot answers an offline
Discord, which serves the page on loopback, and Chromium photographs it.
"""

# ruff: noqa: INP001 - a script, not a package

import asyncio
import shutil
import sys
from pathlib import Path

import simcord
from playwright.async_api import async_playwright

from bot import asking
from bot.client import PullquoteClient
from knowledge.library import Library
from knowledge.packs import bundled_pack, read_pack

QUESTION = "who won the first women's Ballon d'Or?"
PICTURE = Path(__file__).with_name("answer-card.png")
WIDTH, HEIGHT, SCALE = 720, 900, 2
READY = 'button.component-button[aria-disabled="false"]'
"""Buttons are dim until the page is connected."""


async def main() -> None:
    """Ask, and photograph what is said."""
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
            await photograph(preview.url)
    finally:
        await env.shutdown()


async def photograph(url: str) -> None:
    """Photograph the conversation on a page into the picture."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium was not found: on Debian, apt-get install chromium.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        viewport = {"width": WIDTH + 400, "height": HEIGHT + 200}
        page = await browser.new_page(viewport=viewport, device_scale_factor=SCALE)
        await page.goto(url)
        await page.wait_for_selector(READY)
        await page.locator("#channel-message-list").screenshot(path=PICTURE)
        await browser.close()


asyncio.run(main())
