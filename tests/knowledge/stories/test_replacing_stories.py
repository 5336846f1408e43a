"""A corrected text in the place of a story: its citations move with their words, or are told to be gone."""
# ruff: noqa: RUF001 - typographic punctuation is the bundled story's own

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.model import Citation, Entry, Story
from knowledge.packs import bundled_pack, read_pack
from knowledge.stories import build_story, cite, holds, place_of
from knowledge.stories.citing import occurrences
from knowledge.stories.replacing import Fate, affected, relocate

OLD = build_story(
    "bridge", "It broke. Nobody was hurt.\n\nThe ferry runs. Nobody was hurt.\n\nIt will be mended."
)


def at(story: Story, words: str, which: int = 0) -> Citation:
    start = -1
    for _ in range(which + 1):
        start = story.text.index(words, start + 1)
    return Citation(story.slug, start, start + len(words), words, story.text_hash)


def fate(new_text: str, citation: Citation, old: Story = OLD) -> tuple[Fate, str]:
    """Return what becomes of a citation, and the text from where it stands then."""
    new = build_story(old.slug, new_text)
    (found,) = relocate(old, new, [citation])
    assert found.now is None or holds(new, found.now)
    return found.fate, new_text[found.now.start :] if found.now else ""


def test_a_citation_before_every_change_is_kept_with_the_new_hash() -> None:
    new = build_story("bridge", OLD.text.replace("will be", "has been"))
    citation = cite(OLD, "It broke.")
    (found,) = relocate(OLD, new, [citation])
    assert found.fate is Fate.KEPT
    assert found.now == cite(new, "It broke.")
    assert not holds(new, citation)


def test_a_citation_after_a_change_moves() -> None:
    assert fate("News! " + OLD.text, cite(OLD, "The ferry runs")) == (
        Fate.MOVED,
        "The ferry runs. Nobody was hurt.\n\nIt will be mended.",
    )


def test_a_citation_whose_words_changed_is_stale_with_the_nearest_line() -> None:
    new = build_story("bridge", OLD.text.replace("ferry runs", "ferry ran"))
    (found,) = relocate(OLD, new, [cite(OLD, "The ferry runs.")])
    assert (found.fate, found.now) == (Fate.STALE, None)
    assert found.nearest is not None
    assert found.nearest.excerpt.startswith("The ferry ran")
    assert holds(new, found.nearest)


def test_of_words_that_stand_twice_the_one_between_the_same_neighbours_is_taken() -> None:
    longer = OLD.text.replace("It broke.", "It broke on Monday. We heard it.")
    second = at(OLD, "Nobody was hurt.", 1)
    assert fate(longer, second) == (Fate.MOVED, "Nobody was hurt.\n\nIt will be mended.")
    assert fate(longer, at(OLD, "Nobody was hurt."))[1].startswith("Nobody was hurt.\n\nThe ferry")


def test_words_that_stood_twice_are_not_taken_for_one_another_when_only_one_is_left() -> None:
    once = OLD.text.replace(" Nobody was hurt.\n\nIt", "\n\nIt")
    assert fate(once, at(OLD, "Nobody was hurt.", 1))[0] is Fate.STALE
    assert fate(once, at(OLD, "Nobody was hurt."))[0] is Fate.KEPT


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("She has 18 goals.", "18 goals", "She has 118 goals."),
        ("She has 18 goals.", "18 goals", "She has 1,018 goals."),
        ("It cost $5 in all.", "It cost $5", "It cost $5.20 in all."),
        ("She was able to win.", "able to win", "She was unable to win."),
    ],
)
def test_words_that_became_a_part_of_others_are_stale(before: str, words: str, after: str) -> None:
    old = build_story("goals", before)
    assert fate(after, cite(old, words), old)[0] is Fate.STALE
    assert fate(f"News. {before}", cite(old, words), old)[0] is Fate.MOVED


def test_words_of_a_script_without_spaces_are_found_again() -> None:
    old = build_story("bridge", "桥在星期一关闭。", "zh")
    assert fate("据报道桥在星期一关闭。", cite(old, "星期一关闭"), old)[0] is Fate.MOVED


def test_nobody_guesses_between_more_than_there_were() -> None:
    more = OLD.text.replace("The ferry runs.", "Boats go. Nobody was hurt.")
    assert fate(more, at(OLD, "Nobody was hurt.", 1))[0] is Fate.STALE


def test_a_paragraph_that_was_put_elsewhere_takes_its_citations_along() -> None:
    first, second, third = OLD.text.split("\n\n")
    swapped = f"{third}\n\n{second}\n\n{first}"
    assert fate(swapped, cite(OLD, "It will be mended."))[0] is Fate.MOVED
    assert fate(swapped, cite(OLD, "It broke"))[0] is Fate.MOVED


def test_a_citation_that_was_stale_before_is_not_found_within_a_longer_number() -> None:
    first, second, third = (
        build_story("s", f"She scored {goals} in all.") for goals in ("18 goals", "19 goals", "118 goals")
    )
    (was_right,) = relocate(first, second, [cite(first, "18 goals")])
    assert was_right.fate is Fate.STALE
    (found,) = relocate(second, third, [was_right.before])
    assert found.fate is Fate.STALE


