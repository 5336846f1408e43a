"""How misses and votes are kept, whichever the database: counted, aged, and never of another server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.model import AnswerSource, Ended, Miss, SourceKind, Votes
from knowledge.storage import Store, open_store
from knowledge.storage.interface import MOST_WAITING

SERVER, OTHER = 1_100_000_000_000_000_001, 1_100_000_000_000_000_002
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TALL = Miss("How tall is she?", Ended.UNKNOWN, 1, NOON, NOON)
WINNER = AnswerSource(SourceKind.ENTRY, "first:winner")


def later(miss: Miss, **changes: object) -> Miss:
    return replace(miss, first=miss.first + DAY, last=miss.last + DAY, **changes)  # type: ignore[arg-type]


async def test_the_same_question_is_counted_however_it_is_written(store: Store) -> None:
    await store.misses.add(SERVER, [TALL])
    await store.misses.add(SERVER, [later(TALL, question="how TALL, is she", times=3)])
    assert await store.misses.waiting(SERVER) == (replace(TALL, times=4, last=NOON + DAY),)


async def test_misses_that_ended_otherwise_are_apart_and_the_latest_is_first(store: Store) -> None:
    unhelpful = later(TALL, ended=Ended.NOT_HELPFUL, source=WINNER)
    other = replace(TALL, question="What is her dog called?", first=NOON - DAY, last=NOON - DAY)
    await store.misses.add(SERVER, [TALL, other, unhelpful])
    assert await store.misses.waiting(SERVER) == (unhelpful, TALL, other)


async def test_of_a_flood_of_misses_the_latest_are_read(store: Store) -> None:
    flood = [
        replace(TALL, question=f"question {number}", last=NOON + timedelta(seconds=number))
        for number in range(MOST_WAITING + 2)
    ]
    await store.misses.add(SERVER, flood)
    waiting = await store.misses.waiting(SERVER)
    assert len(waiting) == MOST_WAITING
    assert (waiting[0], waiting[-1]) == (flood[-1], flood[2])


async def test_a_question_without_words_or_with_a_character_that_no_database_keeps_does_no_harm(
    store: Store,
) -> None:
    await store.misses.add(SERVER, [replace(TALL, question=text) for text in ("???", "nul\0", "half \ud83d")])
    assert [miss.question for miss in await store.misses.waiting(SERVER)] == ["???"]


async def test_a_dismissed_miss_waits_no_more_until_it_is_put_back_or_asked_again(store: Store) -> None:
    other = replace(TALL, question="What is her dog called?")
    await store.misses.add(SERVER, [TALL, other])
    await store.misses.dismiss(SERVER, [TALL], NOON)
    assert await store.misses.waiting(SERVER) == (other,)
    await store.misses.dismiss(SERVER, [other], NOON + DAY)
    assert await store.misses.put_back(OTHER, NOON) == 0
    assert await store.misses.put_back(SERVER, NOON) == 1
    assert await store.misses.waiting(SERVER) == (TALL,)
    await store.misses.add(SERVER, [later(other)])
    assert sorted(miss.times for miss in await store.misses.waiting(SERVER)) == [1, 2]


async def test_what_is_old_is_deleted_and_counted_and_nothing_of_other_servers(store: Store) -> None:
    for server in (SERVER, OTHER):
        await store.misses.add(server, [TALL, later(TALL, question="What is her dog called?")])
    assert set(await store.misses.servers()) == {SERVER, OTHER}
    assert await store.misses.forget(SERVER, NOON + timedelta(seconds=1)) == 1
    assert [miss.question for miss in await store.misses.waiting(SERVER)] == ["What is her dog called?"]
    assert len(await store.misses.waiting(OTHER)) == 2
    assert await store.misses.forget(SERVER, NOON + 2 * DAY) == 1
    assert await store.misses.servers() == (OTHER,)


async def test_a_person_votes_once_for_an_answer(store: Store) -> None:
    assert await store.misses.vote(SERVER, WINNER, "a", helpful=True, at=NOON)
    assert not await store.misses.vote(SERVER, WINNER, "a", helpful=False, at=NOON)
    assert await store.misses.vote(SERVER, WINNER, "b", helpful=False, at=NOON)
    assert await store.misses.vote(SERVER, WINNER, "c", helpful=True, at=NOON)
    assert await store.misses.votes(SERVER) == {WINNER: Votes(2, 1)}


async def test_who_voted_is_forgotten_and_the_counts_stay(store: Store) -> None:
    await store.misses.vote(SERVER, WINNER, "a", helpful=True, at=NOON)
    assert await store.misses.servers() == (SERVER,)
    await store.misses.forget(SERVER, NOON + DAY)
    assert await store.misses.servers() == ()
    assert await store.misses.votes(SERVER) == {WINNER: Votes(1, 0)}


async def test_two_servers_never_see_each_others(store: Store) -> None:
    await store.misses.add(SERVER, [TALL])
    await store.misses.vote(SERVER, WINNER, "a", helpful=True, at=NOON)
    assert await store.misses.waiting(OTHER) == ()
    assert await store.misses.votes(OTHER) == {}
    assert await store.misses.vote(OTHER, WINNER, "a", helpful=False, at=NOON)
    await store.misses.dismiss(OTHER, [TALL], NOON)
    assert await store.misses.waiting(SERVER) == (TALL,)


async def test_everything_is_there_after_reopening(url: str) -> None:
    first = await open_store(url)
    await first.misses.add(SERVER, [TALL])
    await first.close()
    second = await open_store(url)
    assert await second.misses.waiting(SERVER) == (TALL,)
    await second.close()
