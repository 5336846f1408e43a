"""The card of settings: what holds, what is a default, a menu for each, and a way back to the default."""

import discord
import pytest
import simcord

from bot.adjusting.sections import SECTIONS
from bot.adjusting.settings_card import settings_card
from bot.adjusting.situation import Situation
from bot.components import MAX_TEXT
from knowledge.model import Author, Setting
from knowledge.settings import (
    AUTO_CHANNEL,
    CHANNELS,
    LANGUAGE,
    LOG_CHANNEL,
    MISSES_DAYS,
    PACKS_OFF,
    STRICTNESS,
    ServerSettings,
)
from tests.bot.adjusting.conftest import MIA, WINNER, card_text, choose, keep, kept, shown
from tests.bot.conftest import World, buttons, texts

REFUSED = pytest.mark.simcord(check_errors=False)
SET = {
    PACKS_OFF: "The first women's Ballon d'Or",
    STRICTNESS: "eager",
    CHANNELS: "5",
    AUTO_CHANNEL: "5",
    LOG_CHANNEL: "5",
    MISSES_DAYS: "7",
    LANGUAGE: "de",
}


async def test_every_setting_stands_on_the_card_with_what_holds(world: World) -> None:
    card = (await shown(world)).response
    for line in (
        "**Packs: The first women's Ballon d'Or** (the default)",
        "**Strictness: balanced** (the default)",
        "**Channels: all** (the default)",
        "**Auto-answer channel: none** (the default)",
        "**Log channel: none** (the default)",
        "**Unanswered questions are kept: 30 days** (the default)",
        "**Language: English** (the default)",
    ):
        assert line in texts(card)
    assert buttons(card) == {}


def test_no_setting_is_left_out_of_these_tests() -> None:
    assert set(SET) == set(SECTIONS)


@pytest.mark.parametrize("key", SECTIONS)
async def test_each_setting_has_a_way_back_to_the_default(world: World, key: str) -> None:
    before = texts((await shown(world)).response)
    await keep(world, Setting(key, SET[key], MIA))
    card = (await shown(world)).response
    assert f"**{SECTIONS[key].title}: " in texts(card)
    assert texts(card).count("(the default)") == len(SECTIONS) - 1
    assert texts(card).count("(set by Mia)") == 1
    assert buttons(card)["Back to the default"]["custom_id"] == f"pq1:reset-{key}"

    await world.moderator.click(card, custom_id=f"pq1:reset-{key}")

    assert (await kept(world)).kept == ()
    assert texts(card) == before
    assert buttons(card) == {}
    last, *_ = await world.bot.library.store.history(world.guild.id)
    assert (last.author.id, last.items[0].after) == (world.moderator.id, None)


@pytest.mark.parametrize("key", SECTIONS)
async def test_a_menu_tells_which_of_its_values_is_the_default(world: World, key: str) -> None:
    menus = {}
    for row in (await shown(world)).response.components:
        raw = row if isinstance(row, dict) else row.to_dict()
        menus |= {part.get("custom_id"): part for part in raw.get("components") or ()}
    menu = menus[f"pq1:set-{key}"]
    marked = [one["label"] for one in menu.get("options", ()) if "(the default)" in one["label"]]
    usual = {STRICTNESS: ["balanced"], MISSES_DAYS: ["30 days"], LANGUAGE: ["English"]}
    assert marked == [f"{label} (the default)" for label in usual.get(key, ())]


@REFUSED
@pytest.mark.parametrize("key", SECTIONS)
async def test_menus_and_ways_back_are_closed_to_whoever_lost_the_role(world: World, key: str) -> None:
    await keep(world, Setting(key, SET[key], MIA))
    before = (await kept(world)).kept
    card = (await shown(world)).response
    world.dismiss_moderator()
    back = await world.moderator.click(card, custom_id=f"pq1:reset-{key}")
    assert "for moderators" in back.response.content
    if key != AUTO_CHANNEL:  # without the intent its menu cannot be used at all
        value = (
            world.channel
            if "channel" in key
            else {PACKS_OFF: "The first women's Ballon d'Or"}.get(key, SET[key])
        )
        chosen = await world.moderator.select(card, [value], custom_id=f"pq1:set-{key}")
        assert "for moderators" in chosen.response.content
    assert (await kept(world)).kept == before


