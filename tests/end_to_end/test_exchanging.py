"""`/qa import` and `/qa export`: files that go through the real process, and what members have of them."""

import json
from pathlib import Path

import pytest

from .loopback import Interaction, Json, LoopbackDiscord, Member
from .loopback.members import buttons, file_of
from .loopback.shapes import Permission
from .process import running_bot
from .reading import STORY, excerpts, read

LINE = next(line.strip(" •") for line in STORY.splitlines() if "clearly disapproved" in line)
PASSWORD = {
    "id": "password",
    "phrasings": ["What is the password of our watch party?", "watch party password"],
    "answer": "It is swordfish, as always.",
    "citations": [{"story": "ballon-dor-2018", "excerpt": LINE}],
}
SNACKS = {"id": "snacks", "phrasings": ["Who brings the snacks?"], "answer": "Everybody brings their own."}
NOT_VERBATIM = {**SNACKS, "citations": [{"story": "ballon-dor-2018", "excerpt": "She brought some snacks."}]}


def lines(*entries: Json) -> bytes:
    return "".join(json.dumps(entry) + "\n" for entry in entries).encode()


async def send(member: Member, content: bytes, name: str = "entries.jsonl") -> Json:
    """Send a file, and return the card that says what it would do."""
    sent = await member.command("qa import", file=member.attach(name, content))
    assert sent.ephemeral
    assert sent.message is not None
    return sent.message


async def press(member: Member, card: Json, label: str) -> Interaction:
    return await member.click(card, label)


async def test_a_confirmed_file_is_answered_from_and_undone_as_a_whole(
    moderator: Member, alice: Member
) -> None:
    card = await send(moderator, lines(PASSWORD, SNACKS))
    assert "2 new, 0 changed, 0 same" in read(card)
    assert PASSWORD["answer"] not in read(await alice.mention("watch party password"))
    saved = (await press(moderator, card, "Confirm")).answer
    assert "Saved" in read(saved)
    assert "2 entries (change 1)" in read(saved)
    reply = await alice.mention("watch party password")
    assert PASSWORD["answer"] in read(reply)
    assert excerpts(reply) == [LINE]
    assert "moderator of this server: Mia" in read(await alice.mention("who brings the snacks?"))
    await press(moderator, saved, "Undo")
    assert PASSWORD["answer"] not in read(await alice.mention("watch party password"))
    assert "no entries of its own" in read((await moderator.command("qa list")).answer)


async def test_one_bad_row_is_named_and_changes_nothing(moderator: Member, discord: LoopbackDiscord) -> None:
    sent = await moderator.command(
        "qa import", file=moderator.attach("entries.jsonl", lines(PASSWORD, NOT_VERBATIM))
    )
    assert sent.message is not None
    assert "line 2: " in read(sent.message)
    assert buttons(sent.message) == []
    assert b"line 2: refused" in await discord.until(
        lambda: file_of(discord, sent.followups[-1]) if sent.followups else None, "the report"
    )
    assert "no entries of its own" in read((await moderator.command("qa list")).answer)


@pytest.mark.parametrize("form", ["jsonl", "csv", "yaml"])
async def test_what_is_exported_is_the_same_when_it_is_imported(
    moderator: Member, discord: LoopbackDiscord, form: str
) -> None:
    await press(moderator, await send(moderator, lines(PASSWORD, SNACKS)), "Confirm")
    exported = await moderator.command("qa export", format=form)
    assert exported.ephemeral
    content = file_of(discord, exported.answer)
    assert b"swordfish" in content
    assert "0 new, 0 changed, 2 same" in read(await send(moderator, content, f"entries.{form}"))


