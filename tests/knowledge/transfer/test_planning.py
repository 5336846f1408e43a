"""What taking a file would do, told row by row before anything is done."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.model import Author, Citation, Entry, EntryKind, Story
from knowledge.stories import cite
from knowledge.transfer import Beside, Fate, Plan, plan, plan_file, what_changed

OPEN = Entry("open", ("Is it open?",), "No.")
WHEN = Entry("when", ("Since when?",), "Since Monday.")


def line(entry: Entry, **more: object) -> str:
    return json.dumps({"id": entry.id, "phrasings": entry.phrasings, "answer": entry.answer, **more}) + "\n"


def planned(story: Story, content: str, beside: Beside = Beside()) -> Plan:  # noqa: B008  it is frozen
    return plan(content.encode(), "a.jsonl", [story], beside)


def test_each_row_is_new_changed_or_the_same(story: Story) -> None:
    price = Entry("price", ("The price?",), "None.")
    content = line(OPEN) + "\n" + line(replace(WHEN, answer="Since May.")) + line(price)
    found = planned(story, content, Beside(own=(OPEN, WHEN)))
    assert [(row.line, row.entry.id, row.fate) for row in found.rows] == [
        (1, "open", Fate.SAME),
        (3, "when", Fate.CHANGED),
        (4, "price", Fate.NEW),
    ]
    assert found.rows[1].before == WHEN
    assert [entry.id for entry in found.to_save()] == ["when", "price"]
    assert [row.entry.id for row in found.of(Fate.NEW)] == ["price"]


def test_who_wrote_an_entry_is_no_difference(story: Story) -> None:
    (row,) = planned(story, line(OPEN), Beside(own=(replace(OPEN, author=Author(7, "Ida")),))).rows
    assert row.fate is Fate.SAME


def test_a_row_that_is_refused_stands_among_the_faults_alone_and_nothing_is_saved(story: Story) -> None:
    content = line(OPEN) + '{"id": "bad"}\n' + line(Entry("again", ("is it OPEN",), "No."))
    found = planned(story, content)
    assert [(row.line, row.fate) for row in found.rows] == [(1, Fate.NEW)]
    assert [fault.line for fault in found.faults] == [2, 2, 3]
    assert found.to_save() == ()


def test_a_row_that_hides_an_entry_of_a_pack_says_so(story: Story) -> None:
    found = planned(story, line(OPEN) + line(WHEN), Beside(packs=(OPEN,)))
    assert [row.hides for row in found.rows] == [True, False]


def test_remarks_come_by_line() -> None:
    content = "Is it open?,Yes.,https://b.example\nWhy?,May.,https://a.example\n"
    found = plan(content.encode(), "faq.csv", [], Beside())
    assert [remark.line for remark in found.remarks] == [1, 2]
    assert len(found.to_save()) == 2


def test_a_file_on_the_disk_is_planned_as_its_content_is(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(line(OPEN), encoding="utf-8")
    assert plan_file(file, [story], Beside()) == planned(story, line(OPEN))


def test_a_file_that_cannot_be_read_or_is_of_no_known_format_is_a_fault(story: Story, tmp_path: Path) -> None:
    (gone,) = plan_file(tmp_path / "gone.csv", [story], Beside()).faults
    assert str(gone).startswith(f"{tmp_path / 'gone.csv'}:1: the file cannot be read")
    (unknown,) = plan(b"", "a.docx", [story], Beside()).faults
    assert unknown.what.startswith("files of entries end in .jsonl")


def test_an_empty_file_does_nothing(story: Story) -> None:
    assert planned(story, "") == Plan()


CITED = Citation("bridge", 0, 3, "The", "hash")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (OPEN, ()),
        (replace(OPEN, author=Author(7, "Ida")), ()),
        (replace(OPEN, answer="Yes."), ("answer",)),
        (replace(OPEN, kind=EntryKind.GAP, answer=""), ("from entry to gap",)),
        (replace(OPEN, phrasings=("Is it open?", "Open?")), ("1 phrasing added",)),
        (replace(OPEN, phrasings=("A?", "B?", "C?")), ("3 phrasings added", "1 phrasing removed")),
        (replace(OPEN, citations=(CITED,)), ("1 citation added",)),
        (replace(OPEN, follow_ups=("when", "why")), ("2 follow-ups added",)),
    ],
)
def test_what_changed_is_told_in_words(after: Entry, told: tuple[str, ...]) -> None:
    assert what_changed(OPEN, after) == told


def test_another_order_is_a_change(story: Story) -> None:
    two = replace(
        OPEN, phrasings=("Is it open?", "Open?"), citations=(CITED, cite(story, "“It sang like a saw,”"))
    )
    turned = replace(two, phrasings=two.phrasings[::-1], citations=two.citations[::-1])
    assert what_changed(two, turned) == ("phrasings in another order", "citations in another order")
