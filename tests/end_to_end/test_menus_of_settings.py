"""The menus of `/pullquote settings` for packs, misses and the language, in the real process."""

from pathlib import Path

import pytest

from .conftest import trouble
from .loopback import Json, LoopbackDiscord, Member
from .loopback.shapes import Permission
from .process import running_bot
from .reading import read

QUESTION = "who won the first women's Ballon d'Or?"
WINNER = "Ada Hegerberg won it"
BUS = "Which bus goes from the harbour to the museum?"
PACK = "The first women's Ballon d'Or"

MENUS = {
    "packs_off": ([], f"Packs: {PACK} (the default)", "Packs: none (set by Mia)"),
    "misses_days": (
        ["0"],
        "Unanswered questions are kept: 30 days (the default)",
        "Unanswered questions are kept: not at all (set by Mia)",
    ),
    "language": (["de"], "Language: English (the default)", "Language: Deutsch (set by Mia)"),
    "strictness": (
        ["eager"],
        "Strictness: balanced (the default)",
        "Strictness: eager (set by Mia)",
    ),
}
"""Of each setting what is chosen, and the lines of the card before and after."""

CALLED = {"packs_off": "packs that are off", "misses_days": "days that unanswered questions are kept"}
"""What the history calls them, where not by their keys."""

EACH = pytest.mark.parametrize("key", MENUS)


async def card(moderator: Member) -> Json:
    return (await moderator.command("pullquote settings")).answer


async def choose(moderator: Member, key: str) -> Json:
    """Choose from a menu of a new card, and return the card as it is then."""
    chosen, _, _ = MENUS[key]
    return (await moderator.select(await card(moderator), f"pq1:set-{key}", chosen)).answer


@EACH
async def test_a_moderator_sets_it_and_leads_it_back_to_the_default(moderator: Member, key: str) -> None:
    _, before, after = MENUS[key]
    assert before in read(await card(moderator))
    shown = await choose(moderator, key)
    assert after in read(shown)
    assert after in read(await card(moderator))
    back = await moderator.click(shown, "Back to the default")
    assert before in read(back.answer)
    assert read(back.answer).count("(the default)") == 7
    assert before in read(await card(moderator))
    told = read((await moderator.command("qa history")).answer)
    name = CALLED.get(key, key)
    assert f"Set {name} to " in told
    assert f"Reset the setting {name}" in told


@EACH
async def test_a_member_is_refused_the_menu_and_the_way_back(
    moderator: Member, alice: Member, key: str
) -> None:
    chosen, _, after = MENUS[key]
    shown = await choose(moderator, key)
    for refused in (
        await alice.select(shown, f"pq1:set-{key}", chosen),
        await alice.click(shown, "Back to the default"),
    ):
        assert refused.ephemeral
        assert "That is for moderators" in read(refused.answer)
    assert after in read(await card(moderator))


@EACH
async def test_a_card_from_before_the_role_was_taken_away_is_refused(moderator: Member, key: str) -> None:
    chosen, _, after = MENUS[key]
    unset, shown = await card(moderator), await choose(moderator, key)
    moderator.may(Permission(0))
    for refused in (
        await moderator.select(unset, f"pq1:set-{key}", chosen),
        await moderator.click(shown, "Back to the default"),
    ):
        assert "That is for moderators" in read(refused.answer)
    assert after in read(await card(moderator.may(Permission.MANAGE_MESSAGES)))


async def test_a_pack_that_is_off_answers_nobody_here_until_it_is_on_again(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    stranger = Member(discord, "alice", await discord.join("Elsewhere"))
    assert WINNER in read(await alice.mention(QUESTION))
    shown = await choose(moderator, "packs_off")
    assert "Ada Hegerberg" not in read(await alice.mention(QUESTION))
    assert "Ada Hegerberg" not in read((await alice.command("quote")).answer)
    assert WINNER in read(await stranger.mention(QUESTION))
    assert WINNER in read(await Member(discord, "alice").ask(QUESTION))
    chosen = await moderator.select(shown, "pq1:set-packs_off", [PACK])
    assert f"Packs: {PACK} (the default)" in read(chosen.answer)
    assert WINNER in read(await alice.mention(QUESTION))


async def test_misses_are_kept_only_where_they_are_wanted(moderator: Member, alice: Member) -> None:
    shown = await choose(moderator, "misses_days")
    await alice.mention(BUS)
    assert "The inbox is empty" in read((await moderator.command("inbox")).answer)
    await moderator.click(shown, "Back to the default")
    await alice.mention(BUS)
    assert BUS in read((await moderator.command("inbox")).answer)


async def test_members_are_spoken_to_in_the_language_of_their_server_alone(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    stranger = Member(discord, "alice", await discord.join("Elsewhere"))
    shown = await choose(moderator, "language")
    assert "Ich bin mir" in read(await alice.mention(QUESTION))
    assert "Dazu habe ich im Text nichts gefunden" in read(await alice.mention(BUS)) + read(
        (await alice.command("ask", question="zzzz qqqq xxxx")).answer
    )
    assert "Ich" not in read(await stranger.mention(QUESTION))
    assert "Ich" not in read(await Member(discord, "alice").ask(QUESTION))
    await moderator.click(shown, "Back to the default")
    assert "I am" in read(await alice.mention(QUESTION))


async def test_what_was_set_and_the_old_menus_outlive_a_restart(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    mia = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        unset = await card(mia)
        shown = {key: await choose(mia, key) for key in MENUS}
    async with running_bot(own_discord, tmp_path) as second:
        again = read(await card(mia))
        assert [after for _, _, after in MENUS.values() if after not in again] == []
        assert "Ich bin" not in read(await alice.mention(QUESTION))
        assert "Ada Hegerberg" not in read(await alice.mention(QUESTION))
        mia.may(Permission(0))
        refused = await mia.select(unset, "pq1:set-packs_off", [PACK])
        assert "That is for moderators" in read(refused.answer)
        mia.may(Permission.MANAGE_MESSAGES)
        back = await mia.click(shown["packs_off"], "Back to the default")
        assert f"Packs: {PACK} (the default)" in read(back.answer)
        assert "Ich bin mir" in read(await alice.mention(QUESTION))
        for key, (chosen, _, _) in MENUS.items():
            await mia.select(unset, f"pq1:set-{key}", chosen)
        assert read(await card(mia)) == again
        assert trouble(second.log) == []
