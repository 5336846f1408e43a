import asyncio

import discord
import pytest

from bot.client import GoingDownError, PullquoteClient
from knowledge.library import Library


@pytest.fixture
def client(packs_alone: Library) -> PullquoteClient:
    return PullquoteClient(packs_alone, ())


def test_no_privileged_intent_is_asked_for_and_nothing_is_cached(client: PullquoteClient) -> None:
    assert client.intents.value == discord.Intents(guilds=True, guild_messages=True, dm_messages=True).value
    assert not client.intents.message_content
    state = client._connection  # noqa: SLF001  where discord.py keeps them
    assert state.max_messages is None
    assert state.member_cache_flags == discord.MemberCacheFlags.none()
    assert client.allowed_mentions.to_dict() == {"parse": []}


def test_shards_are_the_librarys_choice_unless_they_are_set(packs_alone: Library) -> None:
    assert PullquoteClient(packs_alone, ()).shard_count is None
    client = PullquoteClient(packs_alone, (), shard_count=4, shard_ids=(1, 2))
    assert (client.shard_count, client.shard_ids) == (4, [1, 2])


async def test_closed_nothing_goes_on_in_the_background() -> None:
    library = Library(())
    async with PullquoteClient(library, ()):
        library.foresight.prepare(1)
    assert library.foresight.servers == ()


async def test_work_in_flight_is_waited_for(client: PullquoteClient) -> None:
    may_end, ended = asyncio.Event(), []

    async def work() -> None:
        client.admit()
        await may_end.wait()
        ended.append(True)

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    finishing = asyncio.create_task(client.finish(10))
    await asyncio.sleep(0)
    with pytest.raises(GoingDownError):
        client.admit()
    may_end.set()
    assert await finishing == 0
    assert ended == [True]
    await task


async def test_work_that_takes_too_long_is_counted_and_left(client: PullquoteClient) -> None:
    async def work() -> None:
        client.admit()
        await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    assert await client.finish(0) == 1
    task.cancel()


async def test_work_that_is_done_is_forgotten(client: PullquoteClient) -> None:
    async def work() -> None:
        client.admit()
        client.admit()

    await asyncio.create_task(work())
    await asyncio.sleep(0)
    assert await client.finish(0) == 0
