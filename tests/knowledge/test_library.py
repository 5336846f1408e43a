"""All servers' knowledge: loaded when asked, kept when saved, and never mixed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.answering import Base
from knowledge.errors import StorageError, UnknownEntryError
from knowledge.library import Library
from knowledge.model import AnswerSource, Outcome, Question, SourceKind
from knowledge.storage import Store, open_store
from tests.knowledge.bases import AUTHOR, PACK, ask, entry
from tests.knowledge.stores import CANARY, SECRET, WIFI, Flaky


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
    store.fails = {"change"}
    with pytest.raises(StorageError):
        await (library.save(1, [SECRET]) if call == "save" else library.remove(1, "wifi"))
    assert await library.base(1) is before
    store.fails = set()
    await library.save(1, [SECRET])
    assert (await library.base(1)).own == (WIFI, SECRET)


async def test_a_change_that_is_on_disk_counts_even_if_it_cannot_be_read_back_at_once() -> None:
    store = Flaky()
    library = Library([PACK], store)
    store.fails = {"version", "owned"}
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
