"""What effects are foreseen by: made in the background, true to every change, and let go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.answering import Base
from knowledge.effect import Foreseen, Foresight, StoppedError, Turn, known, try_entry
from knowledge.effect.keeping import TooManyError
from knowledge.effect.memory import Memory
from knowledge.effect.said import Said, said
from knowledge.library import Library
from knowledge.model import Entry, Graded, Miss, Question
from knowledge.owned import put
from knowledge.storage import open_store
from tests.knowledge.bases import PACK, entry, gap
from tests.knowledge.generated import entries, misses
from tests.knowledge.inbox.misses import miss

SERVER, OTHER = 7, 8
CAKE = entry("cake", ("Is there cake in the library?", "do they sell cake"), "On Sundays.")
ASKED = miss("is there any cake in the library")
uncited = entries.map(lambda one: replace(one, citations=()))
"""Entries that quote nothing: what a story may be quoted would soon be used up."""


@asynccontextmanager
async def library_in(folder: Path, **bounds: float) -> AsyncIterator[Library]:
    library = Library([PACK], await open_store(f"sqlite:///{folder / 'kept.db'}"))
    library.foresight = Foresight(library, **{"rest": 0, **bounds})  # type: ignore[arg-type]
    yield library
    await library.close()


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with library_in(tmp_path) as library:
        yield library


async def foreseen_on(library: Library, entry: Entry = CAKE, server: int = SERVER) -> Foreseen:
    tried = try_entry(await library.base(server), entry)
    return await library.foresight.foresee(server, tried)


async def everything(library: Library) -> dict[str, Said]:
    """Ask a server all that it knows."""
    base = await library.base(SERVER)
    asked = known(base, await library.graded(SERVER), await library.misses(SERVER))
    return {one.text: said(base.answer(Question(one.text))) for one in asked}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Base]:
    """The bases of which memories were made."""
    bases: list[Base] = []
    remember = Memory.__init__

    def noted(self: Memory, base: Base, *more: object) -> None:
        bases.append(base)
        remember(self, base, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Memory, "__init__", noted)
    return bases


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(uncited, max_size=4), misses, st.lists(uncited, min_size=1, max_size=3))
async def test_what_was_previewed_is_what_changes_when_it_is_saved(
    tmp_path_factory: pytest.TempPathFactory, had: list[Entry], missed: list[Miss], added: list[Entry]
) -> None:
    async with library_in(tmp_path_factory.mktemp("kept")) as library:
        await library.save(SERVER, {one.id: one for one in had}.values())
        await library.writable().misses.add(SERVER, missed)
        for one in added:
            foreseen = await foreseen_on(library, one)
            before, old = await everything(library), await library.base(SERVER)
            await library.save(SERVER, [one])
            after, new = await everything(library), await library.base(SERVER)
            asked = (before | after).keys() - {*one.phrasings}
            really = {
                text: (said(old.answer(Question(text))), said(new.answer(Question(text)))) for text in asked
            }
            assert {change.question: (change.before, change.after) for change in foreseen.changed} == {
                text: both for text, both in really.items() if both[0] != both[1]
            }
            assert foreseen.known == len(asked)
            sources = [new.answer(Question(text)).source for text in one.phrasings]
            answered = [source for source in sources if source and source.id == one.id]
            assert foreseen.own_answered == len(answered)


async def test_a_miss_that_an_entry_would_answer_is_told_and_its_own_phrasings_apart(
    library: Library,
) -> None:
    await library.writable().misses.add(SERVER, [ASKED])
    foreseen = await foreseen_on(library)
    assert [(change.question, change.turn) for change in foreseen.changed] == [(ASKED.question, Turn.WON)]
    assert (foreseen.own, foreseen.own_answered) == (2, 2)


async def test_a_gap_s_own_phrasings_are_counted_where_it_says_so(library: Library) -> None:
    foreseen = await foreseen_on(library, gap("untold", ("Is there cake in the library?",)))
    assert (foreseen.own, foreseen.own_answered) == (1, 1)


@pytest.mark.parametrize(("right", "turn"), [(None, Turn.LOST), ("cake", Turn.WON)])
async def test_graded_questions_decide_what_is_won(library: Library, right: str | None, turn: Turn) -> None:
    await library.change(SERVER, [put(Graded(ASKED.question, right))])
    foreseen = await foreseen_on(library)
    assert [(change.question, change.turn) for change in foreseen.changed] == [(ASKED.question, turn)]


async def test_a_dismissed_miss_is_not_looked_at_any_more(library: Library) -> None:
    await library.writable().misses.add(SERVER, [ASKED])
    before = await foreseen_on(library)
    await library.writable().misses.dismiss(SERVER, [ASKED], ASKED.last)
    after = await foreseen_on(library)
    assert after.changed == ()
    assert after.known == before.known - 1


async def test_what_is_kept_is_carried_over_and_follows_a_change(library: Library, made: list[Base]) -> None:
    await foreseen_on(library)
    await foreseen_on(library, replace(CAKE, answer="Never."))
    assert len(made) == 2  # of the packs alone, then of the server's base
    await library.save(SERVER, [CAKE])
    foreseen = await foreseen_on(library, replace(CAKE, answer="Never."))
    assert made[2:] == [await library.base(SERVER)]
    assert (foreseen.changed, foreseen.own_answered) == ((), 2)


async def test_the_packs_are_asked_once_for_all_servers(library: Library, made: list[Base]) -> None:
    await foreseen_on(library, server=SERVER)
    await foreseen_on(library, server=OTHER)
    assert len(made) == 3


async def test_an_entry_that_was_tried_on_an_older_base_is_foreseen_on_the_one_that_is(
    library: Library,
) -> None:
    tried = try_entry(await library.base(SERVER), CAKE)
    await library.save(SERVER, [entry("thief", ("who steals the books",), "A burglar.")])
    foreseen = await library.foresight.foresee(SERVER, tried)
    assert foreseen.known == len(await everything(library))
    assert foreseen.changed == ()


async def test_what_another_process_saved_is_seen(tmp_path: Path, library: Library) -> None:
    await foreseen_on(library)
    async with library_in(tmp_path) as other:
        await other.save(SERVER, [CAKE])
    await library.base(SERVER, fresh=True)
    foreseen = await foreseen_on(library, entry("thief", ("is cake sold",), "A burglar."))
    assert foreseen.known == len(await everything(library))


async def test_the_server_unused_longest_is_forgotten_when_there_is_too_much(tmp_path: Path) -> None:
    count = len(known(await Library([PACK]).base(None)))
    async with library_in(tmp_path, most=2 * count) as library:
        for server in (SERVER, OTHER, SERVER, 9):
            await foreseen_on(library, server=server)
        assert library.foresight.servers == (SERVER, 9)


async def test_a_server_that_knows_too_much_is_told_so(tmp_path: Path) -> None:
    async with library_in(tmp_path, most=1) as library:
        with pytest.raises(TooManyError, match="too many questions"):
            await foreseen_on(library)


async def test_what_nobody_uses_is_forgotten(tmp_path: Path) -> None:
    async with library_in(tmp_path, idle=0) as library:
        library.foresight.prepare(SERVER)
        assert library.foresight.servers == (SERVER,)
        await asyncio.sleep(0.01)
        assert library.foresight.servers == ()


async def test_a_change_of_a_server_whose_moderators_are_away_makes_nothing(
    library: Library, made: list[Base]
) -> None:
    await library.save(SERVER, [CAKE])
    assert library.foresight.servers == ()
    assert made == []


async def test_closing_ends_a_thread_that_still_asks_and_what_is_asked_then_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.effect.keeping._STRETCH_SECONDS", 0.0)
    async with library_in(tmp_path, rest=50) as library:
        waiting = asyncio.create_task(foreseen_on(library))
        await asyncio.sleep(0.05)
        await library.foresight.close()
        with pytest.raises(StoppedError):
            await waiting
        assert library.foresight.servers == ()
        library.foresight = Foresight(library, rest=0)
        assert (await foreseen_on(library)).own_answered == 2


async def test_only_what_a_preview_waits_for_is_hurried_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, has_rested = asyncio.get_running_loop(), asyncio.Event()
    monkeypatch.setattr("knowledge.effect.keeping._STRETCH_SECONDS", 0.0)
    monkeypatch.setattr("knowledge.effect.keeping.WAITED_FOR", 0.0)
    monkeypatch.setattr(
        "knowledge.effect.keeping.sleep",
        lambda seconds: seconds and loop.call_soon_threadsafe(has_rested.set),
    )
    async with library_in(tmp_path, rest=1) as library:
        await foreseen_on(library)
        assert not has_rested.is_set()
        library.foresight.prepare(OTHER)
        await asyncio.wait_for(has_rested.wait(), 30)


async def test_a_base_that_cannot_be_read_is_an_error_of_whoever_waits_alone(library: Library) -> None:
    class Broken:
        async def base(self, _server: int | None) -> None:
            raise RuntimeError("broken")

    foresight = Foresight(Broken())  # type: ignore[arg-type]
    foresight.prepare(SERVER)
    with pytest.raises(RuntimeError, match="broken"):
        await foresight.foresee(SERVER, try_entry(await library.base(SERVER), CAKE))
    await foresight.close()
