"""Every fault of a pack is told with its file and line, and how to mend it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.model import MAX_ANSWER, MAX_EXCERPT, MAX_PHRASING
from knowledge.packs import read_pack

Swap = Callable[[str, str, str], None]
Faults = Callable[[], list[str]]

_NOT_VERBATIM = (
    'entries.yaml:9: the words "The old bridge was closed on Tuesday." do not stand in bridge to the letter:'
    ' the closest is "The old bridge was closed on Monday." (paragraph 1)'
)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "excerpt: The old bridge was closed on Monday.",
            "excerpt: The old bridge was closed on Tuesday.",
            _NOT_VERBATIM,
        ),
        (
            "        place: paragraph 1\n",
            "",
            (
                'entries.yaml:17: the words "Nobody was hurt." stand in bullet 1 and paragraph 1:'
                " add `place:` with the one you mean, or take more words around them"
            ),
        ),
        (
            "place: paragraph 1",
            "place: paragraph 9",
            'entries.yaml:17: the story bridge has no place "paragraph 9": it has bullet 1 to 1 and paragraph 1 to 2',
        ),
        (
            "id: hurt",
            "id: closed",
            'entries.yaml:11: the id "closed" is used twice (first on line 2): rename one',
        ),
        (
            "- Was anybody hurt?",
            "- is the BRIDGE open",
            (
                'entries.yaml:13: the phrasing "is the BRIDGE open" is also one of "closed" (line 4):'
                " keep it where it is answered best"
            ),
        ),
        (
            "- Was anybody hurt?",
            f"- {'x' * (MAX_PHRASING + 1)}",
            f'entries.yaml:13: each of `phrasings` has 1001 characters, over 1000: shorten "{"x" * 59}…"',
        ),
        (
            "excerpt: Nobody was hurt.",
            f"excerpt: {'x' * (MAX_EXCERPT + 1)}",
            f'entries.yaml:17: `excerpt` has 301 characters, over 300: shorten "{"x" * 59}…"',
        ),
        (
            "answer: Nobody was.",
            f"answer: {'x' * (MAX_ANSWER + 1)}",
            f'entries.yaml:14: `answer` has 1501 characters, over 1500: shorten "{"x" * 59}…"',
        ),
        (
            "      - Was anybody hurt?\n",
            "",
            'entries.yaml:12: the entry "hurt" has no phrasings: write at least one question that it answers',
        ),
        (
            "- Was anybody hurt?",
            '- " "',
            "entries.yaml:13: one of `phrasings` is empty: write it or remove the line",
        ),
        (
            "    answer: Nobody was.\n",
            "",
            "entries.yaml:11: no `answer`: write one, or `kind: gap` if the story does not say",
        ),
        (
            "kind: gap",
            "kind: gap\n    answer: Much.",
            "entries.yaml:21: a gap has no answer, as the story does not say: remove it, or the `kind: gap`",
        ),
        ("kind: gap", "kind: hole", 'entries.yaml:20: `kind` must be entry or gap, but this is "hole"'),
        ("answer: Nobody", "anser: Nobody", 'entries.yaml:14: unknown field "anser": did you mean "answer"?'),
        ("story: bridge", "storey: bridge", 'entries.yaml:8: unknown field "storey": did you mean "story"?'),
        ("- story: bridge", "- story: bridges", 'entries.yaml:8: there is no story "bridges": known: bridge'),
        (
            "follow_ups: [hurt]",
            "follow_ups: [hurts]",
            'entries.yaml:10: the follow-up "hurts" is no entry\'s id: correct or remove it',
        ),
        (
            "- Was anybody hurt?",
            "- 1956",
            'entries.yaml:13: each of `phrasings` must be text, but this is a number ("1956"): put it',
        ),
        (
            "citations: []",
            "citations: none",
            'entries.yaml:23: `citations` must be a list, but this is the text "none"',
        ),
        (
            "citations: []",
            "citations: [x]",
            "entries.yaml:23: each of `citations` must be a mapping with `story` and `excerpt`, but this is",
        ),
        (
            "id: hurt",
            "id: was hurt",
            'entries.yaml:11: the id "was hurt" has white space in it: write hyphens instead',
        ),
        ("id: hurt", f"id: {'x' * 65}", "entries.yaml:11: `id` has 65 characters, over 64"),
        ("id: hurt", 'id: ""', "entries.yaml:11: no `id`: give it a short name that nothing else here has"),
        ("    answer: Nobody was.\n", "    answer: [\n", "entries.yaml:1"),
        (
            "answer: Nobody was.",
            "id: other",
            'entries.yaml:14: the field "id" stands twice (first on line 11): keep one',
        ),
        ("  - id: cost", "  - just text", "entries.yaml:2"),
        ("entries:", "entry:", 'entries.yaml:2: unknown field "entry": did you mean "entries"?'),
    ],
)
def test_a_fault_of_an_entry(swap: Swap, faults: Faults, old: str, new: str, fault: str) -> None:
    swap("entries.yaml", old, new)
    assert any(found.startswith(fault) for found in faults())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: Mara Voss", "name: ''", "facts.yaml:2: no `name`: write the name in full"),
        ("aliases: [Voss]", "alias: [Voss]", 'facts.yaml:3: unknown field "alias": did you mean "aliases"?'),
        ("    subject: the bridge\n", "", "facts.yaml:5: no `subject`: say who or what the fact is about"),
        ("    value: Monday\n", "    value: []\n", "facts.yaml:8: `value` must be text, but this is a list"),
        ("    value: Monday\n", "", "facts.yaml:5: no `value`: write the number, date, name or text"),
        (
            "kind: date",
            "kind: day",
            'facts.yaml:9: `kind` must be one of number, date, name, text, but this is "day"',
        ),
        ("closed on Monday.", "closed on Friday.", "facts.yaml:12: the words"),
        (
            "    citations:\n      - story: bridge\n        excerpt: The old bridge was closed on Monday.\n",
            "  - id: closing-day\n    subject: a\n    attribute: b\n    value: 1\n",
            'facts.yaml:5: the fact "closing-day" has no citations: cite the line of the story that states it',
        ),
        ("names:", "people:", 'facts.yaml:2: unknown field "people": known are names, facts'),
    ],
)
def test_a_fault_of_a_fact(swap: Swap, faults: Faults, old: str, new: str, fault: str) -> None:
    swap("facts.yaml", old, new)
    assert faults()[0].startswith(fault)


def test_the_same_id_for_two_facts(swap: Swap, faults: Faults) -> None:
    swap(
        "facts.yaml",
        "facts:\n",
        "facts:\n  - {id: closing-day, subject: a, attribute: b, value: c, citations: []}\n",
    )
    assert faults() == [
        'facts.yaml:5: the fact "closing-day" has no citations: cite the line of the story that states it',
        'facts.yaml:6: the id "closing-day" is used twice (first on line 5): rename one',
    ]


def test_the_same_id_for_two_facts_on_one_line(pack: Path, faults: Faults) -> None:
    fact = "{id: a, subject: a, attribute: b, value: c, citations: [{story: bridge, excerpt: It sang like a saw}]}"
    (pack / "facts.yaml").write_text(f"facts: [{fact}, {fact}]")
    assert faults() == ['facts.yaml:1: the id "a" is used twice (first on line 1): rename one']


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("pack.yaml", "language: en\n", "pack.yaml:1: no `name`: write what people call this pack"),
        ("pack.yaml", "name: A\nlanguage: english\n", "pack.yaml:2: `language` must be two small letters"),
        (
            "pack.yaml",
            "name: A\ncolour: red\n",
            'pack.yaml:2: unknown field "colour": known are name, language',
        ),
        ("pack.yaml", 'name: "A\\nB"\n', "pack.yaml:1: `name` must be one line"),
        ("pack.yaml", "name: [A]\n", "pack.yaml:1: `name` must be text, but this is a list"),
        ("pack.yaml", "", "pack.yaml:1: the file must hold `name:` and `language:`, but this is nothing"),
        ("pack.yaml", "name: [\n", "pack.yaml:2: broken YAML"),
        (
            "entries.yaml",
            "- id: a\n",
            "entries.yaml:1: the file must begin with `entries:`, but this is a list",
        ),
        ("entries.yaml", "entries:\n  - text\n", "entries.yaml:2: an entry must be a mapping"),
        (
            "facts.yaml",
            "[]\n",
            "facts.yaml:1: the file must hold `facts:` (and `names:`, if you like), but this is a list",
        ),
        ("stories/bridge.md", "---\ntitel: A\n---\n\nText.\n", 'stories/bridge.md:2: unknown field "titel"'),
        (
            "stories/two words.md",
            "Text.\n",
            "stories/two words.md:1: the story's file name must be at most 64",
        ),
    ],
)
def test_a_fault_of_a_file(pack: Path, faults: Faults, name: str, text: str, fault: str) -> None:
    (pack / name).write_text(text, encoding="utf-8")
    assert faults()[0].startswith(fault)


@pytest.mark.parametrize("name", ["pack.yaml", "entries.yaml", "facts.yaml", "stories/bridge.md"])
def test_the_wrong_encoding_of_any_file(pack: Path, faults: Faults, name: str) -> None:
    (pack / name).write_bytes("# one\n# d\u2019Or\n".encode("cp1252"))
    assert faults() == [f"{name}:2: not UTF-8 (byte 0x92): save the file with the encoding UTF-8"]


def test_a_missing_pack_yaml_and_a_missing_story(pack: Path, faults: Faults) -> None:
    (pack / "pack.yaml").unlink()
    (pack / "entries.yaml").unlink()
    (pack / "facts.yaml").unlink()
    (pack / "stories" / "bridge.md").unlink()
    assert faults() == [
        "pack.yaml:1: there is no pack.yaml: write one with `name:` and `language:`",
        "stories:1: there is no story: put one into stories/, in a file that ends in .md",
    ]


def test_a_broken_story_is_told_once_and_not_at_each_citation(swap: Swap, faults: Faults) -> None:
    swap("stories/bridge.md", "title:", "titel:")
    assert len(faults()) == 1


def test_entries_in_two_files(pack: Path, faults: Faults) -> None:
    (pack / "entries.jsonl").write_text("", encoding="utf-8")
    assert faults() == ["entries.yaml:1: there is entries.jsonl as well: keep all entries in one of the two"]


@pytest.mark.parametrize("name", ["entries.yaml", "stories/bridge.md", "pack.yaml"])
def test_a_link_out_of_the_folder(pack: Path, faults: Faults, name: str) -> None:
    outside = pack.parent / "outside"
    (pack / name).rename(outside)
    (pack / name).symlink_to(outside)
    assert f"{name}:1: a link out of the pack's folder: put the file itself here" in faults()


def test_a_link_to_nowhere_is_told(pack: Path, faults: Faults) -> None:
    (pack / "facts.yaml").unlink()
    (pack / "facts.yaml").symlink_to(pack / "gone.yaml")
    assert faults() == ["facts.yaml:1: no ordinary file: put a text file here"]


def test_every_fault_is_told_file_by_file_and_line_by_line(swap: Swap, faults: Faults) -> None:
    swap("facts.yaml", "kind: date", "kind: day")
    swap("entries.yaml", "kind: gap", "kind: hole")
    swap("entries.yaml", "story: bridge", "story: b")
    swap("pack.yaml", "en", "english")
    assert [fault.split(": ")[0] for fault in faults()] == [
        "pack.yaml:2",
        "entries.yaml:8",
        "entries.yaml:20",
        "facts.yaml:9",
    ]


def test_the_error_has_a_line_for_each_fault(pack: Path, swap: Swap) -> None:
    swap("entries.yaml", "kind: gap", "kind: hole")
    with pytest.raises(PackError) as caught:
        read_pack(pack)
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
