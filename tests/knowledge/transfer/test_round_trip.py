"""What is written is read back as it was, whatever moderators put into it."""

import csv
import json
from io import StringIO
from pathlib import Path
from string import whitespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import MAX_ID, Entry, EntryKind, Story
from knowledge.stories import build_story, cite
from knowledge.transfer import Format, format_entries, parse_entries, read_entries, write_entries
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
_TEXTS = st.one_of(st.text(_LETTERS, max_size=30), _TRICKY).filter(str.strip)
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
    st.lists(_TEXTS, min_size=1, max_size=4),
    st.one_of(_TEXTS, st.just("")),
    st.lists(st.sampled_from(_CITATIONS), unique=True),
    st.lists(_IDS, max_size=2),
)


def _apart(entries: list[Entry]) -> bool:
    """Whether no two entries share an id or a phrasing, which no file may."""
    keys = [key for entry in entries for key in {phrasing_key(phrasing) for phrasing in entry.phrasings}]
    return len(set(keys)) == len(keys)


@pytest.mark.parametrize("form", Format)
@given(entries=st.lists(_ENTRIES, max_size=4, unique_by=lambda entry: entry.id).filter(_apart))
def test_any_entries_come_back_equal(form: Format, entries: list[Entry]) -> None:
    text = format_entries(entries, form, [_STORY])
    assert parse_entries(text.encode(), f"entries.{form}", [_STORY]) == tuple(entries)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.yaml"])
def test_files_on_disk_come_back_equal(
    tmp_path: Path, story: Story, entries: tuple[Entry, ...], name: str
) -> None:
    write_entries(tmp_path / name, entries, [story])
    assert read_entries(tmp_path / name, [story]) == entries


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
        "phrasings": ["-", "+1\t2", "what noise"],
        "answer": "Like a saw",
        "citations": [{"story": "bridge", "excerpt": "“It sang like a saw,”"}],
    }
    assert "“It sang" in lines[3]
    assert json.loads(lines[2])["citations"] == []


def test_without_the_stories_no_places_are_written(entries: tuple[Entry, ...]) -> None:
    assert "place" not in format_entries(entries, Format.JSON_LINES)
