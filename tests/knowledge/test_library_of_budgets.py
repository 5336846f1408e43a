"""What a server's entries quote of a story keeps within its budget, however they are saved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import Base, CompiledPacks
from knowledge.answering.budgets import check_budgets
from knowledge.errors import BudgetError
from knowledge.library import Library
from knowledge.model import Citation, Entry, Outcome, OwnStory, Source, Story
from knowledge.owned import Kind, Write, put
from knowledge.stories import build_story
from knowledge.stories.budget import used_words
from tests.knowledge.bases import ask
from tests.knowledge.stores import Flaky

SENTENCES = [f"The balloon number {n} lifts {n} guests over the wide river." for n in range(10)]
OWN = OwnStory("balloons", " ".join(SENTENCES))
STORY = build_story(OWN.slug, OWN.text)
"""110 words, of which 11 may be shown: one sentence."""


def quoting(entry_id: str, *sentences: int, story: Story = STORY) -> Entry:
    starts = [(story.text.index(SENTENCES[n]), SENTENCES[n]) for n in sentences]
    cited = (
        Citation(story.slug, start, start + len(words), words, story.text_hash) for start, words in starts
    )
    return Entry(entry_id, (f"What does {entry_id} tell?",), "That.", tuple(cited))


@pytest.fixture
async def library() -> Library:
    library = Library([], Flaky())
    await library.change(1, [put(OWN)])
    return library


async def test_an_entry_that_would_quote_too_much_is_not_saved(library: Library) -> None:
    await library.save(1, [quoting("first", 0)])
    with pytest.raises(BudgetError, match="0 are left, and this one takes 11 more"):
        await library.save(1, [quoting("second", 1)])
    assert [entry.id for entry in (await library.base(1)).own] == ["first"]
    await library.save(1, [quoting("same-line", 0)])
    await library.save(1, [replace(quoting("none"), citations=())])


async def test_of_entries_that_are_saved_together_none_is_where_one_is_too_much(library: Library) -> None:
    with pytest.raises(BudgetError):
        await library.save(1, [quoting("first", 0), quoting("second", 1)])
    assert (await library.base(1)).own == ()


async def test_with_a_licence_all_may_be_quoted(library: Library) -> None:
    await library.change(1, [put(replace(OWN, source=Source(licence="CC BY 4.0")))])
    await library.save(1, [quoting(f"entry-{n}", n) for n in range(10)])
    assert len((await library.base(1)).own) == 10


async def test_an_entry_may_change_to_another_line_or_go(library: Library) -> None:
    await library.save(1, [quoting("first", 0)])
    await library.save(1, [quoting("first", 1)])
    await library.change(1, [Write(Kind.ENTRY, "first", None), put(quoting("second", 2))])
    assert [entry.id for entry in (await library.base(1)).own] == ["second"]


async def test_other_servers_entries_do_not_count(library: Library) -> None:
    await library.change(2, [put(OWN)])
    await library.save(1, [quoting("first", 0)])
    await library.save(2, [quoting("second", 1)])


async def test_a_corrected_story_keeps_all_its_entries_even_where_it_is_shorter(library: Library) -> None:
    await library.save(1, [quoting("first", 0)])
    shorter = replace(OWN, text=SENTENCES[0])
    moved = quoting("first", 0, story=build_story(shorter.slug, shorter.text))
    await library.change(1, [put(shorter), put(moved)])
    assert (await library.base(1)).stale == ()
    await library.save(1, [replace(moved, answer="As before.")])


async def test_of_such_a_story_one_line_is_shown_as_nearest_and_of_an_open_one_three(
    library: Library,
) -> None:
    question = "How many guests does the balloon lift over the wide river?"
    closed = ask(await library.base(1), question)
    assert (closed.outcome, len(closed.citations)) == (Outcome.CLOSEST, 1)
    await library.change(1, [put(replace(OWN, source=Source(licence="own")))])
    assert len(ask(await library.base(1), question).citations) == 3


async def test_the_nearest_lines_may_come_from_one_story_each(library: Library) -> None:
    await library.change(1, [put(OwnStory("more", "The old balloon lifts many guests over the wide river."))])
    answer = ask(await library.base(1), "How many guests does the balloon lift over the wide river?")
    assert sorted(cited.citation.story for cited in answer.citations) == ["balloons", "more"]


PACKS = CompiledPacks([]).with_stories([STORY])
ENTRIES = st.lists(
    st.builds(quoting, st.sampled_from("abcdef"), st.integers(0, 9)), max_size=8, unique_by=lambda one: one.id
)


@given(ENTRIES, ENTRIES)
def test_entries_are_refused_exactly_where_they_add_to_what_is_over_the_budget(
    known: list[Entry], added: list[Entry]
) -> None:
    base = Base(PACKS, known)
    after = {entry.id: entry for entry in (*known, *added)}.values()
    used = used_words(STORY, [c for entry in after for c in entry.citations])
    before = used_words(STORY, [c for entry in known for c in entry.citations])
    if used <= max(11, before):
        check_budgets(base, added)
    else:
        with pytest.raises(BudgetError):
            check_budgets(base, added)
