import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import EntryError, NotVerbatimError
from knowledge.model import Citation, Story
from knowledge.stories import (
    build_story,
    cite,
    closest_span,
    holds,
    paragraph_around,
    place_of,
    whole_sentences,
)


def test_a_citation_knows_where_its_words_stand(story: Story) -> None:
    citation = cite(story, "carried cars across")
    assert story.text[citation.start : citation.end] == citation.excerpt == "carried cars across"
    assert (citation.story, citation.text_hash) == ("bridge", story.text_hash)
    assert place_of(story, citation.start) == "paragraph 3"


def test_white_space_around_an_excerpt_does_not_count(story: Story) -> None:
    assert cite(story, "  carried cars\tacross ".replace("\t", " ")) == cite(story, "carried cars across")


def test_words_that_stand_twice_have_to_be_told_apart(story: Story) -> None:
    with pytest.raises(EntryError, match=r"stand in bullet 2 and paragraph 1 and paragraph 3: add `place:`"):
        cite(story, "Nobody was hurt")
    places = {
        place: cite(story, "Nobody was hurt", place) for place in ("bullet 2", "paragraph 1", "paragraph 3")
    }
    assert len({citation.start for citation in places.values()}) == 3
    assert all(place_of(story, citation.start) == place for place, citation in places.items())


def test_words_that_stand_twice_in_one_place_need_more_words() -> None:
    story = build_story("echo", "No. No. Yes.")
    with pytest.raises(EntryError, match=r"stand more than once in paragraph 1: take more words around them"):
        cite(story, "No.")
    with pytest.raises(EntryError, match="take more words"):
        cite(story, "No.", "paragraph 1")


def test_a_wrong_place_is_told_with_the_right_one(story: Story) -> None:
    with pytest.raises(EntryError, match=r"stand in paragraph 3, not in paragraph 1: correct the place"):
        cite(story, "carried cars across", "paragraph 1")


def test_an_unknown_place_is_told_with_those_there_are(story: Story) -> None:
    with pytest.raises(EntryError, match=r'no place "line 4": it has bullet 1 to 2 and paragraph 1 to 3'):
        cite(story, "carried cars across", "line 4")


@pytest.mark.parametrize("excerpt", ["", "  \n", "x" * 301])
def test_an_excerpt_must_have_between_1_and_300_characters(story: Story, excerpt: str) -> None:
    with pytest.raises(EntryError, match=r"is empty|has 301 characters, over 300"):
        cite(story, excerpt)


def test_an_excerpt_of_300_characters_is_taken() -> None:
    story = build_story("long", "x" * 299 + "y. After.")
    assert len(cite(story, "x" * 299 + "y").excerpt) == 300


def test_words_that_are_nearly_there_are_answered_with_the_closest_span(story: Story) -> None:
    with pytest.raises(
        NotVerbatimError, match=r'the closest is "carried cars across" \(paragraph 3\)'
    ) as caught:
        cite(story, "carryed cars accross")
    closest = caught.value.closest
    assert closest is not None
    assert holds(story, closest)


def test_words_that_are_nowhere_near_have_no_closest_span(story: Story) -> None:
    with pytest.raises(NotVerbatimError, match="nor anything like them") as caught:
        cite(story, "%%%%")
    assert caught.value.closest is None


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ('"we heard it crack"', "“We heard it crack,”"),
        ("the old bridge in Harnfoss was closed", "The old bridge at Harnfoss was closed"),
        ("Nobody was harmed. “I sleep badly", "Nobody was hurt. “I sleep badly"),
        ("Bridge at Harnfoss is closed!", "The bridge at Harnfoss is closed."),
    ],
)
def test_the_closest_span_minds_neither_case_nor_quotation_marks_nor_slips(
    story: Story, typed: str, span: str
) -> None:
    closest = closest_span(story, typed)
    assert closest is not None
    assert span in closest.excerpt or closest.excerpt in span
    assert holds(story, closest)


def test_the_closest_span_ends_between_words_and_within_300_characters() -> None:
    story = build_story("long", "word " * 200)
    closest = closest_span(story, "word " * 100)
    assert closest is not None
    assert len(closest.excerpt) <= 300
    assert set(closest.excerpt.split()) == {"word"}


