"""Losing the connection to Discord, and finding it again with nothing missed."""

from collections.abc import Awaitable, Callable

import pytest

from .loopback import LoopbackDiscord, Member
from .loopback.gateway import Op
from .reading import read

QUESTION = "who won the first women's Ballon d'Or?"

Loss = Callable[[LoopbackDiscord], Awaitable[None]]


async def cut(discord: LoopbackDiscord) -> None:
    discord.gateway.cut()


async def close(discord: LoopbackDiscord) -> None:
    await discord.gateway.close(4000)


async def ask_to_reconnect(discord: LoopbackDiscord) -> None:
    await discord.gateway.ask_to_reconnect()


async def call_the_session_invalid(discord: LoopbackDiscord) -> None:
    await discord.gateway.invalidate(resumable=True)


@pytest.mark.parametrize("lose", [cut, close, ask_to_reconnect, call_the_session_invalid])
async def test_a_lost_session_is_resumed_and_what_was_said_meanwhile_answered(
    discord: LoopbackDiscord, alice: Member, lose: Loss
) -> None:
    resumed, identified = discord.gateway.times(Op.RESUME), discord.gateway.times(Op.IDENTIFY)
    await lose(discord)
    said = await alice.say(f"<@{discord.world.bot['id']}> {QUESTION}")
    assert "Ada Hegerberg" in read(await alice.reply_to(said))
    assert discord.gateway.times(Op.RESUME) > resumed
    assert discord.gateway.times(Op.IDENTIFY) == identified


async def test_after_an_invalid_session_the_bot_identifies_anew_and_answers_on(
    discord: LoopbackDiscord, alice: Member
) -> None:
    identified = discord.gateway.times(Op.IDENTIFY)
    sent = len(discord.asked("PUT", "/commands$"))
    await discord.gateway.invalidate(resumable=False)
    await discord.until(
        lambda: discord.gateway.times(Op.IDENTIFY) > identified and discord.gateway.connected,
        "the bot to identify anew",
    )
    assert "Ada Hegerberg" in read(await alice.mention(QUESTION))
    assert len(discord.asked("PUT", "/commands$")) == sent
