"""Workbooks that are broken, or made to do harm."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.transfer.foreign.sheet import MAX_UNPACKED
from tests.knowledge.transfer.foreign.files import taken, workbook

GOOD = workbook(["Question", "Answer"], ["Is it open?", "Yes."])
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def with_part(name: str, content: bytes) -> bytes:
    """Return the good workbook with one of its parts replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(GOOD)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, content if part == name else before.read(part))
        if name not in before.namelist():
            after.writestr(name, content)
    return out.getvalue()


def part_of(name: str) -> str:
    with ZipFile(BytesIO(GOOD)) as archive:
        return archive.read(name).decode()


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    bomb = with_part("xl/media/image.bin", b"\0" * (MAX_UNPACKED + 1))
    assert len(bomb) < MAX_UNPACKED / 100
    (fault,) = taken("kb.xlsx", bomb).faults
    assert fault.startswith("kb.xlsx:1: a workbook that unpacks to over 50,000,000 bytes: split it")


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_not_expanded(name: str) -> None:
    result = taken("kb.xlsx", with_part(name, (BOMB + part_of(name)).encode()))
    assert result.entries == ()
    assert [fault.partition(" (")[0] for fault in result.faults] == ["kb.xlsx:1: a broken workbook"]


@pytest.mark.parametrize("dimension", ['<dimension ref="A1:B2"/>', '<dimension ref="A1:B2000000000"/>', ""])
def test_a_row_at_the_end_of_the_world_is_not_counted_up_to(dimension: str) -> None:
    far = '<row r="2000000000"><c r="A2000000000" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    sheet = re.sub("<dimension[^>]*>", dimension, part_of("xl/worksheets/sheet1.xml"))
    result = taken(
        "kb.xlsx", with_part("xl/worksheets/sheet1.xml", sheet.replace("</sheetData>", far).encode())
    )
    (fault,) = result.faults
    assert fault == "kb.xlsx:200001: a row beyond 200,000: delete it, or save the sheet as .tsv"


def test_cells_far_to_the_right_cost_nothing() -> None:
    sheet = part_of("xl/worksheets/sheet1.xml")
    far = '<row r="3"><c r="XFD3" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    result = taken(
        "kb.xlsx", with_part("xl/worksheets/sheet1.xml", sheet.replace("</sheetData>", far).encode())
    )
    assert ([entry.answer for entry in result.entries], result.faults) == (["Yes."], [])


def test_a_sheet_that_tells_a_wrong_size_is_read_whole() -> None:
    sheet = re.sub("<dimension[^>]*>", '<dimension ref="A1"/>', part_of("xl/worksheets/sheet1.xml"))
    result = taken("kb.xlsx", with_part("xl/worksheets/sheet1.xml", sheet.encode()))
    assert [entry.answer for entry in result.entries] == ["Yes."]


def test_characters_that_a_workbook_writes_by_their_number_are_read() -> None:
    result = taken("kb.xlsx", workbook(["Question", "Answer"], ["_x0057_hen?", "In May._x000D_\nOr _x00g0."]))
    assert [(entry.phrasings, entry.answer) for entry in result.entries] == [
        (("When?",), "In May.\nOr _x00g0.")
    ]


@pytest.mark.parametrize(
    ("cell", "answer"), [("2018-12-03", "2018-12-03"), ("2018-12-03 20:30", "2018-12-03 20:30:00")]
)
def test_a_date_has_a_time_of_day_only_where_it_was_written(cell: str, answer: str) -> None:
    content = workbook(["Question", "Answer"], ["When?", datetime.fromisoformat(cell)])
    assert [entry.answer for entry in taken("kb.xlsx", content).entries] == [answer]


def test_a_formula_counts_as_its_value_and_a_text_like_one_as_text() -> None:
    result = taken(
        "kb.xlsx", workbook(["Question", "Answer"], ["Is it open?", "=1+1"], ["Why?", "It is May."])
    )
    assert result.faults == ["kb.xlsx:2: no answer: write one, or remove it from the file"]
    assert [entry.answer for entry in result.entries] == ["It is May."]


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no archive", GOOD[:200], GOOD[:-200]])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    assert taken("kb.xlsx", content).faults == ["kb.xlsx:1: no workbook: save it as .xlsx, or as .tsv"]


def test_the_archive_that_the_service_packs_its_files_into_is_told_to_be_unpacked() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("kb.tsv", "Question\tAnswer\n")
    (fault,) = taken("kb.xlsx", out.getvalue()).faults
    assert fault == "kb.xlsx:1: an archive, and no workbook: unpack it, and import the .tsv or .xlsx in it"


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_workbook_gives_rows_or_faults_and_never_an_error(at: int, damage: bytes) -> None:
    result = taken("kb.xlsx", GOOD[:at] + damage + GOOD[at + len(damage) :])
    assert result.entries or result.faults


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize(
    "content", [b"", b"<", b"<a/>", b"\xff\xfe", b"<worksheet><sheetData><row r='x'/></sheetData>"]
)
def test_a_broken_part_is_one_fault(part: str, content: bytes) -> None:
    result = taken("kb.xlsx", with_part(part, content))
    assert result.entries == ()
    assert len(result.faults) <= 1
