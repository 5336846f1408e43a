"""Moderators teach from what happens in a channel: with the real process, also after a restart."""

from pathlib import Path

import pytest

from .conftest import trouble
from .loopback import Interaction, Json, LoopbackDiscord, Member
from .loopback.shapes import Permission
from .process import running_bot
from .reading import read
from .test_buttons import write_pack

TEA = {"question": "Is there tea at the watch party?", "answer": "Every day.", "excerpt": "", "phrasings": ""}
CAKE = {
    "question": "Is there cake at the watch party?",
    "answer": "On Sundays.",
    "excerpt": "",
    "phrasings": "",
}
ASKED = "Which cups do they bring for the golden brew at our meeting?"
TEACH, WRONG = "Teach from this", "Wrong answer"
GAP, NEW = "Not in the story", "New entry"


async def add(moderator: Member, entry: dict[str, str]) -> None:
    previewed = await moderator.submit(await moderator.command("qa add"), **entry)
    assert "Saved" in read((await moderator.click(previewed.answer, "Confirm")).answer)


async def wrong(moderator: Member, alice: Member, question: str = ASKED) -> Json:
    """Return the card on which an answer is put right."""
    await add(moderator, TEA)
    await add(moderator, CAKE)
    card = await moderator.use_on(await alice.mention(question), WRONG)
    assert card.ephemeral
    return card.answer


def menu(card: Json) -> Json:
    rows = [part["components"] for part in card["components"] if part["type"] == 1]
    return next(part for row in rows for part in row if part["type"] == 3)


async def pick(moderator: Member, card: Json, answer: str) -> Interaction:
    """Choose the entry of that answer."""
    options = menu(card)["options"]
    value = next(option["value"] for option in options if option.get("description") == answer)
    return await moderator.select(card, menu(card)["custom_id"], [value])


async def test_a_message_is_taught_and_answered_from_then_on(moderator: Member, alice: Member) -> None:
    message = await alice.say("Where do we meet on Saturday?")
    form = await moderator.use_on(message, TEACH)
    previewed = await moderator.submit(form, answer="At the harbour.", excerpt="", phrasings="")
    assert "Where do we meet on Saturday?" in read(previewed.answer)
    await moderator.click(previewed.answer, "Confirm")
    assert "At the harbour." in read(await alice.mention("where do we meet on saturday"))


async def test_the_preview_tells_what_else_changes_when_it_is_worked_out(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    write_pack(tmp_path / "towers")
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    packs = str(tmp_path / "towers")
    async with running_bot(own_discord, tmp_path / "home", PULLQUOTE_PACKS=packs) as bot:
        missed = "is there any tea at the watch party"
        assert TEA["answer"] not in read(await alice.mention(missed))
        form = await moderator.command("qa add")
        previewed = await moderator.submit(form, **TEA)
        assert "What else changes" in read(previewed.answer)
        await own_discord.until(lambda: "of its own phrasings" in read(previewed.answer), "what else changes")
        shown = read(previewed.answer)
        assert "1 of 3 known questions (1 won)" in shown
        assert f"{missed}: nothing found → “{TEA['answer']}”" in shown
        await moderator.click(previewed.answer, "Confirm")
        assert TEA["answer"] in read(await alice.mention(missed))
        assert trouble(bot.log) == []


async def test_a_wrong_answer_is_put_right_by_the_entry_that_was_chosen(
    moderator: Member, alice: Member
) -> None:
    card = await wrong(moderator, alice)
    assert ASKED in read(card)
    previewed = await pick(moderator, card, TEA["answer"])
    assert ASKED in read(previewed.answer)
    assert TEA["answer"] not in read(await alice.mention(ASKED))
    saved = await moderator.click(previewed.answer, "Confirm")
    assert "Saved" in read(saved.answer)
    assert TEA["answer"] in read(await alice.mention(ASKED))
    await moderator.click(saved.answer, "Undo")
    assert TEA["answer"] not in read(await alice.mention(ASKED))


async def test_what_the_story_does_not_say_becomes_a_gap(moderator: Member, alice: Member) -> None:
    previewed = await moderator.click(await wrong(moderator, alice), GAP)
    await moderator.click(previewed.answer, "Confirm")
    assert "The story doesn't say." in read(await alice.mention(ASKED))


async def test_a_new_entry_begins_with_the_question(moderator: Member, alice: Member) -> None:
    form = await moderator.click(await wrong(moderator, alice), NEW)
    previewed = await moderator.submit(form, answer="The blue ones.", excerpt="", phrasings="")
    await moderator.click(previewed.answer, "Confirm")
    assert "The blue ones." in read(await alice.mention(ASKED))


@pytest.mark.parametrize("command", [TEACH, WRONG])
async def test_a_member_is_refused(alice: Member, command: str) -> None:
    refused = await alice.use_on(await alice.mention(ASKED), command)
    assert "moderators" in read(refused.answer)
    assert refused.ephemeral


async def test_menu_buttons_and_preview_stop_working_when_the_permission_is_gone(
    moderator: Member, alice: Member
) -> None:
    card = await wrong(moderator, alice)
    previewed = await pick(
        moderator, (await moderator.use_on(await alice.mention(ASKED), WRONG)).answer, TEA["answer"]
    )
    moderator.may(Permission(0))
    refusals = [
        await pick(moderator, card, TEA["answer"]),
        await moderator.click(card, GAP),
        await moderator.click(card, NEW),
        await moderator.click(previewed.answer, "Confirm"),
    ]
    assert ["moderators" in read(refused.answer) for refused in refusals] == [True] * 4
    assert TEA["answer"] not in read(await alice.mention(ASKED))


async def test_another_server_s_entries_are_not_offered_nor_taken(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    card = await wrong(moderator, alice)
    elsewhere = await discord.join("Elsewhere")
    stranger = Member(discord, "zoe", elsewhere)
    other = Member(discord, "mia", elsewhere).may(Permission.MANAGE_MESSAGES)
    there = (await other.use_on(await stranger.mention(ASKED), WRONG)).answer
    assert "watch party" not in str(there)
    refused = await pick(other, card, TEA["answer"])
    assert "not there any more" in read(refused.answer)


async def test_the_card_works_after_a_restart_and_an_old_preview_says_what_to_do(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        card = await wrong(moderator, alice)
        old = await pick(
            moderator, (await moderator.use_on(await alice.mention(ASKED), WRONG)).answer, TEA["answer"]
        )
    async with running_bot(own_discord, tmp_path) as second:
        stale = await moderator.click(old.answer, "Confirm")
        assert "restarted" in read(stale.answer)
        previewed = await pick(moderator, card, TEA["answer"])
        await moderator.click(previewed.answer, "Confirm")
        assert TEA["answer"] in read(await alice.mention(ASKED))
        assert trouble(second.log) == []