def test_a_citation_that_was_stale_before_is_found_where_its_words_stand_again() -> None:
    stale = Citation("bridge", 3, 17, "The ferry runs", "the hash of an older text")
    assert fate(OLD.text, stale) == (Fate.MOVED, "The ferry runs. Nobody was hurt.\n\nIt will be mended.")
    twice = Citation("bridge", 3, 18, "Nobody was hurt", "the hash of an older text")
    assert fate(OLD.text, twice)[0] is Fate.STALE


def test_entries_are_told_that_cite_the_story_and_only_its_citations_change() -> None:
    other = Citation("other", 0, 2, "Hi", "hash")
    runs, mended = cite(OLD, "The ferry runs."), cite(OLD, "It will be mended.")
    entries = [
        Entry("both", ("?",), "!", (runs, other, mended)),
        Entry("moved", ("?",), "!", (mended,)),
        Entry("elsewhere", ("?",), "!", (other,)),
        Entry("own-words", ("?",), "!"),
    ]
    new = build_story("bridge", OLD.text.replace("runs", "ran"))
    both, moved = affected(OLD, new, entries)
    assert (both.entry.id, both.is_stale, moved.entry.id, moved.is_stale) == ("both", True, "moved", False)
    assert both.entry.citations == (runs, other, cite(new, "It will be mended."))
    assert [found.fate for found in both.relocated] == [Fate.STALE, Fate.MOVED]
    assert moved.entry.citations == (cite(new, "It will be mended."),)


def test_the_bundled_story_with_three_sentences_changed() -> None:
    pack = read_pack(bundled_pack())
    (old,) = pack.stories
    changes = {
        "Hegerberg – who has scored 185 goals in 149 games": "Hegerberg – who has scored 186 goals in 150 games",
        "clearly disapproved of Solveig’s sexist question": "disapproved of Solveig’s question",
        "He asked the question in his native tongue.": "He had asked the question in French.",
    }
    text = old.text
    for before, after in changes.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    new = build_story(old.slug, text, old.language, old.source)
    found = {each.before: each for entry in affected(old, new, pack.entries) for each in entry.relocated}

    stale = [each for each in found.values() if each.fate is Fate.STALE]
    # The goals of bullet 3, the clear disapproval of bullet 6, and the excerpt that ends with the native tongue.
    assert Counter(place_of(old, each.before.start) for each in stale) == {
        "bullet 3": 1,
        "bullet 6": 1,
        "paragraph 10": 1,
    }
    nearest = {each.before.start: each.nearest.excerpt for each in stale if each.nearest}
    assert "186 goals in 150 games" in nearest[212]
    assert nearest[543] == "The crowd, and social media, disapproved of Solveig’s question."
    assert len(nearest) == 3

    # What stands before bullet 6 stays; "clearly " and "sexist " are 15 characters, which all after it move by.
    for each in found.values():
        if each.now is not None:
            assert holds(new, each.now)
            assert each.now.start == each.before.start - (15 if each.before.start > 543 else 0)
            assert each.fate is (Fate.MOVED if each.before.start > 543 else Fate.KEPT)


_SENTENCES = st.lists(
    st.sampled_from(
        ["No.", "He said so.", "Ada won.", "“Yes,” she said.", "It is 3.5 m.", "\n\n", "\n- ", "x"]
    ),
    max_size=14,
).map(" ".join)


@st.composite
def _citations(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    return start, draw(st.integers(start + 1, min(len(text), start + 300)))


@given(st.data(), _SENTENCES, _SENTENCES)
def test_whatever_is_found_stands_there_to_the_letter(data: st.DataObject, before: str, after: str) -> None:
    assume(before)
    old, new = build_story("s", before), build_story("s", after)
    start, end = data.draw(_citations(before))
    citation = Citation("s", start, end, before[start:end], old.text_hash)
    (found,) = relocate(old, new, [citation])
    if found.now is None:
        # Either there are several that it may be, or it has become a part of longer words.
        stands = [len(occurrences(text, citation.excerpt)) for text in (before, after)]
        assert stands != [1, 1] or f" {citation.excerpt} " not in f" {after} "
    else:
        assert holds(new, found.now)
        assert found.now.excerpt == citation.excerpt
    assert found.nearest is None or holds(new, found.nearest)


@given(st.data(), _SENTENCES)
def test_the_same_text_keeps_every_citation(data: st.DataObject, text: str) -> None:
    assume(text)
    story = build_story("s", text)
    start, end = data.draw(_citations(text))
    (found,) = relocate(story, story, [Citation("s", start, end, text[start:end], story.text_hash)])
    assert found.fate is Fate.KEPT


@given(st.data(), _SENTENCES, _SENTENCES, st.text("abc. \n", max_size=30))
def test_a_change_elsewhere_keeps_an_excerpt_that_stands_once(
    data: st.DataObject, before: str, after: str, inserted: str
) -> None:
    words = "The bridge is closed"
    old = build_story("s", f"{before} {words} {after}")
    cut = data.draw(st.integers(0, len(before)))
    until = data.draw(st.integers(cut, len(before)))
    changed = data.draw(
        st.sampled_from([(before[:cut] + inserted + before[until:], after), (before, inserted + after[cut:])])
    )
    new = build_story("s", f"{changed[0]} {words} {changed[1]}")
    (found,) = relocate(old, new, [cite(old, words)])
    assert found.now == cite(new, words)
