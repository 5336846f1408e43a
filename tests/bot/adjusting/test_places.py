"""Where members are answered, and where without asking the bot."""

from collections.abc import Sequence

import discord
import pytest
import simcord

from bot.render.escape import unescape
from knowledge.model import Setting
from knowledge.settings import AUTO_CHANNEL, CHANNELS
from tests.bot.adjusting.conftest import PASSWORD, QUESTION, WINNER, choose, keep, kept
from tests.bot.conftest import World, texts

REFUSED = pytest.mark.simcord(check_errors=False)
WITH_INTENT = pytest.mark.parametrize("reads_messages", [True])


@REFUSED
async def test_members_are_answered_in_the_chosen_channels_alone(
    world: World, other: simcord.ChannelHandle
) -> None:
    await keep(world, PASSWORD)
    await choose(world, CHANNELS, [other])
    assert (await kept(world)).channels == (other.id,)
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    assert world.last.author.id == world.alice.id
    for command, options in (("ask", {"question": QUESTION}), ("quote", {})):
        refused = await world.alice.slash(world.channel, command, **options)
        assert refused.ephemeral
        assert "Please ask in #elsewhere." in unescape(refused.response.content)
        answered = await world.alice.slash(other, command, **options)
        assert not answered.ephemeral
    await world.alice.send(other, f"{world.mention} {QUESTION}")
    assert "Swordfish" in texts(other.last_message)


async def test_direct_messages_are_answered_whatever_servers_set(
    world: World, other: simcord.ChannelHandle
) -> None:
    await keep(world, Setting(CHANNELS, str(other.id)))
    await world.alice.send_dm(WINNER)
    assert "Hegerberg" in texts(world.alice.user.dm_channel.last_message)


@REFUSED
async def test_nobody_is_told_the_name_of_a_channel_that_they_cannot_see(world: World) -> None:
    unseen = {world.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    hidden = world.guild.create_text_channel("hidden", overwrites=unseen)
    await keep(world, Setting(CHANNELS, str(hidden.id)))
    refused = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert refused.response.content.endswith("to answer in other channels.")


@REFUSED
async def test_of_many_channels_only_some_are_named(world: World) -> None:
    many = [world.guild.create_text_channel(f"c{number}") for number in range(9)]
    await keep(world, Setting(CHANNELS, " ".join(str(one.id) for one in many)))
    refused = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert unescape(refused.response.content).endswith("Please ask in #c0, #c1, #c2, #c3, #c4.")


async def answers(world: World, channel: simcord.ChannelHandle, text: str, **options: object) -> str:
    """Return what the bot says to a message in a channel; "" where it says nothing."""
    sent = await world.alice.send(channel, text, **options)
    return "" if channel.last_message.id == sent.id else texts(channel.last_message)


@WITH_INTENT
async def test_in_the_auto_answer_channel_sure_answers_are_given_unasked(
    world: World, other: simcord.ChannelHandle
) -> None:
    await keep(world, PASSWORD)
    await choose(world, AUTO_CHANNEL, [other])
    for asked in (QUESTION, QUESTION.rstrip("?"), f"hey, {QUESTION.lower()}"):
        assert "Swordfish" in await answers(world, other, asked)
    assert await answers(world, world.channel, QUESTION) == ""


NO_QUESTIONS: Sequence[str] = (
    "I love the watch party password",
    "hello?",
    "which bus goes from the harbour to the museum?",
    f"!{QUESTION}",
    f"/ask {QUESTION}",
)


@WITH_INTENT
async def test_all_else_there_is_left_alone_and_no_miss(world: World, other: simcord.ChannelHandle) -> None:
    await keep(world, PASSWORD, Setting(AUTO_CHANNEL, str(other.id)))
    assert [await answers(world, other, text) for text in NO_QUESTIONS] == [""] * len(NO_QUESTIONS)
    assert await answers(world, other, f"<@{world.bob.id}> {QUESTION}") == ""
    before = await world.bob.send(other, "I have it")
    assert await answers(world, other, QUESTION, reply_to=before) == ""
    assert await world.bot.library.misses(world.guild.id) == ()


@WITH_INTENT
async def test_the_auto_answer_channel_need_not_be_among_the_chosen_ones(
    world: World, other: simcord.ChannelHandle
) -> None:
    chosen = world.guild.create_text_channel("chosen")
    await keep(world, PASSWORD, Setting(CHANNELS, str(chosen.id)), Setting(AUTO_CHANNEL, str(other.id)))
    assert "Swordfish" in await answers(world, other, QUESTION)
    assert "Swordfish" in await answers(world, other, f"{world.mention} {QUESTION}")
    assert await answers(world, chosen, QUESTION) == ""
    assert "Swordfish" in await answers(world, chosen, f"{world.mention} {QUESTION}")
    assert await answers(world, world.channel, f"{world.mention} {QUESTION}") == ""


@WITH_INTENT
async def test_where_no_auto_answer_channel_was_chosen_nothing_is_answered_unasked(world: World) -> None:
    await keep(world, PASSWORD)
    assert await answers(world, world.channel, QUESTION) == ""


async def test_without_the_intent_no_message_is_answered_unasked(
    world: World, other: simcord.ChannelHandle
) -> None:
    await keep(world, PASSWORD, Setting(AUTO_CHANNEL, str(other.id)))
    assert await answers(world, other, QUESTION) == ""