def test_the_closest_span_is_widened_to_whole_words(story: Story) -> None:
    closest = closest_span(story, "arried cars acros")
    assert closest is not None
    assert closest.excerpt == "carried cars across"


@pytest.mark.parametrize(
    ("excerpt", "whole"),
    [
        ("carried cars", "Voss has carried cars across since then."),
        ("across since then. Nobody", "Voss has carried cars across since then. Nobody was hurt."),
        ("said Mara", "Nobody was hurt, said Mara Voss."),
        ("heard it", "“We heard it crack,” said Dr. Mara Voss, who runs the ferry."),
    ],
)
def test_half_a_sentence_is_widened_to_the_whole(story: Story, excerpt: str, whole: str) -> None:
    widened = whole_sentences(story, cite(story, excerpt))
    assert widened.excerpt == whole
    assert holds(story, widened)


def test_what_would_be_over_300_characters_is_not_widened() -> None:
    story = build_story("long", f"{'word ' * 50}end. {'more ' * 50}end.")
    across = cite(story, "end. more")
    assert whole_sentences(story, across) == across
    assert len(whole_sentences(story, cite(story, "word end.")).excerpt) == 254


def test_a_long_span_is_cut_after_a_clause() -> None:
    text = f"{'word ' * 40}word, {'more ' * 40}more."
    closest = closest_span(build_story("long", text), text)
    assert closest is not None
    assert closest.excerpt == f"{'word ' * 40}word,"


def test_the_closest_span_takes_in_its_passage_where_its_words_stand_twice() -> None:
    story = build_story(
        "twice",
        "• Ada, who scored 185 goals in 149 games, won.\n\nShe, who scored 185 goals in 149 games, left.",
    )
    closest = closest_span(story, "who scored 185 goals in 150 games")
    assert closest is not None
    assert cite(story, closest.excerpt) == closest


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_nothing_is_close_to_nothing(story: Story, typed: str) -> None:
    assert closest_span(story, typed) is None


@given(st.text(max_size=400), st.text(max_size=400))
def test_the_closest_span_is_verbatim_whatever_is_typed(text: str, typed: str) -> None:
    story = build_story("any", text.encode(errors="replace").decode())
    closest = closest_span(story, typed)
    assert closest is None or (holds(story, closest) and 0 < len(closest.excerpt) <= 300)


def test_a_citation_no_longer_holds_when_the_story_is_corrected(story: Story) -> None:
    citation = cite(story, "carried cars across")
    corrected = build_story("bridge", story.text + " Correction.")
    assert holds(story, citation)
    assert not holds(corrected, citation)


def test_a_citation_holds_only_in_its_own_story_and_to_the_letter(story: Story) -> None:
    citation = cite(story, "carried cars across")
    assert not holds(build_story("other", story.text), citation)
    moved = Citation("bridge", citation.start + 1, citation.end + 1, citation.excerpt, citation.text_hash)
    assert not holds(story, moved)


def test_the_context_of_a_citation_is_its_whole_paragraph(story: Story) -> None:
    around = paragraph_around(story, cite(story, "sang like a saw"))
    assert around.startswith("“We heard it crack")
    assert around.endswith("like a saw.”")


def test_the_context_of_a_bullet_is_the_bullet_without_its_sign(story: Story) -> None:
    assert paragraph_around(story, cite(story, "The bridge")) == "The bridge at Harnfoss is closed."


def test_a_place_between_two_paragraphs_is_the_next_one(story: Story) -> None:
    assert place_of(story, 0) == "bullet 1"
    gap = story.text.index("\n\nVoss")
    assert place_of(story, gap) == "paragraph 3"
    assert place_of(story, len(story.text) + 10) == "paragraph 3"


def test_a_story_without_text_has_no_places() -> None:
    empty = build_story("empty", " \n ")
    assert place_of(empty, 0) == ""
    assert paragraph_around(empty, Citation("empty", 0, 1, "x", "")) == "x"
