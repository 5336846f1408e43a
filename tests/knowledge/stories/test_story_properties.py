"""What holds for every story: nothing is ever quoted that does not stand in it to the letter."""
# ruff: noqa: RUF001 - typographic punctuation is what is tested

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.model import MAX_EXCERPT, Story
from knowledge.packs import bundled_pack, read_pack
from knowledge.stories import build_story, cite, holds, place_of
from knowledge.stories.speech import PRONOUNS

_PIECES = st.sampled_from(
    [
        *"“”„«»「」\"'’.,!?…:;-–—•*\n。！？ ",
        *[
            "\n\n",
            "\n• ",
            "\n- ",
            "... ",
            "Dr. ",
            "U.S. ",
            "Ada Lind",
            "Lind",
            " said ",
            "said Bo Berg",
            ", she said. ",
        ],
        *[
            "sagte",
            "24. September",
            "z. B. ",
            "¿Qué? ",
            "г. ",
            "它走了。",
            "と彼女は言った",
            "\r\n",
            "\u2028",
            "\u200b",
            "x" * 120,
        ],
    ]
)
_TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.lists(
        st.one_of(_PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), max_size=60
    ).map("".join),
)
_LANGUAGES = st.sampled_from([*PRONOUNS, "nb", "fi"])


def assert_sound(story: Story) -> None:
    text = story.text
    for quotation in story.quotations:
        assert holds(story, quotation.citation)
        assert 0 < len(quotation.citation.excerpt) <= MAX_EXCERPT
        assert place_of(story, quotation.citation.start) == quotation.place
    for passage in story.passages:
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert 0 < len(passage.text) <= MAX_EXCERPT
        assert place_of(story, passage.start) == passage.place
    for spans in (story.paragraphs, story.passages, [item.citation for item in story.quotations]):
        assert all(before.end <= after.start for before, after in pairwise(spans))
    covered = {at for passage in story.passages for at in range(passage.start, passage.end)}
    for paragraph in story.paragraphs:
        assert all(at in covered for at in range(paragraph.start, paragraph.end) if not text[at].isspace())
    assert len({passage.id for passage in story.passages}) == len(story.passages)


@given(_TEXTS, _LANGUAGES)
@example("“" * 3 + "\n\n" + "“a b c", "en")
@example("• a\n“b c d” said\n e", "en")
def test_any_text_is_cut_soundly(text: str, language: str) -> None:
    assert_sound(build_story("any", text, language))


@given(_TEXTS)
def test_outside_the_paragraphs_there_are_only_blanks_and_bullet_signs(text: str) -> None:
    story = build_story("any", text)
    inside = {at for paragraph in story.paragraphs for at in range(paragraph.start, paragraph.end)}
    outside = "".join(character for at, character in enumerate(text) if at not in inside)
    assert set(outside.split()) <= {"•", "-", "*"} or set("".join(outside.split())) <= set("•-*")


@given(_TEXTS)
def test_every_passage_that_stands_once_can_be_cited(text: str) -> None:
    story = build_story("any", text)
    for passage in story.passages:
        if text.find(passage.text) == passage.start and text.find(passage.text, passage.start + 1) < 0:
            citation = cite(story, passage.text)
            assert (citation.start, citation.end) == (passage.start, passage.end)


def test_everything_in_the_bundled_pack_is_verbatim() -> None:
    pack = read_pack(bundled_pack())
    stories = {story.slug: story for story in pack.stories}
    for story in pack.stories:
        assert_sound(story)
    cited = [citation for item in (*pack.entries, *pack.facts) for citation in item.citations]
    assert all(holds(stories[citation.story], citation) for citation in cited)
