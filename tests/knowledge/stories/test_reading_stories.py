import pytest

from knowledge.errors import PackError
from knowledge.model import Source
from knowledge.stories import read_story


def faults(text: str) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_story("bridge", text)
    return [str(fault) for fault in caught.value.faults]


def test_front_matter_tells_the_source_and_the_rest_is_the_text() -> None:
    story = read_story(
        "bridge",
        "---\ntitle: The bridge\npublisher: Post\nauthor: A. B.\npublished: 2024-10-18\nurl: https://example.org/a\n"
        "licence: own\nlanguage: no\n---\n\n  Text, verbatim. \n\nTo the end.\n",
    )
    assert story.source == Source("The bridge", "Post", "A. B.", "2024-10-18", "https://example.org/a", "own")
    assert story.language == "no"
    assert story.text == "  Text, verbatim. \n\nTo the end."


def test_what_is_not_known_of_the_source_stays_empty() -> None:
    story = read_story("bridge", "---\ntitle:\nurl: ~\nlanguage: en\n---\n\nText.\n")
    assert story.source == Source()


def test_only_the_last_line_end_is_not_part_of_the_text() -> None:
    assert read_story("bridge", "---\ntitle: A\n---\n\n\nText.\n\n").text == "\nText.\n"


def test_a_file_without_front_matter_is_all_text() -> None:
    story = read_story("bridge", "Text.\n---\nMore.", language="de")
    assert (story.text, story.language) == ("Text.\n---\nMore.", "de")


def test_a_mark_and_line_ends_of_windows_leave_the_text_as_it_is_elsewhere() -> None:
    there = read_story("bridge", "\ufeff---\r\ntitle: A\r\n---\r\n\r\nOne.\r\n\r\nTwo.\r\n")
    here = read_story("bridge", "---\ntitle: A\n---\n\nOne.\n\nTwo.\n")
    assert there == here


def test_a_year_or_yes_in_front_matter_is_text() -> None:
    assert read_story("bridge", "---\ntitle: 1984\npublisher: yes\n---\n\nText.").source == Source(
        "1984", "yes"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "---\ntitle: A\n",
            "stories/bridge.md:1: the front matter is not closed: end it with a line of `---`",
        ),
        ("---\ntitel: A\n---\n\nText.", 'stories/bridge.md:2: unknown field "titel": did you mean "title"?'),
        ("---\ntitle: A\ntitle: B\n---\n\nText.", 'stories/bridge.md:3: the field "title" stands twice'),
        ("---\ntitle: [\n---\n\nText.", "broken YAML"),
        ("---\ntitle: [a]\n---\n\nText.", "stories/bridge.md:2: `title` must be text, but this is a list"),
        ("---\n- a\n---\n\nText.", "stories/bridge.md:2: the front matter must be `field: value` lines"),
        ("---\nlanguage: english\n---\n\nText.", "stories/bridge.md:2: `language` must be two small letters"),
        ("---\ntitle: A\n---\n\n \n", "stories/bridge.md:5: the story has no text"),
        ("", "stories/bridge.md:1: the story has no text"),
        (
            "---\ntitle: A\n---\n\nA\nb\0",
            "stories/bridge.md:6: a character that is no text (U+0000): remove it",
        ),
        ("A \ud800", "stories/bridge.md:1: a character that is no text (U+D800): remove it"),
    ],
)
def test_faults_are_told_by_line(text: str, fault: str) -> None:
    found = faults(text)
    assert len(found) == 1
    assert fault in found[0]


def test_all_faults_are_told_at_once() -> None:
    assert len(faults("---\ntitel: A\nlanguage: x\n---\n\n")) == 3


def test_faults_name_the_file_as_they_are_told_to() -> None:
    with pytest.raises(PackError, match=r"^my/pack/stories/a\.md:1: "):
        read_story("a", "", file="my/pack/stories/a.md")
