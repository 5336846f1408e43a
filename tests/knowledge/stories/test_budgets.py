"""How much of a story may be shown where nobody has said that all of it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import BudgetError
from knowledge.model import Citation, Source, Story
from knowledge.packs import bundled_pack, read_pack
from knowledge.stories import build_story
from knowledge.stories.budget import budget_words, check_budget, closest_passages, used_words, words_within


def story_of(words: int, licence: str = "", title: str = "A bridge") -> Story:
    text = " ".join(f"w{number}" for number in range(words))
    return build_story("bridge", text, source=Source(title=title, licence=licence))


def words_of(story: Story, first: int, last: int) -> Citation:
    """Cite the words of those numbers, the last one too."""
    start = story.text.index(f"w{first}")
    end = story.text.index(f"w{last}") + len(f"w{last}")
    return Citation(story.slug, start, end, story.text[start:end], story.text_hash)


@pytest.mark.parametrize(("words", "budget"), [(0, 0), (9, 0), (10, 1), (999, 99), (2500, 250), (9000, 250)])
def test_a_tenth_of_a_story_may_be_shown_and_250_words_at_most(words: int, budget: int) -> None:
    assert budget_words(story_of(words)) == budget


@pytest.mark.parametrize(
    "licence",
    [
        "own",
        "Own",
        " PERMISSION ",
        "public-domain",
        "Public Domain",
        "cc-by-4.0",
        "CC BY-SA 4.0",
        "cc0",
        "CC0 1.0",
        "cc-x",
    ],
)
def test_a_licence_to_show_it_takes_the_limit_away(licence: str) -> None:
    assert budget_words(story_of(100, licence)) is None
    assert closest_passages(story_of(100, licence), 3) == 3


@pytest.mark.parametrize(
    "licence", ["", "all rights reserved", "cc", "cc-", "owner unknown", "no permission", "MIT"]
)
def test_any_other_licence_leaves_the_limit(licence: str) -> None:
    assert budget_words(story_of(100, licence)) == 10
    assert closest_passages(story_of(100, licence), 3) == 1


def test_the_bundled_story_may_be_shown_whole() -> None:
    (story,) = read_pack(bundled_pack()).stories
    assert story.source.licence == "permission"
    assert budget_words(story) is None


def test_words_are_counted_in_scripts_without_spaces_too() -> None:
    assert budget_words(build_story("zh", "旧桥于星期一关闭。" * 10)) == 8
    assert budget_words(build_story("mixed", "The bridge — 旧桥 — is 3.5 m long . . . " * 10)) == 8


def test_each_word_counts_once_however_many_entries_cite_it() -> None:
    story = story_of(100)
    one, two = words_of(story, 3, 7), words_of(story, 6, 9)
    assert used_words(story, [one]) == 5
    assert used_words(story, [one, one, two]) == 7


def test_a_word_that_is_cited_in_part_counts() -> None:
    assert words_within("bridge closed", [(2, 3)]) == 1
    assert words_within("bridge closed", [(5, 8)]) == 2
    assert words_within("bridge closed", [(6, 7)]) == 0


def test_citations_of_other_stories_and_stale_ones_do_not_count() -> None:
    story = story_of(100)
    good = words_of(story, 1, 3)
    stale = Citation("bridge", good.start, good.end, good.excerpt, "an older text")
    other = Citation("other", good.start, good.end, good.excerpt, story.text_hash)
    assert used_words(story, [stale, other]) == 0


def test_an_entry_within_the_budget_is_taken() -> None:
    story = story_of(100)
    check_budget(story, [words_of(story, 0, 4)], [words_of(story, 5, 9)])


def test_an_entry_over_the_budget_is_refused_with_what_is_left() -> None:
    story = story_of(100)
    with pytest.raises(BudgetError) as refused:
        check_budget(story, [words_of(story, 0, 4)], [words_of(story, 4, 10)])
    assert str(refused.value) == (
        'Of "A bridge" at most 10 words may be quoted in all. Other entries quote 5, so that 5 are left, and this one'
        " takes 6 more. Take a shorter excerpt, or one that another entry quotes already. If you may quote more, state"
        " the story's licence: own, permission, public-domain, or one of Creative Commons such as cc-by-4.0."
    )


def test_a_story_without_a_title_is_called_by_its_slug() -> None:
    story = story_of(100, title="")
    with pytest.raises(
        BudgetError, match=r'Of "bridge" .* quote 9, so that 1 is left, and this one takes 2 more'
    ):
        check_budget(story, [words_of(story, 0, 8)], [words_of(story, 9, 10)])


def test_what_others_cite_already_is_free_even_over_the_budget() -> None:
    story = story_of(100)
    others = [words_of(story, 0, 40)]
    check_budget(story, others, [words_of(story, 3, 20)])
    with pytest.raises(BudgetError, match="so that 0 are left, and this one takes 1 more"):
        check_budget(story, others, [words_of(story, 40, 41)])


def test_an_entry_that_takes_no_more_than_it_did_can_always_be_saved() -> None:
    story = story_of(100)
    others, had = [words_of(story, 0, 20)], [words_of(story, 30, 35)]
    check_budget(story, others, had, had)
    check_budget(story, others, [words_of(story, 50, 52)], had)
    with pytest.raises(BudgetError):
        check_budget(story, others, [words_of(story, 30, 36)], had)


def test_a_licensed_story_can_be_cited_without_end() -> None:
    story = story_of(100, "cc-by-4.0")
    check_budget(story, [], [words_of(story, 0, 99)])


@given(st.text("ab .旧\n", max_size=60), st.data())
def test_the_words_within_spans_are_counted_as_one_by_one(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    spans = [tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(ends, ends), max_size=5))]
    touched = {at for start, end in spans for at in range(start, end)}
    words: list[range] = []
    for at, letter in enumerate(text):
        if letter in "ab." and words and words[-1].stop == at and text[at - 1] != "旧":
            words[-1] = range(words[-1].start, at + 1)
        elif not letter.isspace():
            words.append(range(at, at + 1))
    real = [word for word in words if any(text[at].isalnum() for at in word)]
    assert words_within(text, [(start, end) for start, end in spans]) == sum(
        not touched.isdisjoint(word) for word in real
    )
