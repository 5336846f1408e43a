"""Foreseeing for servers: exact, carried over from change to change, and never in the way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.effect import Effect, Foresight, Said, Turn, known
from knowledge.effect.memory import Memory
from knowledge.effect.said import said
from knowledge.library import Library
from knowledge.model import Ended, Entry, Graded, Question
from knowledge.owned import put
from knowledge.storage import open_store
from tests.knowledge.bases import AUTHOR, PACK, entry
from tests.knowledge.stores import SECRET, WIFI

WORDS = st.sampled_from(
    ["wifi", "key", "ferry", "library", "who", "drew", "what", "is", "the", "password", "open"]
)
ENTRIES = st.lists(
    st.builds(
        lambda name, phrasing, answer: entry(name, (" ".join(phrasing),), answer, author=AUTHOR),
        st.sampled_from(["a", "b", "c"]),
        st.lists(WORDS, min_size=1, max_size=5, unique=True),
        st.sampled_from(["Yes.", "No.", "At noon."]),
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = Library([PACK], await open_store(f"sqlite:///{tmp_path / 'kept.db'}"))
    yield opened
    await opened.close()


async def effect_of(library: Library, *entries: Entry) -> Effect:
    base = await library.base(1)
    own = {one.id: one for one in (*base.own, *entries)}
    found = await library.foresight.effect(1, base.with_own(own.values()), patience=60)
    assert found is not None
    return found


async def answers(library: Library) -> dict[str, Said]:
    base = await library.base(1)
    questions = known(base, await library.graded(1), await library.misses(1))
    return {one.text: said(base.answer(Question(one.text))) for one in questions}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ENTRIES)
async def test_what_is_foreseen_is_exactly_what_changes_when_it_is_saved(
    library: Library, entries: list[Entry]
) -> None:
    before = await answers(library)
    foreseen = await effect_of(library, *entries)
    await library.save(1, {one.id: one for one in entries}.values())
    after = await answers(library)
    real = {text for text in before if text in after and before[text] != after[text]}
    told = {change.question: change.after for change in foreseen.changed}
    assert {text for text in told if text in before and text in after} == real
    assert all(after[text] == new for text, new in told.items() if text in after)


async def test_misses_and_graded_questions_are_foreseen_too(library: Library) -> None:
    await library.change(1, [put(Graded("wifi key please", "wifi"))])
    await library.base(1)
    library.note_miss(1, "what is the wifi key", Ended.UNKNOWN)
    found = await effect_of(library, WIFI)
    turns = {change.question: change.turn for change in found.changed}
    assert turns["what is the wifi key"] is Turn.WON
    assert turns["wifi key please"] is Turn.WON


async def test_what_is_known_is_carried_over_a_change(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    remember = Memory.__init__

    def counting(self: Memory, *args: object) -> None:
        asked.append(0)
        remember(self, *args)

    monkeypatch.setattr(Memory, "__init__", counting)
    await effect_of(library, WIFI)
    await effect_of(library, SECRET)
    assert len(asked) == 2  # of the packs alone, then of the server's base
    await library.save(1, [WIFI])
    found = await effect_of(library, replace(WIFI, answer="There is none."))
    assert len(asked) == 3
    assert {change.question for change in found.changed} == set(WIFI.phrasings)


async def test_a_preview_does_not_wait_for_what_takes_long(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.effect.keeping._PAUSE_SECONDS", 0.05)
    base = await library.base(1)
    assert await library.foresight.effect(1, base, patience=0.0) is None
    assert await library.foresight.effect(1, base, patience=60) is not None


async def test_closing_stops_what_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.effect.keeping._PAUSE_SECONDS", 0.2)
    library = Library([PACK], await open_store(f"sqlite:///{tmp_path / 'closed.db'}"))
    library.foresight.prepare(1)
    await asyncio.sleep(0.3)
    await asyncio.wait_for(library.close(), 20)


async def test_a_base_that_cannot_be_read_is_an_error_of_whoever_waits_alone() -> None:
    class Broken:
        async def base(self, _server: int | None) -> None:
            raise RuntimeError("broken")

    foresight = Foresight(Broken())  # type: ignore[arg-type]
    foresight.prepare(1)
    with pytest.raises(RuntimeError, match="broken"):
        await foresight.effect(1, None)  # type: ignore[arg-type]
    await foresight.close()
