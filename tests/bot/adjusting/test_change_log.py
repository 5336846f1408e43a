"""The log channel: one line for each change, in few messages, and never in the way of a change."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import discord
import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st

from bot import sending
from bot.adjusting.change_log import MAX_MESSAGE, MOST_TOLD, messages
from bot.render.escape import unescape
from knowledge.model import Alias, Author, Entry, Setting
from knowledge.owned import Change, Item, Kind, put
from knowledge.settings import LOG_CHANNEL
from tests.bot.adjusting.conftest import MIA, PASSWORD, choose, keep
from tests.bot.conftest import World

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
FEW = Alias("wk", "wifi key", MIA)
OTHER = Alias("wc", "world cup", MIA)


@pytest.fixture(autouse=True)
def _sent_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.0, 0.0))


async def lines(world: World, channel: simcord.ChannelHandle, count: int) -> list[str]:
    """Return the lines in a channel, as soon as there are so many."""
    async with asyncio.timeout(5):
        while len(found := "\n".join(told(world, channel)).splitlines()) < count:  # noqa: ASYNC110  it comes from a task of its own
            await asyncio.sleep(0.01)
    return found


def told(world: World, channel: simcord.ChannelHandle) -> Sequence[str]:
    return [m.content for m in channel.history() if m.author.id == world.bot.user.id]


def change(number: int, *items: Item, author: Author | None = MIA) -> Change:
    return Change(number, AT, author, items, len(items))


def added(alias: Alias) -> Item:
    return Item(Kind.ALIAS, alias.alias, None, alias)


async def test_a_change_is_told_with_its_time_who_made_it_and_its_number(
    world: World, other: simcord.ChannelHandle
) -> None:
    await choose(world, LOG_CHANNEL, [other])
    [first] = await lines(world, other, 1)
    assert first.startswith("<t:")
    assert f"**{world.moderator.name}** set **log channel** to <#{other.id}>" in first
    assert first.endswith("(change 1)")


async def test_changes_that_come_at_once_are_one_message_of_a_line_each(
    world: World, other: simcord.ChannelHandle
) -> None:
    await keep(world, Setting(LOG_CHANNEL, str(other.id)))
    await lines(world, other, 1)
    [tell] = world.bot.library.listeners
    for number, alias in ((7, FEW), (8, OTHER)):
        tell(world.guild.id, change(number, added(alias)))
    assert [line.split("** ", 1)[1] for line in (await lines(world, other, 3))[1:]] == [
        "added the alias **wk**, for wifi key (change 7)",
        "added the alias **wc**, for world cup (change 8)",
    ]
    assert len(told(world, other)) == 2


async def test_a_change_made_while_others_are_being_told_is_told_next(
    world: World, other: simcord.ChannelHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(world, Setting(LOG_CHANNEL, str(other.id)))
    await lines(world, other, 1)
    is_sending, may_go_on = asyncio.Event(), asyncio.Event()
    send = discord.abc.Messageable.send

    async def slowly(*args: object, **options: object) -> discord.Message:
        is_sending.set()
        await may_go_on.wait()
        return await send(*args, **options)

    monkeypatch.setattr(discord.abc.Messageable, "send", slowly)
    await keep(world, FEW)
    await asyncio.wait_for(is_sending.wait(), 5)
    await keep(world, OTHER)
    may_go_on.set()
    assert ["wk" in line or "wc" in line for line in await lines(world, other, 3)] == [False, True, True]


async def test_what_people_wrote_neither_pings_nor_formats(
    world: World, other: simcord.ChannelHandle
) -> None:
    await keep(world, Setting(LOG_CHANNEL, str(other.id)))
    hostile = Entry("@everyone", ("# <@1> **x**",), "[a](https://b.example)", author=MIA)
    await world.bot.library.change(world.guild.id, [put(hostile)], Author(5, "@here ||Mia||\n# Big"))
    line = (await lines(world, other, 2))[1]
    assert "\\@here \\|\\|Mia\\|\\| \\# Big" in line
    assert "\\@everyone" in line
    sent = other.last_message
    assert (sent.mention_everyone, sent.mentions, sent.role_mentions) == (False, [], [])
    assert sent.flags.suppress_embeds


@pytest.mark.parametrize("status", [403, 404, 500, 503])
async def test_a_log_that_cannot_be_told_neither_loses_nor_delays_the_change(
    world: World, other: simcord.ChannelHandle, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = asyncio.Event()

    async def fails(*_args: object, **_options: object) -> None:
        failed.set()
        response = type("Response", (), {"status": status, "reason": "", "headers": {}})()
        raise discord.HTTPException(response, "no")

    await keep(world, Setting(LOG_CHANNEL, str(other.id)))
    await lines(world, other, 1)
    with monkeypatch.context() as patched:
        patched.setattr(discord.abc.Messageable, "send", fails)
        await keep(world, FEW)
        assert (await world.bot.library.base(world.guild.id)).aliases == (FEW,)
        await asyncio.wait_for(failed.wait(), 5)
    await keep(world, OTHER)
    assert "wc" in (await lines(world, other, 2))[1]


async def test_nothing_is_told_in_a_channel_of_another_server(world: World) -> None:
    theirs = world.env.create_guild().create_text_channel("theirs")
    await keep(world, Setting(LOG_CHANNEL, str(theirs.id)), PASSWORD)
    await asyncio.sleep(0.2)
    assert told(world, theirs) == []
    assert (await world.bot.library.base(world.guild.id)).own == (PASSWORD,)


async def test_a_server_without_a_log_channel_is_told_nothing(
    world: World, other: simcord.ChannelHandle
) -> None:
    await keep(world, PASSWORD)
    await asyncio.sleep(0.2)
    assert [*told(world, other), *told(world, world.channel)] == []


def test_of_very_many_changes_the_first_are_told_and_the_others_counted() -> None:
    many = [change(number, added(FEW)) for number in range(1, 1051)]
    text = "\n".join(messages(many))
    assert text.count("added the alias **wk**") == MOST_TOLD
    assert text.splitlines()[-1] == "… and 950 more changes: see /qa history"
    assert list(messages([])) == []


@given(
    st.lists(
        st.builds(
            Alias, st.text(min_size=1), st.text(max_size=300), st.builds(Author, st.integers(1), st.text())
        ),
        min_size=1,
        max_size=30,
    )
)
def test_each_change_is_one_line_in_as_few_messages_as_hold_them(aliases: list[Alias]) -> None:
    made = list(messages([change(n, *[added(one)] * 3, author=one.author) for n, one in enumerate(aliases)]))
    assert all(0 < len(text) <= MAX_MESSAGE for text in made)
    told_lines = "\n".join(made).split("\n")
    assert [unescape(line).rsplit(" ", 1)[1] for line in told_lines] == [f"{n})" for n in range(len(aliases))]
    assert all(len(a) + 1 + len(b.split("\n", 1)[0]) > MAX_MESSAGE for a, b in pairwise(made))
