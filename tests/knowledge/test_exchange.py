"""What a server takes from a file and gives as one, on a small town's base."""

import dataclasses
import json
from pathlib import Path

import pytest

from knowledge import exchange
from knowledge.answering import Base, CompiledPacks
from knowledge.model import Author, Pack
from knowledge.owned import Kind
from knowledge.stories import build_story
from knowledge.transfer import OWN, Fate, Format
from tests.knowledge.bases import AUTHOR, COST, LIBRARY, base, entry, gap

OWN_ENTRY = entry(
    "shelves", ("How many shelves are there?",), "Seven.", COST, author=AUTHOR, follow_ups=("cost",)
)
OTHER = Author(8, "Odd")


def line(entry_id: str, answer: str, **more: object) -> bytes:
    asked = [f"What about {entry_id}?"]
    return (json.dumps({"id": entry_id, "phrasings": asked, "answer": answer, **more}) + "\n").encode()


def stale_in(known: Base) -> Base:
    """Return a server's base with its entry citing words that no longer stand in the story."""
    (citation,) = OWN_ENTRY.citations
    moved = dataclasses.replace(citation, excerpt=citation.excerpt.upper())
    return known.with_own([dataclasses.replace(OWN_ENTRY, citations=(moved,)), gap("dogs", ("Any dogs?",))])


def test_what_is_new_or_changed_is_written_by_whoever_takes_the_file() -> None:
    known = base(OWN_ENTRY)
    file = exchange.export(known, Format.JSON_LINES, "x").text.replace("Seven.", "Eight.").encode()
    planned = exchange.plan_on(known, file + line("maps", "2,000."), "file.jsonl")
    changed, new = exchange.writes(known, planned, OTHER)
    assert [(one.kind, one.key, one.before) for one in (changed, new)] == [
        (Kind.ENTRY, "shelves", OWN_ENTRY),
        (Kind.ENTRY, "maps", None),
    ]
    assert changed.after == dataclasses.replace(OWN_ENTRY, answer="Eight.", author=OTHER)


def test_what_is_the_same_keeps_its_author() -> None:
    known = base(OWN_ENTRY)
    planned = exchange.plan_on(
        known, exchange.export(known, Format.JSON_LINES, "x").text.encode(), "file.jsonl"
    )
    assert [row.fate for row in planned.rows] == [Fate.SAME]
    assert exchange.writes(known, planned, OTHER) == []


def test_one_bad_row_is_named_and_leaves_nothing_to_write() -> None:
    bad = line("worse", "Yes.", citations=[{"story": LIBRARY.slug, "excerpt": "It cost nothing."}])
    planned = exchange.plan_on(base(), line("good", "Yes.") + bad, "file.jsonl")
    assert [(fault.line, "file.jsonl:2:" in str(fault)) for fault in planned.faults] == [(2, True)]
    assert exchange.writes(base(), planned, OTHER) == []


def test_an_entry_that_hides_one_of_a_pack_says_so() -> None:
    (row,) = exchange.plan_on(base(), line("cost", "Nobody knows."), "file.jsonl").rows
    assert (row.fate, row.hides) == (Fate.NEW, True)


@pytest.mark.parametrize("form", OWN)
def test_an_export_holds_the_server_s_own_entries_alone_and_is_taken_again(form: Format) -> None:
    known = base(OWN_ENTRY, gap("dogs", ("Any dogs?",)))
    made = exchange.export(known, form, f"export.{form}")
    assert (made.count, made.left_out, made.faults) == (2, (), ())
    planned = exchange.plan_on(known, made.text.encode(), f"export.{form}")
    assert [(row.entry.id, row.fate) for row in planned.rows] == [("shelves", Fate.SAME), ("dogs", Fate.SAME)]


def test_stale_entries_are_left_out_and_named_with_their_story() -> None:
    made = exchange.export(stale_in(base(OWN_ENTRY)), Format.JSON_LINES, "x.jsonl")
    assert made.count == 1
    assert "shelves" not in made.text
    assert [(one.entry.id, one.stories) for one in made.left_out] == [("shelves", (LIBRARY.slug,))]


def test_follow_ups_that_lead_nowhere_are_not_exported() -> None:
    known = base(dataclasses.replace(OWN_ENTRY, follow_ups=("gone", "cost")))
    (text,) = exchange.export(known, Format.JSON_LINES, "x.jsonl").text.splitlines()
    assert json.loads(text)["follow_ups"] == ["cost"]


CLOSED = build_story(
    "letter", " ".join(f"Letter {n} came from the mayor of the town on Monday." for n in range(10))
)
"""110 words, of which eleven may be shown: one sentence."""


def test_a_server_takes_no_more_phrasings_than_it_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_PHRASINGS", 3)
    known = base(OWN_ENTRY)
    file = (
        exchange.export(known, Format.JSON_LINES, "x").text.encode() + line("two", "2.") + line("three", "3.")
    )
    assert not exchange.plan_on(known, file, "file.jsonl").faults
    planned = exchange.plan_on(known, file + line("four", "4."), "file.jsonl")
    assert [(fault.line, "over 3 phrasings" in fault.what) for fault in planned.faults] == [(4, True)]
    assert exchange.writes(known, planned, OTHER) == []


def quoting(entry_id: str, sentence: int) -> bytes:
    excerpt = CLOSED.passages[sentence].text
    return line(entry_id, "So it is.", citations=[{"story": CLOSED.slug, "excerpt": excerpt}])


def test_rows_that_would_quote_too_much_of_a_story_are_refused_before_anything_is_saved(
    tmp_path: Path,
) -> None:
    known = Base(CompiledPacks([Pack("town", "en", (CLOSED,))]))
    assert not exchange.plan_on(known, quoting("one", 0), "file.jsonl").faults
    file = tmp_path / "file.jsonl"
    file.write_bytes(quoting("one", 0) + quoting("two", 1))
    planned = exchange.plan_file_on(known, file)
    assert [(fault.file, fault.line) for fault in planned.faults] == [(str(file), 2)]
    assert 'The entry "two" would quote too much' in planned.faults[0].what
    assert exchange.writes(known, planned, OTHER) == []
