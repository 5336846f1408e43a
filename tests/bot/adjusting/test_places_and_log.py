"""Where members are answered, which packs are on, how long misses are kept, and the channel that is told of changes."""

import asyncio
from collections.abc import Sequence

import discord
import pytest
import simcord

from bot import adjusting, asking, curating, quoting
from bot.adjusting import log_channel
from bot.adjusting.log_channel import MOST, messages
from bot.client import Feature, PullquoteClient
from knowledge.library import Library
from knowledge.model import Author, Entry, Setting
from knowledge.owned import put
from knowledge.settings import AUTO_CHANNEL, CHANNELS, LOG_CHANNEL, PACKS_OFF, ServerSettings
from tests.bot.conftest import World, texts

QUESTION = "What is the password of the watch party?"
PASSWORD = Entry("password", (QUESTION, "watch party password"), "Swordfish.", author=Author(1, "Mia"))


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, quoting.install, curating.install, adjusting.install)


@pytest.fixture
def elsewhere(world: World) -> simcord.ChannelHandle:
    return world.guild.create_text_channel("elsewhere")


async def choose(world: World, name: str, values: Sequence[object]) -> simcord.InteractionResult:
    shown = await world.moderator.slash(world.channel, "pullquote settings")
    return await world.moderator.select(shown.response, values, custom_id=f"pq1:set-{name}")


async def kept(world: World) -> ServerSettings:
    return (await world.bot.library.base(world.guild.id)).settings


async def test_every_setting_stands_on_the_card_with_what_holds(world: World) -> None:
    shown = texts((await world.moderator.slash(world.channel, "pullquote settings")).response)
    for told in (
        "Channels: all** (the default)",
        "Auto-answer channel: none** (the default)",
        "This does nothing yet",
        "Log channel: none** (the default)",
        "Unanswered questions are kept: 30 days** (the default)",
        "Packs: ",
    ):
        assert told in shown


async def test_packs_are_turned_off_and_on(world: World) -> None:
    asked = "Who won the first women's Ballon d'Or?"
    assert "Hegerberg" in texts((await world.alice.slash(world.channel, "ask", question=asked)).response)
    await choose(world, "packs-off", [])
    assert (await kept(world)).packs_off == {pack.name for pack in world.bot.library.packs}
    assert "Hegerberg" not in texts((await world.alice.slash(world.channel, "ask", question=asked)).response)
    assert (await world.bot.library.base(None)).answer is not None
    await choose(world, "packs-off", ["0"])
    assert "Hegerberg" in texts((await world.alice.slash(world.channel, "ask", question=asked)).response)


async def test_how_long_misses_are_kept(world: World) -> None:
    card = await choose(world, "misses-days", ["0"])
    assert (await kept(world)).misses_days == 0
    assert card is not None


async def test_members_are_answered_in_the_chosen_channels_alone(
    world: World, elsewhere: simcord.ChannelHandle
) -> None:
    await world.bot.library.save(world.guild.id, [PASSWORD])
    await choose(world, "channels", [elsewhere])
    assert (await kept(world)).channels == (elsewhere.id,)
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    assert world.last.author.id == world.alice.id
    refused = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert refused.response.ephemeral
    assert "Please ask in \\#elsewhere" in refused.response.content
    quoted = await world.alice.slash(world.channel, "quote")
    assert "other channels" in quoted.response.content
    assert len(world.env.errors) == 2
    answered = await world.alice.slash(elsewhere, "ask", question=QUESTION)
    assert "Swordfish" in texts(answered.response)
    await world.alice.send(elsewhere, f"{world.mention} {QUESTION}")
    assert "Swordfish" in texts(elsewhere.last_message)
    await world.alice.send_dm("Who won the first women's Ballon d'Or?")
    assert "Hegerberg" in texts(world.alice.user.dm_channel.last_message)


