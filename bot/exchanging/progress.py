"""How far a long file is, on the card: edited as the work goes on, which never waits for Discord."""

import asyncio
from contextlib import suppress

import discord

from bot import sending
from bot.components import Interaction
from bot.exchanging.cards import progress_card

READING, SAVING, INDEXING = "Reading", "Saving", "Indexing"
STEPS = (READING, SAVING, INDEXING)


class Progress:
    """Shows the steps of taking one file; `is_shown` False: it is so short that the card stays as it is."""

    def __init__(self, interaction: Interaction, name: str, *, is_shown: bool) -> None:
        self._interaction = interaction
        self._name = name
        self._is_shown = is_shown
        self._last: asyncio.Task[None] | None = None

    def step(self, step: str) -> None:
        """Say that a step begins."""
        if self._is_shown:
            self._last = asyncio.create_task(self._show(step, self._last))

    async def finish(self) -> None:
        """Wait until all that was said is shown: nothing of it may overtake what comes now."""
        if self._last is not None:
            await self._last

    async def _show(self, step: str, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await before
        # Whatever Discord says to it: the work goes on, and its end is told in any case.
        with suppress(discord.HTTPException, *sending.BROKEN_CONNECTION):
            card = progress_card(self._name, step, STEPS.index(step) + 1, len(STEPS))
            await sending.edit(self._interaction, card)
