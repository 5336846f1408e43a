"""All servers' knowledge: loaded when asked, kept when saved, and never mixed."""

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from knowledge.answering import Base
from knowledge.errors import IdTakenError, StorageError, UnknownEntryError
from knowledge.library import FRESH_SECONDS, Library
from knowledge.model import AnswerSource, Entry, Outcome, Question, SourceKind
from knowledge.storage import Store, open_store
from tests.knowledge.bases import AUTHOR, COST, PACK, ask, entry

CANARY = "xyloquartz"
WIFI = entry("wifi", ("What is the wifi password?", "wifi key"), "Ask at the desk.", author=AUTHOR)
SECRET = entry(
    "secret", (f"Where is the {CANARY} hidden?",), f"The {CANARY} is in the cellar.", COST, author=AUTHOR
)


class Flaky:
    """A store in memory that fails when told to, and notes what it was asked for."""

    def __init__(self, *, slow: bool = False) -> None:
        self.kept: dict[int, dict[str, Entry]] = {}
        self.versions: Counter[int] = Counter()
        self.fails: set[str] = set()
        self.reads: list[int] = []
        self.writing = 0
        self.most_writing = 0
        self._slow = slow

    async def entries(self, server: int) -> tuple[Entry, ...]:
        self._check("entries")
        self.reads.append(server)
        found = tuple(self.kept.get(server, {}).values())
        await self._wait()
        return found

    async def version(self, server: int) -> int:
        self._check("version")
        return self.versions[server]

    async def save(self, server: int, entries: Sequence[Entry], *, new: bool = False) -> None:
        assert not new
        self._check("save")
        self.writing += 1
        self.most_writing = max(self.most_writing, self.writing)
        await self._wait()
        self.kept.setdefault(server, {}).update({one.id: one for one in entries})
        self.versions[server] += 1
        self.writing -= 1

    async def remove(self, server: int, entry_id: str) -> Entry | None:
        self._check("remove")
        self.versions[server] += 1
        return self.kept.get(server, {}).pop(entry_id, None)

    async def recall(self, key: str) -> str | None:
        raise NotImplementedError

    async def remember(self, key: str, value: str) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        self._check("close")

    def _check(self, call: str) -> None:
        if call in self.fails:
            raise StorageError("The database is away: try again later.")

    async def _wait(self) -> None:
        if self._slow:
            for _ in range(3):
                await asyncio.sleep(0)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'kept.db'}")
    yield opened
    await opened.close()


@pytest.fixture
def library(store: Store) -> Library:
    return Library([PACK], store)


async def test_a_server_without_entries_is_answered_from_the_packs(library: Library) -> None:
    base = await library.base(1)
    assert base.own == ()
    assert ask(base, "Who drew the library?").source.id == "architect"
    assert base is await library.base(2)  # thousands of such servers cost no more than one


async def test_a_saved_entry_is_found_by_the_next_question(library: Library) -> None:
    assert ask(await library.base(1), "wifi key").outcome is not Outcome.ANSWER
    await library.save(1, [WIFI])
    answer = ask(await library.base(1), "wifi key")
    assert (answer.text, answer.author) == (WIFI.answer, AUTHOR)


async def test_a_saved_entry_is_found_after_the_database_was_reopened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'again.db'}"
    for number in range(2):
        library = Library([PACK], await open_store(url))
        if number == 0:
            await library.save(1, [WIFI, SECRET])
        base = await library.base(1)
        assert base.own == (WIFI, SECRET)
        assert ask(base, "What is the wifi password?").source.id == "wifi"
        await library.close()


async def test_saving_an_id_again_replaces_the_entry(library: Library) -> None:
    await library.save(1, [WIFI])
    await library.save(1, [entry("wifi", WIFI.phrasings, "There is none.", author=AUTHOR)])
    base = await library.base(1)
    assert len(base.own) == 1
    assert ask(base, "wifi key").text == "There is none."