async def test_a_long_file_shows_how_far_it_is_and_ends_saved(
    moderator: Member, discord: LoopbackDiscord
) -> None:
    many = [
        {"id": f"seat-{n}", "phrasings": [f"Which seat has guest {n}, by name?"], "answer": f"Seat {n}."}
        for n in range(1200)
    ]
    card = await send(moderator, lines(*many))
    await discord.until(lambda: "Confirm" in labels(card) or None, "the preview")
    before = len(discord.requests)
    await press(moderator, card, "Confirm")
    await discord.until(lambda: "1,200 entries" in read(card) or None, "what is saved")
    edits = discord.asked("PATCH", "/messages/@original", before)
    told = [read_of(edit.body) for edit in edits]
    assert [text.split()[1] for text in told[:-1]] == ["Reading", "Saving", "Indexing"]


def labels(message: Json) -> list[str]:
    return [button["label"] for button in buttons(message)]


def read_of(body: Json) -> str:
    return str(body["components"][0]["content"])


async def test_nothing_of_one_server_is_exported_on_another(
    moderator: Member, discord: LoopbackDiscord
) -> None:
    await press(moderator, await send(moderator, lines(PASSWORD)), "Confirm")
    elsewhere = Member(discord, "mia", await discord.join("Elsewhere")).may(Permission.MANAGE_MESSAGES)
    assert "no entries of its own" in read((await elsewhere.command("qa export")).answer)
    assert "1 new" in read(await send(elsewhere, lines({**SNACKS, "id": "password"})))
    await press(elsewhere, await send(elsewhere, lines(SNACKS)), "Confirm")
    for form in ("jsonl", "csv", "yaml"):
        exported = await elsewhere.command("qa export", format=form)
        assert b"swordfish" not in file_of(discord, exported.answer)
        assert "swordfish" not in read(exported.answer)


async def test_a_file_is_confirmed_by_the_moderator_who_sent_it_and_on_that_server_alone(
    moderator: Member, discord: LoopbackDiscord, server: Json
) -> None:
    card = await send(moderator, lines(PASSWORD))
    other = Member(discord, "max", server).may(Permission.MANAGE_MESSAGES)
    elsewhere = Member(discord, "mia", await discord.join("Elsewhere")).may(Permission.MANAGE_MESSAGES)
    for somebody in (other, elsewhere):
        assert "no longer have this file" in read((await press(somebody, card, "Confirm")).answer)
        assert "no entries of its own" in read((await somebody.command("qa list")).answer)


async def test_buttons_stop_working_when_the_permission_is_gone(moderator: Member, alice: Member) -> None:
    card = await send(moderator, lines(PASSWORD))
    saved = (await press(moderator, await send(moderator, lines(SNACKS)), "Confirm")).answer
    moderator.may(Permission(0))
    refusals = [
        await press(moderator, card, "Confirm"),
        await press(moderator, card, "Cancel"),
        await press(moderator, saved, "Undo"),
    ]
    assert ["moderators" in read(refused.answer) for refused in refusals] == [True] * 3
    assert PASSWORD["answer"] not in read(await alice.mention("watch party password"))
    assert SNACKS["answer"] in read(await alice.mention("who brings the snacks?"))


async def test_after_a_restart_a_preview_says_what_to_do_and_a_page_of_a_check_turns(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    async with running_bot(own_discord, tmp_path):
        server = await own_discord.join()
        moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
        card = await send(moderator, lines(PASSWORD))
        saved = (await press(moderator, await send(moderator, lines(SNACKS)), "Confirm")).answer
        for number in range(12):
            far = f"Is {number} a prime number, and if not, {'why ' * 50}?"
            await moderator.command("qa grade", question=far, entry="snacks")
        graded = (await moderator.command("qa grade", question="watch party?", entry="snacks")).answer
        checked = await moderator.command("qa check")
        assert checked.message is not None
        assert "13 graded questions" in read(checked.message)
    async with running_bot(own_discord, tmp_path):
        refused = await press(moderator, card, "Confirm")
        assert "send it again with /qa import" in read(refused.answer)
        turned = await press(moderator, checked.message, "Next")
        assert "page 2 of" in read(turned.answer)
        await press(moderator, graded, "Undo")
        assert "12 graded questions" in read((await press(moderator, checked.message, "Previous")).answer)
        await press(moderator, saved, "Undo")
        assert "no entries of its own" in read((await moderator.command("qa list")).answer)
