"""Stopping and starting: nothing is lost, and nothing is said twice."""

import asyncio
import signal
from pathlib import Path

import pytest

from .conftest import trouble
from .loopback import Fault, LoopbackDiscord, Member
from .loopback.interactions import Callback
from .loopback.shapes import Permission
from .process import running_bot
from .reading import excerpts, read

QUESTION = "who won the first women's Ballon d'Or?"
POST = "/channels/[0-9]+/messages$"


async def test_buttons_and_entries_work_after_a_restart_and_commands_are_not_sent_again(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        answer = await alice.mention(QUESTION)
        entry = {"question": "What is the password?", "answer": "Swordfish.", "excerpt": "", "phrasings": ""}
        previewed = await moderator.submit(await moderator.command("qa add"), **entry)
        await moderator.click(previewed.answer, "Confirm")
        asked = await moderator.command("qa remove", entry="What is the password?")
        draft = await moderator.submit(await moderator.command("qa add"), **{**entry, "answer": "Other."})
        form = await moderator.command("qa add")
    sent = len(own_discord.asked("PUT", "/commands$"))
    assert sent == 1
    async with running_bot(own_discord, tmp_path) as second:
        first = await alice.command("ask", question="What is the password?")
        assert first.callback is not None
        assert first.callback["type"] == Callback.THINKING  # the entries have to be read first
        assert "Swordfish." in read(first.answer)
        assert "Swordfish." in read(await alice.mention("What is the password?"))
        assert excerpts((await alice.click(answer, "Context")).answer)
        assert draft.message is not None
        stale = await moderator.click(draft.message, "Confirm")
        assert "restarted" in read(stale.answer)
        late = await moderator.submit(form, **{**entry, "answer": "What took long to write."})
        assert "I no longer know that form" in read(late.answer)
        assert late.ephemeral
        assert [file["filename"] for file in late.answer["attachments"]] == ["what-you-typed.txt"]
        removed = await moderator.click(asked.answer, "Remove")
        assert "Removed" in read(removed.answer)
        assert "Swordfish." not in read(await alice.mention("What is the password?"))
        await alice.click(answer, "Dismiss")
        await own_discord.until(lambda: answer["id"] not in own_discord.world.messages, "the dismissal")
        assert trouble(second.log) == []
    assert len(own_discord.asked("PUT", "/commands$")) == sent


@pytest.mark.parametrize("signal_sent", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
async def test_what_is_in_flight_is_finished_before_the_bot_stops(
    own_discord: LoopbackDiscord, tmp_path: Path, signal_sent: signal.Signals
) -> None:
    alice = Member(own_discord, "alice", own_discord.world.add_guild("Home"))
    async with running_bot(own_discord, tmp_path) as bot:
        release = asyncio.Event()
        fault = own_discord.faults.order(Fault(POST, hold=release))
        said = await alice.say(f"<@{own_discord.world.bot['id']}> {QUESTION}")
        await asyncio.wait_for(fault.held.wait(), 10)
        bot.send(signal_sent)
        await bot.says("stopping")
        refused = await alice.command("ask", question=QUESTION)
        assert "restarted" in read(refused.answer)
        release.set()
        ended = await bot.ended()
        assert ended.code == 0
        assert trouble(ended.err) == []
        assert len(alice.replies_to(said)) == 1
        assert "Ada Hegerberg" in read(alice.replies_to(said)[0])


async def test_a_bot_with_nothing_to_do_stops_at_once(own_discord: LoopbackDiscord, tmp_path: Path) -> None:
    async with running_bot(own_discord, tmp_path) as bot:
        ended = await bot.stop()
    assert ended.code == 0
    assert trouble(ended.err) == []
    assert "warning" not in ended.err  # discord.py would warn that this bot cannot speak