async def test_a_removed_entry_is_returned_and_found_no_more(library: Library) -> None:
    await library.save(1, [WIFI, SECRET])
    assert await library.remove(1, "wifi") == WIFI
    base = await library.base(1)
    assert base.own == (SECRET,)
    assert ask(base, "wifi key").outcome is not Outcome.ANSWER


async def test_what_is_not_a_server_s_own_cannot_be_removed(library: Library) -> None:
    await library.save(2, [WIFI])
    for entry_id in ("wifi", "architect", "gone"):
        with pytest.raises(UnknownEntryError, match="not there any more"):
            await library.remove(1, entry_id)
    assert (await library.base(2)).own == (WIFI,)


async def test_direct_messages_have_the_packs_alone(library: Library) -> None:
    await library.save(1, [WIFI])
    base = await library.base(None)
    assert base.own == ()
    assert ask(base, "Who drew the library?").source.id == "architect"
    assert ask(base, "wifi key").outcome is not Outcome.ANSWER


def everything(base: Base) -> str:
    """Return all that any method of a base gives when it is asked about the canary."""
    question = Question(SECRET.phrasings[0], (SECRET.phrasings[0],))
    return repr(
        (
            base.answer(question).candidates,
            base.answer(question).suggestions,
            base.answer(question).text,
            base.answer_from(AnswerSource(SourceKind.ENTRY, "secret"), "picked"),
            base.entry("secret"),
            base.own,
            base.stale,
            base.suggest(SECRET.phrasings[0], limit=100),
            base.suggest("", limit=100),
            base.similar(SECRET.phrasings[0], limit=100),
            base.quotations(about=CANARY),
            base.quotations(who=CANARY),
            base.mentions(CANARY),
            base.speakers(),
            base.themes(),
            base.vocabulary.mend([CANARY[:-1]]),
            base.vocabulary.knows(CANARY),
            [group.phrasings for part in base.curated for group in part.groups],
        )
    )


async def test_nothing_of_one_server_is_ever_seen_by_another(library: Library) -> None:
    await library.base(2)
    await library.save(1, [SECRET])
    await library.save(3, [WIFI])
    mine = everything(await library.base(1))
    assert CANARY in mine
    for server in (2, 3, None):
        theirs = everything(await library.base(server))
        assert CANARY not in theirs
        assert "cellar." not in theirs.replace("the cellar holds", "")


async def test_entries_that_are_saved_at_once_are_all_kept_and_found(library: Library) -> None:
    many = [entry(f"rule-{n}", (f"What is rule {n}?",), f"Rule {n}.", author=AUTHOR) for n in range(12)]
    await asyncio.gather(*(library.save(1, [one]) for one in many))
    assert {one.id for one in (await library.base(1)).own} == {one.id for one in many}


async def test_changes_of_one_server_wait_for_one_another() -> None:
    store = Flaky(slow=True)
    library = Library([], store)

    async def moderator(name: str) -> None:
        # Each saves again at once when the last change is done: just then the next one in the queue begins.
        for n in range(5):
            await library.save(1, [entry(f"{name}-{n}", (f"question {name} {n}",), "x")])

    await asyncio.gather(*(moderator(name) for name in ("ada", "bo", "cy")))
    assert store.most_writing == 1
    assert len((await library.base(1)).own) == 15


async def test_questions_at_once_load_a_server_once() -> None:
    store = Flaky(slow=True)
    library = Library([PACK], store)
    bases = await asyncio.gather(*(library.base(1) for _ in range(10)))
    assert store.reads == [1]
    assert len(set(map(id, bases))) == 1


@pytest.mark.parametrize("call", ["save", "remove"])
async def test_a_change_that_fails_leaves_the_base_as_it_was(call: str) -> None:
    store = Flaky()
    library = Library([PACK], store)
    await library.save(1, [WIFI])
    before = await library.base(1)
    store.fails = {call}
    with pytest.raises(StorageError):
        await (library.save(1, [SECRET]) if call == "save" else library.remove(1, "wifi"))
    assert await library.base(1) is before
    store.fails = set()
    await library.save(1, [SECRET])
    assert (await library.base(1)).own == (WIFI, SECRET)


