"""Moderators keep entries right: changed, hidden, brought back, and every change looked up and taken back."""

from pathlib import Path

from .conftest import trouble
from .loopback import Interaction, Json, LoopbackDiscord, Member
from .loopback.shapes import Permission
from .process import running_bot
from .reading import excerpts, read
from .test_curating import ENTRY, LINE, add, preview, tells

ID = "what-is-the-password-of-our-watch-party"
PACKS = "who won the first women's Ballon d'Or?"


async def edit(member: Member, wanted: str, **typed: str) -> Interaction:
    """Change some inputs of an entry's form, and return the preview."""
    return await member.submit(await member.command("qa edit", entry=wanted), **typed)


async def confirm(member: Member, previewed: Interaction) -> Json:
    card = (await member.click(previewed.answer, "Confirm")).answer
    assert "Saved" in read(card)
    return card


async def test_an_entry_is_edited_previewed_and_confirmed(moderator: Member, alice: Member) -> None:
    await add(moderator)
    previewed = await edit(moderator, ENTRY["question"], answer="It is mellon, as always.")
    assert previewed.ephemeral
    assert "~~swordfish,~~ mellon," in read(previewed.answer)
    assert excerpts(previewed.answer) == [LINE]
    assert "swordfish" in read(await alice.mention("watch party password"))
    await confirm(moderator, previewed)
    reply = await alice.mention("watch party password")
    assert "mellon" in read(reply)
    assert excerpts(reply) == [LINE]


async def test_an_entry_is_edited_from_its_card(moderator: Member, alice: Member) -> None:
    await add(moderator)
    shown = await moderator.command("qa show", entry=ID)
    assert "Last changed" in read(shown.answer)
    opened = await moderator.click(shown.answer, "Edit")
    await confirm(moderator, await moderator.submit(opened, answer="It is mellon."))
    assert "mellon" in read(await alice.mention("watch party password"))


async def test_what_somebody_else_changed_meanwhile_is_told(
    moderator: Member, discord: LoopbackDiscord, server: Json, alice: Member
) -> None:
    other = Member(discord, "max", server).may(Permission.MANAGE_MESSAGES)
    await add(moderator)
    previewed = await edit(moderator, ID, answer="It is mellon.")
    await confirm(other, await edit(other, ID, answer="It is sesame."))
    told = await moderator.click(previewed.answer, "Confirm")
    assert "meanwhile somebody changed or removed this entry" in read(told.answer)
    assert "~~sesame.~~ mellon." in read(told.answer)
    assert "sesame" in read(await alice.mention("watch party password"))
    await confirm(moderator, told)
    assert "mellon" in read(await alice.mention("watch party password"))


