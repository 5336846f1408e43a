"""Changes that are taken back, refused, and told to whoever listens."""

from dataclasses import replace

import pytest

from knowledge.errors import ChangedSinceError, StorageError, UnknownChangeError
from knowledge.library import Library
from knowledge.model import Author, OwnStory
from knowledge.owned import Change, drop, put
from tests.knowledge.bases import PACK, ask
from tests.knowledge.stores import SECRET, WIFI, Flaky

MIA = Author(7, "Mia")


@pytest.fixture
def library() -> Library:
    return Library([PACK], Flaky())


async def test_a_change_that_is_taken_back_counts_from_the_next_question_on(library: Library) -> None:
    await library.save(1, [WIFI], MIA)
    await library.save(1, [replace(WIFI, answer="There is none.")], MIA)
    change = await library.revert(1, 2, MIA)
    assert ask(await library.base(1), "wifi key").text == WIFI.answer
    assert change is not None
    assert (change.number, change.reverts, change.author) == (3, 2, MIA)


async def test_taking_back_a_removal_brings_the_entry_back_and_that_can_be_taken_back_too(
    library: Library,
) -> None:
    await library.save(1, [WIFI, SECRET])
    await library.remove(1, "wifi")
    await library.revert(1, 2)
    assert set((await library.base(1)).own) == {WIFI, SECRET}
    await library.revert(1, 3)
    assert (await library.base(1)).own == (SECRET,)


async def test_a_change_of_what_was_changed_again_since_is_not_taken_back(library: Library) -> None:
    await library.save(1, [WIFI, SECRET])
    later = replace(WIFI, answer="Changed again.")
    await library.save(1, [later])
    with pytest.raises(ChangedSinceError):
        await library.revert(1, 1)
    assert (await library.base(1)).own == (later, SECRET)


async def test_a_change_that_is_not_there_is_told(library: Library) -> None:
    await library.save(2, [WIFI])
    with pytest.raises(UnknownChangeError, match="no change 1 here"):
        await library.revert(1, 1)


async def test_a_story_that_was_removed_is_not_brought_back(library: Library) -> None:
    story = OwnStory("town", "The mayor spoke.")
    await library.change(1, [put(story)])
    await library.change(1, [drop(story)])
    with pytest.raises(UnknownChangeError, match="bring it back with /story add"):
        await library.revert(1, 2)
    with pytest.raises(UnknownChangeError, match="taken away with /story remove"):
        await library.revert(1, 1)


async def test_whoever_listens_is_told_of_each_change_once_it_is_on_disk(library: Library) -> None:
    heard: list[tuple[int, Change]] = []
    library.listeners.append(lambda server, change: heard.append((server, change)))
    change = await library.save(1, [WIFI], MIA)
    await library.save(1, [WIFI], MIA)  # nothing changes
    assert isinstance(library.store, Flaky)
    library.store.fails = {"change"}
    with pytest.raises(StorageError):
        await library.save(1, [SECRET], MIA)
    assert heard == [(1, change)]
