"""What members could not get answered is worked off by moderators, in the real process."""

from pathlib import Path

from .conftest import trouble
from .loopback import Json, LoopbackDiscord, Member
from .loopback.shapes import Permission
from .process import running_bot
from .reading import read
from .test_curating import ENTRY, add

BUS = "Which bus goes from the harbour to the museum?"


async def asked(alice: Member, question: str = BUS) -> Json:
    return await alice.mention(question)


async def test_a_miss_is_worked_off_by_a_new_entry(moderator: Member, alice: Member) -> None:
    for _ in range(2):
        await asked(alice)
    inbox = await moderator.command("inbox")
    assert inbox.ephemeral
    assert BUS in read(inbox.answer)
    assert "Asked 2 times" in read(inbox.answer)
    previewed = await moderator.submit(
        await moderator.click(inbox.answer, "New entry"), answer="Line 4 does.", excerpt=""
    )
    assert "Line 4 does." in read(previewed.answer)
    await moderator.click(previewed.answer, "Confirm")
    assert "Line 4 does." in read(await asked(alice))
    assert "The inbox is empty" in read((await moderator.command("inbox")).answer)


async def test_a_miss_is_dismissed_and_put_back(moderator: Member, alice: Member) -> None:
    await asked(alice)
    dismissed = await moderator.click((await moderator.command("inbox")).answer, "Dismiss")
    assert "Dismissed" in read(dismissed.answer)
    back = await moderator.click(dismissed.answer, "Undo the last action")
    assert BUS in read(back.answer)


async def test_a_miss_becomes_a_gap_and_that_is_undone(moderator: Member, alice: Member) -> None:
    await asked(alice)
    previewed = await moderator.click((await moderator.command("inbox")).answer, "Not in the story")
    saved = await moderator.click(previewed.answer, "Confirm")
    assert "The inbox is empty" in read(saved.answer)
    assert BUS in read((await moderator.command("qa list", show="gaps")).answer)
    undone = await moderator.click(saved.answer, "Undo the last action")
    assert "Taken back" in read(undone.answer)
    assert BUS in read(undone.answer)
    assert BUS not in read((await moderator.command("qa list", show="gaps")).answer)


async def test_votes_are_counted_and_an_unhelpful_answer_waits(
    moderator: Member, alice: Member, bob: Member
) -> None:
    await add(moderator)
    reply = await alice.mention(ENTRY["question"])
    thanked = await alice.click(reply, "Helpful")
    assert thanked.ephemeral
    assert "without your name" in read(thanked.answer)
    assert "counts once" in read((await alice.click(reply, "Not helpful")).answer)
    await bob.click(reply, "Not helpful")
    inbox = read((await moderator.command("inbox")).answer)
    assert ENTRY["question"] in inbox
    assert "my answer was no help" in inbox
    assert "bob" not in inbox


async def test_members_are_refused_everywhere(moderator: Member, alice: Member) -> None:
    reply = await asked(alice)
    inbox = (await moderator.command("inbox")).answer
    card = (await moderator.use_on(reply, "Wrong answer")).answer
    was = moderator.may(Permission(0))
    refused = [
        await alice.command("inbox"),
        await alice.use_on(reply, "Wrong answer"),
        await alice.use_on(reply, "Teach from this"),
        *[await was.click(inbox, label) for label in ("New entry", "Not in the story", "Dismiss")],
        *[await was.click(card, label) for label in ("Another entry", "Not in the story", "New entry")],
    ]
    said = [read(one.followups[-1] if one.followups else one.answer) for one in refused]
    assert [text for text in said if "moderators" not in text] == []
    moderator.may(Permission.MANAGE_MESSAGES)


async def test_misses_votes_and_buttons_survive_a_restart(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        await add(moderator)
        reply = await alice.mention(ENTRY["question"])
        await alice.click(reply, "Helpful")
        unanswered = await asked(alice)
        inbox = (await moderator.command("inbox")).answer
        card = (await moderator.use_on(unanswered, "Wrong answer")).answer
    async with running_bot(own_discord, tmp_path) as second:
        assert "counts once" in read((await alice.click(reply, "Helpful")).answer)
        assert BUS in read((await moderator.command("inbox")).answer)
        dismissed = await moderator.click(inbox, "Dismiss")
        assert "Dismissed" in read(dismissed.answer)
        previewed = await moderator.click(card, "Not in the story")
        await moderator.click(previewed.answer, "Confirm")
        assert "The story doesn't say." in read(await asked(alice))
        assert trouble(second.log) == []
