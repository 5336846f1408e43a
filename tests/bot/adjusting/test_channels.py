"""The settings that are channels: what can be chosen, and what the card says where the bot cannot use them."""

import discord
import pytest
import simcord

from bot.adjusting.channels import HAS_INTENT, NO_INTENT
from bot.adjusting.kinds import NoChoiceError
from bot.adjusting.reach import GONE, hindrance
from bot.adjusting.sections import SECTIONS
from bot.adjusting.situation import Situation
from knowledge.model import Setting
from knowledge.settings import AUTO_CHANNEL, CHANNELS, LOG_CHANNEL, ServerSettings
from tests.bot.adjusting.conftest import card_text, choose, keep, kept, shown
from tests.bot.conftest import World, texts

REFUSED = pytest.mark.simcord(check_errors=False)
WITH_INTENT = pytest.mark.parametrize("reads_messages", [True])


def closed(world: World, name: str, **denied: bool) -> simcord.ChannelHandle:
    """Make a channel in which all but the moderators are denied something, and so is the bot."""
    allowed = dict.fromkeys(denied, True)
    overwrites = {
        world.guild.default_role: discord.PermissionOverwrite(**denied),
        world.guild.roles["Moderators"]: discord.PermissionOverwrite(**allowed),
    }
    return world.guild.create_text_channel(name, overwrites=overwrites)


async def test_without_the_intent_the_auto_answer_channel_says_so_and_cannot_be_chosen(world: World) -> None:
    assert NO_INTENT in texts((await shown(world)).response)
    with pytest.raises(simcord.SetupError, match="disabled"):
        await choose(world, AUTO_CHANNEL, [world.channel])
    now = Situation(ServerSettings(), guild=world.bot.get_guild(world.guild.id))
    with pytest.raises(NoChoiceError, match="I need the Message Content intent"):
        SECTIONS[AUTO_CHANNEL].chosen([str(world.channel.id)], now)  # with a card from before


@WITH_INTENT
async def test_with_the_intent_the_auto_answer_channel_says_so(
    world: World, other: simcord.ChannelHandle
) -> None:
    assert HAS_INTENT in texts((await shown(world)).response)
    await choose(world, AUTO_CHANNEL, [other])
    assert (await kept(world)).auto_channel == other.id
    card = texts((await shown(world)).response)
    assert f"**Auto-answer channel: <#{other.id}>** (set by {world.moderator.name})" in card


@REFUSED
@WITH_INTENT
@pytest.mark.parametrize("key", [AUTO_CHANNEL, LOG_CHANNEL])
@pytest.mark.parametrize(
    ("denied", "permission"), [("view_channel", "View Channel"), ("send_messages", "Send Messages")]
)
async def test_a_channel_that_the_bot_cannot_use_is_refused_with_what_it_needs(
    world: World, key: str, denied: str, permission: str
) -> None:
    refused = await choose(world, key, [closed(world, "closed", **{denied: False})])
    assert refused.followups[0].content == f"Nothing is changed. I need the permission {permission} there."
    assert (await kept(world)).kept == ()


@REFUSED
@WITH_INTENT
async def test_answers_need_the_messages_before_them_and_the_log_does_not(world: World) -> None:
    place = closed(world, "forgetful", read_message_history=False)
    refused = await choose(world, AUTO_CHANNEL, [place])
    assert "Read Message History" in refused.followups[0].content
    await choose(world, LOG_CHANNEL, [place])
    assert (await kept(world)).log_channel == place.id


async def test_where_members_are_answered_may_be_channels_that_the_bot_cannot_use_yet(
    world: World, other: simcord.ChannelHandle
) -> None:
    mute, dark = closed(world, "mute", send_messages=False), closed(world, "dark", view_channel=False)
    await choose(world, CHANNELS, [other, mute, dark])
    assert set((await kept(world)).channels) == {other.id, mute.id, dark.id}
    card = texts((await shown(world)).response)
    assert f"<#{mute.id}>: I need the permission Send Messages there." in card
    assert f"<#{dark.id}>: I need the permission View Channel there." in card
    assert f"<#{other.id}>: " not in card


@WITH_INTENT
@pytest.mark.parametrize("key", [CHANNELS, AUTO_CHANNEL, LOG_CHANNEL])
async def test_a_channel_that_was_deleted_since_is_told_and_mended_by_choosing_another(
    world: World, other: simcord.ChannelHandle, key: str
) -> None:
    await choose(world, key, [other])
    world.env.backend.delete_channel(other.id)
    await world.env.settle()

    card = (await shown(world)).response
    assert f"<#{other.id}>: {GONE}" in texts(card)

    await world.moderator.select(card, [world.channel], custom_id=f"pq1:set-{key}")
    assert GONE not in texts(card)
    assert f"<#{world.channel.id}>** (set by" in texts(card)


@pytest.mark.parametrize("key", [CHANNELS, LOG_CHANNEL])
async def test_no_channel_chosen_is_the_default_again(
    world: World, other: simcord.ChannelHandle, key: str
) -> None:
    await choose(world, key, [other])
    await choose(world, key, [])
    assert (await kept(world)).kept == ()


async def test_a_channel_of_another_server_counts_as_not_there(world: World) -> None:
    theirs = world.env.create_guild().create_text_channel("theirs")
    await keep(world, Setting(LOG_CHANNEL, str(theirs.id)))
    assert f"<#{theirs.id}>: {GONE}" in texts((await shown(world)).response)


def test_channels_with_the_same_trouble_are_told_together() -> None:
    assert f"<#11>, <#12>: {GONE}" in card_text(Setting(CHANNELS, "11 12"))


async def test_posts_of_a_forum_need_a_permission_of_their_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum, guild = world.guild.create_forum_channel("forum"), world.bot.get_guild(world.guild.id)
    await world.env.settle()
    assert hindrance(guild, forum.id, replying=True) == ""
    may = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
    monkeypatch.setattr(discord.ForumChannel, "permissions_for", lambda _channel, _bot: may)
    assert (
        hindrance(guild, forum.id, replying=True) == "I need the permission Send Messages in Threads there."
    )


def test_what_the_bot_is_not_on_is_not_there() -> None:
    assert hindrance(None, 5, replying=False) == GONE
