"""What is written is read back as it was, whatever moderators put into it."""

import csv
import json
import os
import re
from io import StringIO
from pathlib import Path
from string import whitespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import MAX_ID, Entry, EntryKind, Story
from knowledge.stories import build_story, cite
from knowledge.text.folding import words
from knowledge.transfer import (
    OWN,
    Beside,
    Format,
    format_entries,
    parse_entries,
    write_entries,
    write_text,
)
from knowledge.transfer.together import phrasing_key

_STORY = build_story(
    "bridge", "• Nobody was hurt.\n\n“It sang,” said Voss. Nobody was hurt. =1+1 is two; -2 is less."
)
_CITATIONS = (
    cite(_STORY, "Nobody was hurt.", "bullet 1"),
    cite(_STORY, "Nobody was hurt.", "paragraph 1"),
    cite(_STORY, "“It sang,”"),
    cite(_STORY, "=1+1 is two"),
    cite(_STORY, "-2"),
)
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_TRICKY = st.text(
    st.sampled_from("='+-@\t\r\n\"',;:#[]{}&*!|>%~ \u2028\x85\ufeffaé\u200b\uff1d"), max_size=12
)
_ANY = st.one_of(st.text(_LETTERS, max_size=30), _TRICKY).filter(str.strip)
_PHRASINGS = _ANY.filter(words)
_IDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=whitespace), min_size=1, max_size=MAX_ID
)
_ENTRIES = st.builds(
    lambda entry_id, phrasings, answer, citations, follow_ups: Entry(
        entry_id,
        tuple(phrasings),
        answer,
        tuple(citations),
        EntryKind.ENTRY if answer else EntryKind.GAP,
        tuple(follow_ups),
    ),
    _IDS,
    st.lists(_PHRASINGS, min_size=1, max_size=4),
    st.one_of(_ANY, st.just("")),
    st.lists(st.sampled_from(_CITATIONS), unique=True),
    st.lists(_IDS, max_size=2),
)


def _apart(entries: list[Entry]) -> bool:
    """Whether no phrasing stands twice, which none may in a file."""
    keys = [phrasing_key(phrasing) for entry in entries for phrasing in entry.phrasings]
    return len(set(keys)) == len(keys)


@pytest.mark.parametrize("form", OWN)
@given(entries=st.lists(_ENTRIES, max_size=4, unique_by=lambda entry: entry.id).filter(_apart))
def test_any_entries_come_back_equal(form: Format, entries: list[Entry]) -> None:
    text = format_entries(entries, form, [_STORY])
    followed = Beside(packs=tuple(Entry(i, ()) for entry in entries for i in entry.follow_ups))
    assert parse_entries(text.encode(), f"entries.{form}", [_STORY], followed) == tuple(entries)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.yaml"])
def test_files_on_disk_come_back_equal(
    tmp_path: Path, story: Story, entries: tuple[Entry, ...], name: str
) -> None:
    write_entries(tmp_path / name, entries, [story])
    assert parse_entries((tmp_path / name).read_bytes(), name, [story]) == entries


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@given(entries=st.lists(_ENTRIES, min_size=1, max_size=4, unique_by=lambda entry: entry.id).filter(_apart))
def test_no_cell_of_any_csv_begins_like_a_formula(entries: list[Entry]) -> None:
    text = format_entries(entries, Format.CSV, [_STORY])
    cells = [cell for row in csv.reader(StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(_FORMULA_STARTS)]
    # A spreadsheet that expects semicolons takes the whole line for text, and begins a cell after each of them.
    assert not [piece for piece in re.split(r"[;\r\n]\"*", text) if piece.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("yes;=1+1", "yes;'=1+1"),
        ("yes\n-1", "yes\n'-1"),
        ("\t=1", "'\t'=1"),
        ('yes;"=1+1;no"', 'yes;"\'=1+1;no"'),
        ("yes;\"''=1", "yes;\"'''=1"),
        ("\r\n@all", "'\r\n'@all"),
        ("it's = 1; 'quoted'", "it's = 1; 'quoted'"),
    ],
)
def test_a_formula_is_written_with_an_apostrophe_before_it(typed: str, written: str) -> None:
    text = format_entries([Entry("a", ("A?",), typed)], Format.CSV)
    assert list(csv.reader(StringIO(text, newline="")))[1][2] == written
    assert parse_entries(text.encode(), "a.csv", []) == (Entry("a", ("A?",), typed),)


def test_no_cell_of_csv_begins_like_a_formula(story: Story, entries: tuple[Entry, ...]) -> None:
    text = format_entries(entries, Format.CSV, [story])
    cells = [cell for row in csv.reader(StringIO(text, newline="")) for cell in row]
    assert "'=What will it cost?" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_has_the_five_columns_and_others_only_where_needed(
    entries: tuple[Entry, ...], story: Story
) -> None:
    plain = format_entries(entries[3:], Format.CSV, [story])
    assert plain.splitlines()[0] == "id,phrasing,answer,story,excerpt"
    full = format_entries(entries, Format.CSV, [story])
    assert full.splitlines()[0] == "id,phrasing,answer,story,excerpt,kind,place,follow_ups"


def test_a_line_of_json_is_as_the_contract_says(entries: tuple[Entry, ...], story: Story) -> None:
    lines = format_entries(entries, Format.JSON_LINES, [story]).splitlines()
    assert json.loads(lines[3]) == {
        "id": "noise",
        "kind": "entry",
        "phrasings": ["- what?", "+1\t2", "what noise"],
        "answer": "Like a saw",
        "citations": [{"story": "bridge", "excerpt": "“It sang like a saw,”"}],
    }
    assert "“It sang" in lines[3]
    assert json.loads(lines[2])["citations"] == []


def test_without_the_stories_no_places_are_written(entries: tuple[Entry, ...]) -> None:
    assert "place" not in format_entries(entries, Format.JSON_LINES)


def test_a_file_is_replaced_only_when_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "entries.csv"
    write_text(path, "the old one")
    monkeypatch.setattr(
        "os.fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(OSError, match="No space left on device") as caught:
        write_text(path, "the new one")
    assert caught.value.filename == str(path)
    assert path.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_keeps_its_mode_and_the_links_to_it(tmp_path: Path) -> None:
    path, link = tmp_path / "entries.csv", tmp_path / "latest.csv"
    write_text(path, "the old one")
    path.chmod(0o640)
    link.symlink_to(path)
    write_text(link, "the new one")
    assert link.is_symlink()
    assert path.read_text() == "the new one"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "entries.csv"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_text(pipe, "entries")
    assert os.read(reading, 100) == b"entries"
    os.close(reading)
    assert pipe.is_fifo()
