"""Reading a story page by page."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Citation, Source, Story
from knowledge.packs import bundled_pack, read_pack
from knowledge.stories import build_story, cite
from knowledge.stories.budget import budget_words, words_within
from knowledge.stories.paging import PAGE, readable

OWN = Source(licence="own")
SENTENCE = "One two three four five. "


def spans(story: Story, *, most: int = PAGE) -> list[str]:
    return [page.text for page in readable(story, most=most).pages]


def test_a_short_story_is_one_page_to_the_letter() -> None:
    (story,) = read_pack(bundled_pack()).stories
    found = readable(story)
    (page,) = found.pages
    assert page.text == story.text.strip()
    assert page.text.startswith("• France")
    assert (found.words, found.is_whole) == (None, True)


def test_pages_hold_whole_paragraphs() -> None:
    story = build_story("s", "First one.\n\nSecond one.\n\n\nThird one.", source=OWN)
    assert spans(story, most=23) == ["First one.\n\nSecond one.", "Third one."]
    assert spans(story, most=22) == ["First one.", "Second one.", "Third one."]


def test_a_page_of_bullets_has_their_signs() -> None:
    story = build_story("s", "• One.\n  • Two.\n  • Three.", source=OWN)
    assert spans(story, most=15) == ["• One.\n  • Two.", "• Three."]


def test_a_paragraph_longer_than_a_page_is_cut_after_its_sentences() -> None:
    story = build_story("s", f"Short.\n\n{SENTENCE * 4}\n\nEnd.", source=OWN)
    assert spans(story, most=60) == [f"Short.\n\n{SENTENCE * 2}".strip(), SENTENCE * 2 + "\n\nEnd."]


def test_the_size_is_counted_as_it_is_shown() -> None:
    story = build_story("s", "* * *!\n\n* * *!", source=OWN)
    doubled = readable(story, most=14, size=lambda text: len(text) + text.count("*"))
    assert [page.text for page in doubled.pages] == ["* * *!", "* * *!"]


def test_without_a_licence_it_can_be_read_up_to_its_budget_in_whole_sentences() -> None:
    story = build_story("s", "\n\n".join([SENTENCE * 2] * 13))  # 130 words: 13 of them, two sentences
    found = readable(story)
    (page,) = found.pages
    assert page.text == (SENTENCE * 2).strip()
    assert (found.words, found.is_whole) == (13, False)


def test_what_entries_cite_and_what_can_be_read_are_within_the_budget_together() -> None:
    story = build_story("s", "Ada won it all here. " + SENTENCE * 24 + "Bo lost it all there.")  # 130 words
    late, first = cite(story, "Bo lost it all there."), cite(story, "Ada won it all here.")
    assert [page.text for page in readable(story, [late]).pages] == ["Ada won it all here."]
    assert len(readable(story, [first]).pages[0].text.split()) == 10


def test_nothing_can_be_read_of_a_story_whose_budget_is_used_up_or_none() -> None:
    story = build_story("s", SENTENCE * 10)
    cited = Citation("s", 25, 75, story.text[25:75], story.text_hash)
    assert readable(story, [cited]).pages == ()
    assert not readable(story, [cited]).is_whole
    assert readable(build_story("s", "Few words. " * 4)).pages == ()


def test_an_empty_story_has_no_pages() -> None:
    assert readable(build_story("s", "", source=OWN)).pages == ()


_TEXTS = st.lists(
    st.sampled_from(["Word ", "end. ", "\n\n", "\n• ", "旧。", "x" * 90, " "]), max_size=80
).map("".join)


@given(_TEXTS, st.integers(300, 900), st.sampled_from(["own", ""]), st.data())
def test_pages_are_verbatim_in_order_short_enough_and_within_the_budget(
    text: str,
    most: int,
    licence: str,
    data: st.DataObject,
) -> None:
    story = build_story("s", text, source=Source(licence=licence))
    cited = [
        Citation("s", each.start, each.end, each.text, story.text_hash)
        for each in story.passages
        if data.draw(st.booleans())
    ][:2]
    found = readable(story, cited, most=most)
    reached = 0
    for page in found.pages:
        assert page.text == story.text[page.start : page.end] == page.text.strip() != ""
        assert len(page.text) <= most
        assert page.start >= reached
        reached = page.end
    pages = [(page.start, page.end) for page in found.pages]
    if licence:
        assert found.is_whole
        assert words_within(text, pages) == words_within(text, [(0, len(text))])
    else:
        budget = budget_words(story)
        assert budget is not None
        assert (
            not pages or words_within(text, [*pages, *((each.start, each.end) for each in cited)]) <= budget
        )