async def test_a_change_that_is_on_disk_counts_even_if_it_cannot_be_read_back_at_once() -> None:
    store = Flaky()
    library = Library([PACK], store)
    store.fails = {"entries"}
    await library.save(1, [WIFI])
    with pytest.raises(StorageError):
        await library.base(1)
    store.fails = set()
    assert ask(await library.base(1), "wifi key").source.id == "wifi"


async def test_only_so_many_servers_are_held_and_the_one_idle_longest_is_let_go() -> None:
    store = Flaky()
    library = Library([PACK], store, loaded=2)
    await library.save(1, [WIFI])
    await library.base(2)
    await library.base(1)
    await library.base(3)  # lets go of 2, the one idle longest
    store.reads.clear()
    assert (await library.base(1)).own == (WIFI,)
    assert store.reads == []
    await library.base(2)
    assert store.reads == [2]
    await library.base(3)
    assert store.reads == [2, 3]


async def test_a_server_that_was_let_go_still_has_its_entries() -> None:
    library = Library([PACK], Flaky(), loaded=1)
    for server in range(1, 30):
        await library.save(
            server, [entry("mine", (f"What is server {server}?",), f"It is {server}.", author=AUTHOR)]
        )
    for server in range(1, 30):
        assert ask(await library.base(server), f"What is server {server}?").text == f"It is {server}."


async def test_without_a_database_the_packs_answer_and_nothing_can_be_saved() -> None:
    library = Library([PACK])
    assert (await library.base(1)) is (await library.base(None))
    for change in (library.save(1, [WIFI]), library.remove(1, "wifi")):
        with pytest.raises(StorageError, match="tell whoever runs me") as refused:
            await change
        assert "PULLQUOTE_DATABASE_URL" in refused.value.operator
    await library.close()


async def test_closing_closes_the_store() -> None:
    store = Flaky()
    store.fails = {"close"}
    with pytest.raises(StorageError):
        await Library([], store).close()


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Twins:
    """The libraries of two processes on one database."""

    def __init__(self, store: Store) -> None:
        self.clock = Clock()
        self.bot = Library([PACK], store, clock=self.clock)
        self.importing = Library([PACK], store, clock=self.clock)


@pytest.fixture
def twins(store: Store) -> Twins:
    return Twins(store)


async def test_what_another_process_saves_and_removes_is_seen_a_second_later(twins: Twins) -> None:
    for server in (1, 2):
        await twins.bot.base(server)
    await twins.importing.save(1, [WIFI])
    twins.clock.now += FRESH_SECONDS
    assert ask(await twins.bot.base(1), "wifi key").source.id == "wifi"
    assert (await twins.bot.base(2)).own == ()
    await twins.importing.remove(1, "wifi")
    twins.clock.now += FRESH_SECONDS
    assert (await twins.bot.base(1)).own == ()


async def test_a_moderator_sees_what_another_process_saved_at_once(twins: Twins) -> None:
    await twins.bot.base(1)
    await twins.importing.save(1, [WIFI])
    assert (await twins.bot.base(1)).own == ()
    assert (await twins.bot.base(1, fresh=True)).own == (WIFI,)


async def test_a_change_by_two_processes_loses_nothing_of_either(twins: Twins) -> None:
    await twins.bot.base(1)
    await twins.importing.save(1, [WIFI])
    await twins.bot.save(1, [SECRET])
    assert (await twins.bot.base(1)).own == (WIFI, SECRET)


