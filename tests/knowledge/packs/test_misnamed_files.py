"""Checking a pack tells what is not read because of its name, and what no question can be like."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.packs import read_pack, unread

Swap = Callable[[str, str, str], None]


def strict_faults(pack: Path) -> list[str]:
    try:
        read_pack(pack, strict=True)
    except PackError as error:
        return [str(fault).removeprefix(f"{pack}/") for fault in error.faults]
    return []


def test_a_pack_as_it_should_be_has_no_faults_and_nothing_that_is_not_read(pack: Path) -> None:
    assert strict_faults(pack) == []
    assert unread(pack) == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("entries.yml", "entries.yaml"),
        ("Entries.YAML", "entries.yaml"),
        ("entrys.yaml", "entries.yaml"),
        ("entries.json", "entries.jsonl"),
        ("entries.txt", "entries.yaml"),
        ("fact.yaml", "facts.yaml"),
        ("facts.yml", "facts.yaml"),
        ("pack.yml", "pack.yaml"),
        ("stories/lake.txt", "lake.md"),
        ("stories/lake.MD", "lake.md"),
        ("stories/lake", "lake.md"),
    ],
)
def test_a_misnamed_file_is_told_with_the_name_it_should_have(pack: Path, name: str, meant: str) -> None:
    (pack / name).write_text("x", encoding="utf-8")
    [fault] = strict_faults(pack)
    assert fault == f'{name}:1: this is not read, because of its name: rename it to "{meant}"'


def test_folders_in_the_wrong_place_are_told(pack: Path) -> None:
    (pack / "stories" / "2024").mkdir()
    (pack / "story").mkdir()
    (pack / "stories.yaml").touch()
    where = "this is not read, because of its name"
    assert strict_faults(pack) == [
        f'stories.yaml:1: {where}: put its stories, each in a file that ends in .md, into a folder "stories"',
        f'story:1: {where}: rename it to "stories"',
        f"stories/2024:1: {where}: put its stories into stories/ itself",
    ]


def test_what_is_like_nothing_that_is_read_is_no_fault_but_named(pack: Path) -> None:
    for name in ("questions.jsonl", "floors.yaml", "lake.md"):
        (pack / name).touch()
    (pack / "drafts").mkdir()
    assert strict_faults(pack) == []
    assert unread(pack) == ("drafts", "floors.yaml", "lake.md", "questions.jsonl")


def test_readmes_licences_and_hidden_files_are_fine(pack: Path) -> None:
    for name in ("README.md", "LICENSE", "NOTICE.txt", ".gitignore", "stories/.keep"):
        (pack / name).touch()
    assert strict_faults(pack) == []
    assert unread(pack) == ()


def test_a_pack_with_such_mistakes_still_answers(pack: Path, swap: Swap) -> None:
    (pack / "facts.yml").touch()
    swap("entries.yaml", "- What will it cost?", "- What will it cost?\n      - what will it cost")
    assert strict_faults(pack) != []
    assert len(read_pack(pack).entries) == 3


def test_a_phrasing_that_stands_twice_in_its_entry_is_told(pack: Path, swap: Swap) -> None:
    swap("entries.yaml", "- When was the bridge closed?", "- is the bridge OPEN")
    assert strict_faults(pack) == [
        'entries.yaml:5: the phrasing "is the bridge OPEN" stands in this entry already (line 4): keep one'
    ]


def test_a_phrasing_without_a_word_is_told(pack: Path, swap: Swap) -> None:
    swap("entries.yaml", "- What will it cost?", '- "!!!"')
    assert strict_faults(pack) == ['entries.yaml:22: the phrasing "!!!" has no word in it: write a question']
