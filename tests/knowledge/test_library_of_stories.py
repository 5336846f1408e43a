"""A server's own stories are answered from, cited and gone like the packs', for that server alone."""

from dataclasses import replace

import pytest

from knowledge.library import Library
from knowledge.model import Outcome, OwnStory, SourceKind
from knowledge.owned import drop, put
from knowledge.stories import build_story, cite
from tests.knowledge.bases import PACK, ask, entry
from tests.knowledge.stores import WIFI, Flaky

TEXT = """The balloon of Xylo Point was sewn in 1931.

“She is our pride,” said Marta Quill, the pilot. The balloon lifts forty guests."""
STORY = OwnStory("balloon", TEXT)


@pytest.fixture
def library() -> Library:
    return Library([PACK], Flaky())


async def test_the_nearest_lines_come_from_own_stories_too(library: Library) -> None:
    await library.save(1, [WIFI])
    await library.change(1, [put(STORY)])
    base = await library.base(1)
    answer = ask(base, "How many guests does the balloon lift?")
    assert answer.outcome is Outcome.CLOSEST
    assert answer.citations[0].citation.excerpt == "The balloon lifts forty guests."
    assert ask(base, "wifi key").source.id == "wifi"
    assert ask(base, "Who drew the library?").source.id == "architect"


async def test_an_own_story_has_quotations(library: Library) -> None:
    await library.change(1, [put(STORY)])
    base = await library.base(1)
    assert [quotation.speaker for quotation in base.quotations(who="Marta Quill")] == ["Marta Quill"]
    assert ask(base, "What did Marta Quill say?").source.kind is SourceKind.QUOTATION


async def test_an_entry_rests_on_an_own_story_until_that_is_changed(library: Library) -> None:
    citation = cite(build_story("balloon", TEXT), "The balloon lifts forty guests.")
    fact = entry("balloon-size", ("How many does the balloon lift?",), "Forty.")
    await library.change(1, [put(STORY), put(replace(fact, citations=(citation,)))])
    base = await library.base(1)
    assert ask(base, "How many does the balloon lift?").source.id == "balloon-size"
    await library.change(1, [put(replace(STORY, text=TEXT.replace("forty", "fifty")))])
    base = await library.base(1)
    assert [one.id for one in base.stale] == ["balloon-size"]
    assert ask(base, "How many does the balloon lift?").outcome is Outcome.CLOSEST


async def test_a_removed_story_is_gone_at_once(library: Library) -> None:
    await library.change(1, [put(STORY)])
    await library.change(1, [drop(STORY)])
    base = await library.base(1)
    assert [story.slug for story in base.stories] == [story.slug for story in PACK.stories]
    assert base.quotations(who="Marta Quill") == ()


async def test_a_story_that_stays_is_not_cut_and_indexed_again(library: Library) -> None:
    await library.change(1, [put(STORY)])
    before = (await library.base(1)).compiled
    await library.save(1, [WIFI])
    assert (await library.base(1)).compiled is before


async def test_no_other_server_sees_an_own_story(library: Library) -> None:
    await library.base(2)
    await library.change(1, [put(STORY)])
    for server in (2, 3, None):
        base = await library.base(server)
        assert base.story("balloon") is None
        seen = repr(
            (ask(base, "Xylo Point balloon guests"), base.speakers(), base.themes(), base.mentions("Xylo"))
        )
        assert "forty" not in seen
        assert "Marta" not in seen
        assert not base.vocabulary.knows("xylo")


async def test_without_packs_a_server_lives_from_its_own_stories() -> None:
    library = Library([], Flaky())
    await library.change(1, [put(replace(STORY, language="en"))])
    answer = ask(await library.base(1), "How many guests does the balloon lift?")
    assert answer.outcome is Outcome.CLOSEST