async def test_a_packs_entry_is_replaced_for_one_server_and_comes_back(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    stranger = Member(discord, "alice", await discord.join("Elsewhere"))
    theirs = read(await alice.mention(PACKS))
    previewed = await edit(moderator, "first-winner", answer="Ada, of course.")
    assert "replaces the pack's entry" in read(previewed.answer)
    await confirm(moderator, previewed)
    assert "Ada, of course." in read(await alice.mention(PACKS))
    assert read(await stranger.mention(PACKS)) == theirs
    asked = await moderator.command("qa remove", entry="first-winner")
    assert "counts again" in read(asked.answer)
    await moderator.click(asked.answer, "Remove it")
    assert read(await alice.mention(PACKS)) == theirs


async def test_a_phrasing_is_added(moderator: Member, alice: Member) -> None:
    await add(moderator)
    phrasing = "Which magic term opens the gate on Friday?"
    previewed = await moderator.command("qa phrase", entry=ID, phrasing=phrasing)
    assert f"Phrasing added: {phrasing}" in read(previewed.answer)
    assert ENTRY["answer"] in read(previewed.answer)
    assert ENTRY["answer"] not in read(await alice.mention(phrasing))
    await confirm(moderator, previewed)
    assert ENTRY["answer"] in read(await alice.mention(phrasing))


async def test_a_near_duplicate_becomes_a_phrasing(moderator: Member, alice: Member) -> None:
    await add(moderator)
    previewed = await preview(
        moderator, question="What is the password of our next watch party?", answer="Typed for nothing?"
    )
    other = await moderator.click(previewed.answer, "Make it a phrasing of")
    assert ENTRY["answer"] in read(other.answer)
    back = await moderator.click(other.answer, "Back")
    assert "Typed for nothing?" in read(back.answer)
    other = await moderator.click(back.answer, "Make it a phrasing of")
    await confirm(moderator, other)
    assert ENTRY["answer"] in read(await alice.mention("What is the password of our next watch party?"))


async def test_a_gap_makes_the_bot_say_so(moderator: Member, alice: Member) -> None:
    question = "Which shampoo does the keeper of the trophy use?"
    opened = await moderator.command("qa gap")
    previewed = await moderator.submit(opened, question=question, excerpt=LINE)
    assert "The story doesn't say. What it does say:" in read(previewed.answer)
    await confirm(moderator, previewed)
    reply = await alice.mention(question)
    assert "The story doesn't say." in read(reply)
    assert excerpts(reply) == [LINE]
    assert question in read((await moderator.command("qa list", show="gaps")).answer)


async def test_a_packs_entry_is_hidden_and_shown_again(moderator: Member, alice: Member) -> None:
    theirs = read(await alice.mention(PACKS))
    (offered, *_others) = await moderator.complete("qa hide", "entry", "first-winner")
    assert "first-winner" in offered
    hidden = await moderator.command("qa hide", entry="first-winner")
    assert "Hidden" in read(hidden.answer)
    assert read(await alice.mention(PACKS)) != theirs
    assert "first-winner" in read((await moderator.command("qa list", show="hidden")).answer)
    await moderator.command("qa unhide", entry="first-winner")
    assert read(await alice.mention(PACKS)) == theirs


async def test_lists_are_searched(moderator: Member) -> None:
    await add(moderator)
    assert ENTRY["question"] in read((await moderator.command("qa list", search="SWORDFISH")).answer)
    assert ENTRY["question"] not in read((await moderator.command("qa list", search="herring")).answer)
    page = (await moderator.command("qa list", show="packs", search="Hegerberg")).answer
    turned = await moderator.click(page, "Next")
    assert "page 2 of" in read(turned.answer)
    assert ENTRY["question"] not in read(turned.answer)


async def test_a_change_is_looked_up_and_taken_back(moderator: Member, alice: Member) -> None:
    await add(moderator)
    await confirm(moderator, await edit(moderator, ID, answer="It is mellon."))
    history = await moderator.command("qa history", entry=ID)
    assert history.ephemeral
    assert "2: Mia" in read(history.answer)
    assert "swordfish" in read(history.answer)
    (last, *_others) = await moderator.completions("qa revert", "change", "")
    assert (last["value"], last["name"]) == (2, f"2: Mia changed the entry {ID}: answer")
    asked = await moderator.command("qa revert", change=2)
    assert "took back change 2" in read(asked.answer)
    assert "mellon" in read(await alice.mention("watch party password"))
    taken = await moderator.click(asked.answer, "Take it back")
    assert "Taken back" in read(taken.answer)
    assert "swordfish" in read(await alice.mention("watch party password"))


async def test_a_removed_entry_is_restored(moderator: Member, alice: Member) -> None:
    await add(moderator)
    asked = await moderator.command("qa remove", entry=ID)
    await moderator.click(asked.answer, "Remove it")
    (offered,) = await moderator.complete("qa restore", "entry", "watch party")
    assert ENTRY["question"] in offered
    restored = await moderator.command("qa restore", entry=ID)
    assert "Restored" in read(restored.answer)
    assert ENTRY["answer"] in read(await alice.mention("watch party password"))


async def test_undo_takes_back_what_was_saved_or_removed(moderator: Member, alice: Member) -> None:
    saved = await add(moderator)
    undone = await moderator.click(saved, "Undo")
    assert "Taken back" in read(undone.answer)
    assert ENTRY["answer"] not in read(await alice.mention("watch party password"))
    again = await moderator.click(undone.answer, "Undo")
    assert ENTRY["answer"] in read(await alice.mention("watch party password"))
    assert "Taken back" in read(again.answer)


async def test_buttons_stop_working_when_the_permission_is_gone(moderator: Member, alice: Member) -> None:
    saved = await add(moderator)
    shown = (await moderator.command("qa show", entry=ID)).answer
    previewed = await preview(moderator, question="What is the password of our next watch party?")
    opened = await moderator.click(shown, "Edit")
    reverting = (await moderator.command("qa revert", change=1)).answer
    moderator.may(Permission(0))
    refusals = [
        await moderator.click(saved, "Undo"),
        *[await moderator.click(shown, label) for label in ("Edit", "Remove", "History")],
        await moderator.click(previewed.answer, "Make it a phrasing of"),
        *[await moderator.click(reverting, label) for label in ("Take it back", "Leave it")],
        await moderator.submit(opened, answer="It is mellon."),
    ]
    assert ["moderators" in read(refused.answer) for refused in refusals] == [True] * len(refusals)
    assert ENTRY["answer"] in read(await alice.mention("watch party password"))


COMPLETED = {
    "qa edit": "entry",
    "qa phrase": "entry",
    "qa restore": "entry",
    "qa hide": "entry",
    "qa unhide": "entry",
    "qa history": "entry",
    "qa revert": "change",
}


async def test_no_server_sees_or_takes_back_what_another_changed(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    saved = await add(moderator)
    elsewhere = await discord.join("Elsewhere")
    stranger = Member(discord, "mia", elsewhere).may(Permission.MANAGE_MESSAGES)
    await add(stranger, question="Where do we meet?", phrasings="", answer="Here.")
    asked = await moderator.command("qa remove", entry=ID)
    removed = (await moderator.click(asked.answer, "Remove it")).answer
    seen = [
        read((await stranger.command("qa history")).answer),
        read((await stranger.command("qa history", entry=ID)).answer),
        read((await stranger.command("qa list", search="watch")).answer),
        read((await stranger.command("qa restore", entry=ID)).answer),
        read((await stranger.command("qa edit", entry=ID)).answer),
        read((await stranger.command("qa phrase", entry=ID, phrasing="Which word?")).answer),
        read((await stranger.command("qa revert", change=2)).answer),
        read((await stranger.command("qa revert", change=1)).answer),
        read((await stranger.click(removed, "Undo")).answer),
        *[
            name
            for command, option in COMPLETED.items()
            for name in await stranger.complete(command, option, "")
        ],
    ]
    assert [text for text in seen if tells(text)] == []
    assert ENTRY["answer"] not in read(await alice.mention("watch party password"))
    # A number counts the changes of each server: the button meant the stranger's own first change.
    await stranger.click(saved, "Undo")
    assert "no entries of its own" in read((await stranger.command("qa list")).answer)


async def test_all_buttons_work_after_a_restart(own_discord: LoopbackDiscord, tmp_path: Path) -> None:
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        for number in range(6):
            saved = await add(moderator, question=f"Which seat has guest number {number}?", phrasings="")
        history = (await moderator.command("qa history")).answer
        shown = (await moderator.command("qa show", entry="Which seat has guest number 1?")).answer
        reverting = (await moderator.command("qa revert", change=1)).answer
        hidden = (await moderator.command("qa hide", entry="first-winner")).answer
    async with running_bot(own_discord, tmp_path) as second:
        assert "Taken back" in read((await moderator.click(saved, "Undo")).answer)
        assert "1: Mia" in read((await moderator.click(history, "Older")).answer)
        assert "Added the entry" in read((await moderator.click(shown, "History")).answer)
        assert "Remove this entry?" in read((await moderator.click(shown, "Remove")).answer)
        opened = await moderator.click(shown, "Edit")
        await confirm(moderator, await moderator.submit(opened, answer="The first row."))
        assert "Taken back" in read((await moderator.click(reverting, "Take it back")).answer)
        assert "Taken back" in read((await moderator.click(hidden, "Undo")).answer)
        assert "The first row." in read(await alice.mention("Which seat has guest number 1?"))
        assert excerpts(await alice.mention(PACKS))
        assert trouble(second.log) == []
