from hashlib import sha256

from knowledge.model import Story
from knowledge.stories import build_story, text_hash


def cut(text: str) -> list[tuple[str, str]]:
    story = build_story("s", text)
    return [(item.place, story.text[item.start : item.end]) for item in story.paragraphs]


def test_the_hash_is_that_of_the_utf_8_text(story: Story) -> None:
    assert story.text_hash == text_hash(story.text) == sha256(story.text.encode()).hexdigest()


def test_bullets_and_paragraphs_are_counted_apart() -> None:
    text = "• One\n  - Two\n* Three\n\nFirst.\n\n\nSecond,\nover two lines.\n- Four"
    assert cut(text) == [
        ("bullet 1", "One"),
        ("bullet 2", "Two"),
        ("bullet 3", "Three"),
        ("paragraph 1", "First."),
        ("paragraph 2", "Second,\nover two lines."),
        ("bullet 4", "Four"),
    ]


def test_indented_lines_after_a_bullet_belong_to_it() -> None:
    assert cut("- One\n  goes on\nNot any more") == [
        ("bullet 1", "One\n  goes on"),
        ("paragraph 1", "Not any more"),
    ]


def test_a_sign_without_a_blank_after_it_is_no_bullet() -> None:
    assert cut("-5 degrees\n\n*bold*\n\n•") == [
        ("paragraph 1", "-5 degrees"),
        ("paragraph 2", "*bold*"),
        ("paragraph 3", "•"),
    ]


def test_lines_of_white_space_part_paragraphs_as_empty_ones_do() -> None:
    assert [place for place, _ in cut("One\n \t\nTwo\r\n\r\nThree")] == [
        "paragraph 1",
        "paragraph 2",
        "paragraph 3",
    ]


def test_an_indent_is_not_part_of_a_paragraph() -> None:
    assert cut("   One  \n") == [("paragraph 1", "One")]


def test_passages_have_stable_ids_by_place_and_order(story: Story) -> None:
    assert [(passage.id, passage.place) for passage in story.passages][:4] == [
        ("bridge/b1", "bullet 1"),
        ("bridge/b2", "bullet 2"),
        ("bridge/p1.1", "paragraph 1"),
        ("bridge/p1.2", "paragraph 1"),
    ]


def test_a_bullet_is_one_passage_even_of_two_sentences() -> None:
    story = build_story("s", "• One. Two.")
    assert [(passage.id, passage.text) for passage in story.passages] == [("s/b1", "One. Two.")]


def test_a_bullet_too_long_for_an_excerpt_is_cut() -> None:
    story = build_story("s", "• " + "A sentence of words. " * 30)
    assert [passage.id for passage in story.passages][:2] == ["s/b1.1", "s/b1.2"]
    assert all(len(passage.text) <= 300 for passage in story.passages)


def test_a_story_without_text_is_empty_and_no_fault() -> None:
    story = build_story("s", "\n \n")
    assert (story.paragraphs, story.passages, story.quotations) == ((), (), ())
