from pathlib import Path

import pytest

from knowledge.files import MAX_BYTES, Mapping, Report, Scalar, decode, read_text
from knowledge.files.fields import Fields
from knowledge.files.values import List, described, shown


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfid", Report("f")) == "id"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"one\ntwo \xe9\n", "f:2: not UTF-8 (byte 0xe9): save the file with the encoding UTF-8"),
        ("caf\u00e9\n".encode("utf-16"), "f:1: not UTF-8 (byte 0xff)"),
        (b"one\ntwo\n\0\n", "f:3: a NUL character"),
        (b"x" * (MAX_BYTES + 1), "f:1: the file has 5,000,001 bytes, over the 5,000,000 that are read"),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_line(content: bytes, fault: str) -> None:
    report = Report("f")
    assert decode(content, report) is None
    assert str(report.faults[0]).startswith(fault)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    report = Report("gone.csv")
    assert read_text(tmp_path / "gone.csv", report) is None
    assert "the file cannot be read (No such file or directory)" in str(report.faults[0])


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    report = Report("large.yaml")
    assert read_text(path, report) is None
    assert "5,000,001 bytes" in str(report.faults[0])


def test_faults_come_by_line_whatever_order_they_were_found_in() -> None:
    report = Report("f")
    report.add(9, "late")
    report.add(2, "early")
    assert [fault.line for fault in report.in_order()] == [2, 9]


def test_text_in_a_fault_is_printable_on_one_line_and_short() -> None:
    assert shown("a\nb\u200e") == '"a b "'
    assert len(shown("x" * 500)) == 62


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (Scalar(1, "", "nothing"), "nothing"),
        (Scalar(1, "x"), 'the text "x"'),
        (Scalar(1, "5", "number"), 'a number ("5")'),
        (List(1, ()), "a list"),
        (Mapping(1, {}), "a mapping"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_in_words(
    value: Scalar | List | Mapping | None, words: str
) -> None:
    assert described(value) == words


def test_an_unknown_field_is_told_with_the_nearest_known_one() -> None:
    report = Report("f")
    Mapping(1, {"phrasing": Scalar(3, "x"), "zzz": Scalar(4, "x")}).expect(("id", "phrasings"), report)
    assert [str(fault) for fault in report.faults] == [
        'f:3: unknown field "phrasing": did you mean "phrasings"?',
        'f:4: unknown field "zzz": known are id, phrasings',
    ]


def test_a_number_is_taken_as_text_only_where_any_scalar_will_do() -> None:
    report = Report("f")
    fields = Fields(Mapping(1, {"value": Scalar(2, "185", "number")}), report)
    assert fields.text("value", any_scalar=True) == "185"
    assert report.faults == []
    assert fields.text("value") == ""
    assert (
        str(report.faults[0])
        == 'f:2: `value` must be text, but this is a number ("185"): put it in quotation marks'
    )


def test_characters_that_no_database_keeps_are_refused() -> None:
    report = Report("f")
    fields = Fields(Mapping(1, {"a": Scalar(1, "\ud800"), "b": Scalar(2, "x\0")}), report)
    assert (fields.text("a"), fields.text("b")) == ("", "")
    assert [fault.what[:47] for fault in report.faults] == [
        "`a` holds a character that is no text (U+D800):",
        "`b` holds a character that is no text (U+0000):",
    ]


def test_remarks_are_no_faults() -> None:
    report = Report("a.csv")
    report.remark(3, "left out: the picture")
    assert report.in_order() == ()
    assert [str(remark) for remark in report.remarks] == ["a.csv:3: left out: the picture"]
