import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.files import List, Mapping, Report, Scalar, Value, json_document

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=20,
)


def read(text: str) -> tuple[Value | None, list[str]]:
    report = Report("file.json")
    return json_document(text, report), [str(fault) for fault in report.in_order()]


def test_each_value_knows_the_line_it_begins_on() -> None:
    value, faults = read('{\n "qna": [\n  {"q": ["a",\n   "b"],\n   "n": 1}\n ]\n}\n')
    item = Mapping(3, {"q": List(3, (Scalar(3, "a"), Scalar(4, "b"))), "n": Scalar(5, "1", "number")})
    assert faults == []
    assert value == Mapping(1, {"qna": List(2, (item,))})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{\n"a": 1\n"b": 2}', "file.json:3: broken JSON at column 1 (Expecting ',' delimiter)"),
        ('{\n"a": [1,\n2', "file.json:3: broken JSON at column 2 (Expecting ',' delimiter)"),
        ("{\n1: 2}", "file.json:2: broken JSON at column 1 (Expecting property name"),
        ('{"a" 2}', "file.json:1: broken JSON at column 6 (Expecting ':' delimiter)"),
        ('{"a": 2}\n{}', "file.json:2: broken JSON at column 1 (Extra data)"),
        ('{"a": 2,\n"a": 3}', 'file.json:2: the field "a" stands twice'),
        ('[[[[[\n{"a": 2, "a": 3}]]]]]', 'file.json:2: the field "a" stands twice'),
        ("[" * 200_000, "nested far too deep"),
        ("", "file.json:1: broken JSON at column 1"),
    ],
)
def test_what_is_broken_is_told_with_its_line(text: str, fault: str) -> None:
    value, faults = read(text)
    assert value is None
    assert len(faults) == 1
    assert fault in faults[0]


@given(_JSON, st.sampled_from([None, 1, "\t"]))
def test_it_is_read_as_the_standard_library_reads_it(data: object, indent: int | str | None) -> None:
    value, faults = read(json.dumps(data, indent=indent))
    assert faults == []
    assert value is not None
    assert _plain(value) == data


@given(st.text(st.sampled_from('{}[]:,"a1 \n\\'), max_size=30))
def test_any_text_gives_a_value_or_one_fault(text: str) -> None:
    value, faults = read(text)
    assert len(faults) == (value is None)


def _plain(value: Value) -> object:
    match value:
        case Mapping():
            return {name: _plain(item) for name, item in value.fields.items()}
        case List():
            return [_plain(item) for item in value.items]
        case Scalar(kind="number"):
            return int(value.text)
        case Scalar(kind="yes or no"):
            return value.text == "true"
        case Scalar(kind="nothing"):
            return None
        case Scalar():
            return value.text