async def test_a_way_back_that_somebody_else_has_gone_already_changes_nothing(world: World) -> None:
    await keep(world, Setting(MISSES_DAYS, "7", MIA))
    first, second = [(await shown(world)).response for _ in range(2)]
    for card in (first, second):
        await world.moderator.click(card, custom_id=f"pq1:reset-{MISSES_DAYS}")
        assert "**Unanswered questions are kept: 30 days** (the default)" in texts(card)
    assert len(await world.bot.library.store.history(world.guild.id)) == 2


async def test_the_way_back_works_after_a_restart(world: World) -> None:
    await keep(world, Setting(MISSES_DAYS, "7", MIA))
    card = (await shown(world)).response
    await world.restart()
    await world.moderator.click(card, custom_id=f"pq1:reset-{MISSES_DAYS}")
    assert (await kept(world)).misses_days == 30


async def test_packs_are_turned_off_and_on(world: World) -> None:
    async def says() -> str:
        return texts((await world.alice.slash(world.channel, "ask", question=WINNER)).response)

    assert "Hegerberg" in await says()
    await choose(world, PACKS_OFF, [])
    card = texts((await shown(world)).response)
    assert "**Packs: none** (set by" in card
    assert "from what this server's moderators taught me, and from nothing else" in card
    assert "Hegerberg" not in await says()
    assert (await world.bot.library.base(None)).answer is not None
    await choose(world, PACKS_OFF, ["The first women's Ballon d'Or"])
    assert (await kept(world)).kept == ()
    assert "Hegerberg" in await says()


@pytest.mark.parametrize(("days", "line"), [("0", "not at all"), ("90", "90 days"), ("30", "30 days")])
async def test_how_long_misses_are_kept(world: World, days: str, line: str) -> None:
    await choose(world, MISSES_DAYS, [days])
    assert (await kept(world)).misses_days == int(days)
    assert f"**Unanswered questions are kept: {line}** (set by" in texts((await shown(world)).response)


def test_packs_that_the_menu_has_no_room_for_are_counted_and_stay_as_they_are() -> None:
    packs = tuple(f"pack {number:02}" for number in range(27))
    assert "no room for 2 more" in card_text(packs=packs)
    situation = Situation(ServerSettings((Setting(PACKS_OFF, "pack 01\npack 26\nnot here now"),)), packs)
    section = SECTIONS[PACKS_OFF]
    assert section.chosen([*packs[:25]], situation) == "not here now\npack 26"
    assert section.chosen([*packs[1:25]], situation) == "not here now\npack 00\npack 26"


def test_where_there_are_no_packs_the_menu_cannot_be_used() -> None:
    assert SECTIONS[PACKS_OFF].menu(Situation(ServerSettings()), "pq1:set-packs_off").disabled


def test_the_fullest_card_is_within_discords_limits() -> None:
    author = Author(7, "*" * 100)
    values = {
        **SET,
        PACKS_OFF: "pack 1",
        CHANNELS: " ".join(str(2**64 - 1 - number) for number in range(25)),
        AUTO_CHANNEL: str(2**64 - 1),
        LOG_CHANNEL: str(2**64 - 1),
    }
    settings = ServerSettings(tuple(Setting(key, value, author) for key, value in values.items()))
    packs = tuple(f"{'*' * 100} {number}" for number in range(30))
    card = settings_card(Situation(settings, packs))
    assert card.total_children_count <= 40
    assert len(buttons_on(card)) == len(SECTIONS)
    assert card.content_length() <= MAX_TEXT


def buttons_on(card: discord.ui.LayoutView) -> list[discord.ui.Item]:
    return [part for part in card.walk_children() if part.type is discord.ComponentType.button]


def test_what_a_pack_is_called_cannot_format() -> None:
    assert "**Packs: \\*\\*A\\*\\*, \\<\\@1\\>** (the default)" in card_text(packs=("**A**", "<@1>"))


async def test_the_command_and_the_menu_say_the_same(world: World) -> None:
    direct = await world.moderator.slash(world.channel, "pullquote settings", strictness="eager")
    again: simcord.InteractionResult = await shown(world)
    assert texts(direct.response) == texts(again.response)
