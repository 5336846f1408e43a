"""Discord's REST API at its worst: the answer arrives all the same, and once."""

import asyncio

import pytest

from .loopback import Fault, LoopbackDiscord, Member
from .loopback.faults import Bucket
from .loopback.forms import command_data
from .loopback.interactions import Kind
from .process import BotProcess
from .reading import read

QUESTION = "who won the first women's Ballon d'Or?"
POST = "/channels/[0-9]+/messages$"
CALLBACK = "/callback$"


def sent(discord: LoopbackDiscord, path: str, since: int) -> list[int | None]:
    """Return the statuses of the requests to a path."""
    return [request.status for request in discord.asked("POST", path, since)]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault(POST, status=429, retry_after=0.2), 429),
        (Fault(POST, status=429, retry_after=0.2, everywhere=True), 429),
        (Fault(POST, status=502), 502),
        (Fault(POST, status=503), 503),
        (Fault(POST, status=503, times=2), 503),
        (Fault(POST, reset=True), 0),
    ],
    ids=["429", "429-everywhere", "502", "503", "503-twice", "reset"],
)
async def test_a_reply_that_fails_is_sent_again(
    discord: LoopbackDiscord, alice: Member, fault: Fault, status: int
) -> None:
    since, times = len(discord.requests), fault.times
    discord.faults.order(fault)
    assert "Ada Hegerberg" in read(await alice.mention(QUESTION))
    assert sent(discord, POST, since) == [status] * times + [200]


@pytest.mark.parametrize(
    "fault",
    [Fault(POST, reset=True, after=True), Fault(POST, status=503, after=True)],
    ids=["reset", "503"],
)
async def test_a_reply_whose_receipt_is_lost_is_not_posted_twice(
    discord: LoopbackDiscord, alice: Member, fault: Fault
) -> None:
    since = len(discord.requests)
    discord.faults.order(fault)
    said = await alice.say(f"<@{discord.world.bot['id']}> {QUESTION}")
    await discord.until(lambda: 200 in sent(discord, POST, since), "the second try")
    assert len(sent(discord, POST, since)) == 2
    assert len(alice.replies_to(said)) == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault(CALLBACK, status=429, retry_after=0.2), 429),
        (Fault(CALLBACK, status=503), 503),
        (Fault(CALLBACK, reset=True), 0),
    ],
    ids=["429", "503", "reset"],
)
async def test_an_answer_to_a_command_that_fails_is_sent_again(
    discord: LoopbackDiscord, alice: Member, fault: Fault, status: int
) -> None:
    since = len(discord.requests)
    discord.faults.order(fault)
    assert "Ada Hegerberg" in read((await alice.command("ask", question=QUESTION)).answer)
    assert sent(discord, CALLBACK, since) in ([status, 200], [status, 204])


async def test_an_answer_that_comes_too_late_does_no_harm(
    discord: LoopbackDiscord, alice: Member, bot: BotProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    since, before = len(discord.requests), len(bot.log)
    monkeypatch.setattr(discord.interactions, "answer_within", 0.0)
    command = await alice.registered("ask")
    late = await alice.start(Kind.COMMAND, command_data(command, (), {"question": QUESTION}))
    await discord.until(lambda: 404 in sent(discord, CALLBACK, since), "the late answer")
    monkeypatch.undo()
    assert "Ada Hegerberg" in read(await alice.mention(QUESTION))
    assert not late.acknowledged
    assert sent(discord, CALLBACK, since) == [404]
    assert "expired" in bot.log[before:]


async def test_a_channel_that_the_bot_may_not_write_to_does_no_harm(
    discord: LoopbackDiscord, alice: Member
) -> None:
    since = len(discord.requests)
    body = {"code": 50013, "message": "Missing Permissions"}
    discord.faults.order(Fault(POST, status=403, body=body))
    said = await alice.say(f"<@{discord.world.bot['id']}> {QUESTION}")
    await discord.until(lambda: 403 in sent(discord, POST, since), "the refusal")
    assert "Ada Hegerberg" in read(await alice.mention(QUESTION))
    assert alice.replies_to(said) == []


async def test_a_question_that_was_deleted_meanwhile_is_answered_in_its_channel(
    discord: LoopbackDiscord, alice: Member
) -> None:
    since = len(discord.requests)
    fault = discord.faults.order(Fault(POST, hold=asyncio.Event()))
    said = await alice.say(f"<@{discord.world.bot['id']}> {QUESTION}")
    await asyncio.wait_for(fault.held.wait(), 10)
    await discord.posting.delete(said)
    assert fault.hold is not None
    fault.hold.set()
    await discord.until(lambda: 200 in sent(discord, POST, since), "the answer")


async def test_many_questions_at_once_are_all_answered_within_a_rate_limit(
    discord: LoopbackDiscord, alice: Member
) -> None:
    discord.faults.limit(Bucket("POST", POST, limit=3, window=0.3))
    replies = await asyncio.gather(*(alice.mention(QUESTION) for _ in range(8)))
    assert all("Ada Hegerberg" in read(reply) for reply in replies)