async def test_a_new_entry_does_not_overwrite_one_that_another_process_saved(twins: Twins) -> None:
    await twins.bot.base(1)
    await twins.importing.save(1, [WIFI])
    mine = entry("wifi", ("Is there wifi?",), "Mine.", author=AUTHOR)
    with pytest.raises(IdTakenError):
        await twins.bot.save(1, [mine], new=True)
    assert (await twins.bot.base(1)).own == (WIFI,)  # so that the next id can be chosen


async def test_a_base_that_is_fresh_or_unchanged_is_not_read_again() -> None:
    store, clock = Flaky(), Clock()
    library = Library([PACK], store, clock=clock)
    await library.save(1, [WIFI])
    base = await library.base(1)
    store.fails = {"version"}
    assert await library.base(1) is base  # not even the version is
    store.fails = set()
    clock.now += FRESH_SECONDS
    assert await library.base(1) is base
    assert store.reads == [1]


async def test_a_save_of_a_loaded_server_reads_nothing_back() -> None:
    store = Flaky()
    library = Library([PACK], store)
    await library.base(1)
    store.reads.clear()
    await library.save(1, [WIFI, SECRET])
    await library.save(1, [entry("wifi", ("Wifi?",), "None.", author=AUTHOR)])
    await library.remove(1, "secret")
    assert [one.answer for one in (await library.base(1)).own] == ["None."]
    assert store.reads == []


@pytest.mark.parametrize("call", ["version", "entries"])
async def test_a_loaded_server_is_answered_while_its_database_is_away(
    call: str, caplog: pytest.LogCaptureFixture
) -> None:
    store, clock = Flaky(), Clock()
    library = Library([PACK], store, clock=clock)
    await library.save(1, [WIFI])
    base = await library.base(1)
    await store.save(1, [SECRET])
    store.fails = {call}
    clock.now += FRESH_SECONDS
    assert await library.base(1) is base
    assert "The database is away" in caplog.text
    store.fails = set()
    assert (await library.base(1)).own == (WIFI, SECRET)


async def test_a_change_on_disk_is_found_though_the_database_is_away_right_after() -> None:
    store = Flaky()
    library = Library([PACK], store)
    await library.base(1)
    store.fails = {"version", "entries"}
    await library.save(1, [WIFI])
    assert ask(await library.base(1), "wifi key").source.id == "wifi"


async def test_a_server_is_loaded_from_its_first_question_on() -> None:
    library = Library([PACK], Flaky())
    assert library.is_loaded(None)
    assert not library.is_loaded(1)
    await library.base(1)
    assert library.is_loaded(1)
    assert Library([PACK]).is_loaded(1)


async def test_questions_are_answered_from_the_old_base_until_the_new_one_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, clock = Flaky(), Clock()
    library = Library([PACK], store, clock=clock)
    await library.save(1, [WIFI])
    before = await library.base(1)
    indexing, may_end = threading.Event(), threading.Event()
    monkeypatch.setattr(Base, "warm", lambda _base: (indexing.set(), may_end.wait(20)))
    monkeypatch.setattr("knowledge.library.PATIENCE_SECONDS", 0.01)
    saving = asyncio.create_task(library.save(1, [SECRET]))
    await asyncio.to_thread(indexing.wait, 20)
    clock.now += FRESH_SECONDS
    assert library.is_loaded(1)
    assert await library.base(1) is before
    assert await library.base(1) is before  # one already waits for the news
    may_end.set()
    await saving
    assert (await library.base(1)).own == (WIFI, SECRET)
    await asyncio.sleep(0)


async def test_only_what_changed_is_folded_again(library: Library) -> None:
    await library.save(1, [WIFI, SECRET])
    before = {group.source.id: group for group in (await library.base(1)).curated[-1].groups}
    changed = entry("wifi", ("wifi key",), "There is none.", author=AUTHOR)
    await library.save(1, [changed])
    after = {group.source.id: group for group in (await library.base(1)).curated[-1].groups}
    assert after["secret"] is before["secret"]
    assert after["wifi"].answer == "There is none."