class TestAutoAnswers:
    @pytest.fixture
    def simcord_bot(self, library: Library, features: Sequence[Feature]) -> PullquoteClient:
        return PullquoteClient(library, features, shard_count=1, message_content=True)

    async def test_what_is_sure_is_answered_without_being_asked_for(
        self, world: World, elsewhere: simcord.ChannelHandle
    ) -> None:
        await world.bot.library.save(world.guild.id, [PASSWORD])
        await choose(world, "auto-channel", [world.channel])
        assert (await kept(world)).auto_channel == world.channel.id
        await world.alice.send(world.channel, QUESTION)
        assert "Swordfish" in texts(world.last)
        for text in ("I like trains", "hello", "which bus goes to the museum?"):
            await world.bob.send(world.channel, text)
            assert world.last.author.id == world.bob.id
        await world.alice.send(elsewhere, QUESTION)
        assert elsewhere.last_message.author.id == world.alice.id
        assert await world.bot.library.misses(world.guild.id) == ()

    async def test_the_card_says_that_the_bot_has_the_intent(self, world: World) -> None:
        shown = texts((await world.moderator.slash(world.channel, "pullquote settings")).response)
        assert "I have the Message Content intent" in shown


async def test_without_the_intent_no_message_is_answered_unasked(world: World) -> None:
    await world.bot.library.save(world.guild.id, [PASSWORD])
    await choose(world, "auto-channel", [world.channel])
    await world.alice.send(world.channel, QUESTION)
    assert world.last.author.id == world.alice.id


async def test_the_log_channel_gets_a_line_for_each_change(
    world: World, elsewhere: simcord.ChannelHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_channel, "GATHER_SECONDS", 0.3)
    await choose(world, "log-channel", [elsewhere])
    await world.bot.library.save(world.guild.id, [PASSWORD], Author(5, "@everyone Mia"))
    await world.bot.library.remove(world.guild.id, "password", Author(5, "Mia"))
    for _ in range(200):
        if elsewhere.last_message and "removed" in elsewhere.last_message.content:
            break
        await asyncio.sleep(0.01)
    told = elsewhere.last_message.content
    assert "added the entry **password**" in told
    assert "removed the entry **password**" in told
    assert "\\@everyone" in told
    assert not elsewhere.last_message.mention_everyone


async def test_a_log_channel_where_the_bot_may_not_write_is_refused(world: World) -> None:
    nobody = discord.PermissionOverwrite(send_messages=False)
    closed = world.guild.create_text_channel("closed", overwrites={world.guild.default_role: nobody})
    refused = await choose(world, "log-channel", [closed])
    assert "I may not write in" in refused.response.content
    assert (await kept(world)).log_channel is None


async def test_a_log_channel_that_is_gone_hinders_no_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_channel, "GATHER_SECONDS", 0.01)
    await world.bot.library.change(world.guild.id, [put(Setting(LOG_CHANNEL, "12345"))])
    await world.bot.library.save(world.guild.id, [PASSWORD])
    await asyncio.sleep(0.1)
    assert (await world.bot.library.base(world.guild.id)).own == (PASSWORD,)


def test_many_changes_make_few_messages_each_within_the_limit() -> None:
    made = messages([f"line {n} {'x' * 300}" for n in range(150)])
    assert all(len(text) <= MOST for text in made)
    assert "50 more changes" in made[-1]
    assert messages([]) == []


def test_settings_that_make_no_sense_count_as_not_set() -> None:
    broken = ServerSettings(tuple(Setting(key, "x y") for key in (CHANNELS, AUTO_CHANNEL, LOG_CHANNEL)))
    assert (broken.channels, broken.auto_channel, broken.log_channel) == ((), None, None)
    assert ServerSettings((Setting(PACKS_OFF, ""),)).packs_off == frozenset()


@pytest.mark.parametrize("name", ["packs-off", "misses-days"])
async def test_menus_are_refused_once_the_role_was_taken_away(world: World, name: str) -> None:
    shown = await world.moderator.slash(world.channel, "pullquote settings")
    world.dismiss_moderator()
    refused = await world.moderator.select(shown.response, ["0"], custom_id=f"pq1:set-{name}")
    assert "for moderators" in refused.response.content
    assert (await kept(world)).kept == ()
