import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.files import List, Mapping, Report, Scalar, json_value


def read(text: str) -> tuple[object, list[str]]:
    report = Report("file.jsonl")
    value = json_value(text, 7, report)
    return value, [str(fault) for fault in report.in_order()]


def test_a_line_becomes_values_that_know_the_line() -> None:
    value, faults = read('{"id": "a", "n": [1, 2.5, true, null], "m": {}}')
    kinds = (
        Scalar(7, "1", "number"),
        Scalar(7, "2.5", "number"),
        Scalar(7, "true", "yes or no"),
        Scalar(7, "", "nothing"),
    )
    assert faults == []
    assert value == Mapping(7, {"id": Scalar(7, "a"), "n": List(7, kinds), "m": Mapping(7, {})})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"id": "a"', "file.jsonl:7: broken JSON at column 11"),
        ("{'id': 1}", "broken JSON at column 2"),
        (
            '{"id": "a"} {"id": "b"}',
            "broken JSON at column 13 (Extra data): one complete object a line, please",
        ),
        ('{"id": "a", "x": 1, "id": "b"}', 'the field "id" stands twice: keep one'),
        ("[" * 200_000, "nested far too deep"),
    ],
)
def test_what_is_broken_is_told(text: str, fault: str) -> None:
    value, faults = read(text)
    assert value is None
    assert len(faults) == 1
    assert fault in faults[0]


def test_a_name_that_stands_twice_is_told_at_once_among_a_great_many() -> None:
    many = ", ".join(f'"n{number}": 0' for number in range(400_000))
    value, faults = read(f'{{{many}, "n399999": 1}}')
    assert value is None
    assert faults == ['file.jsonl:7: the field "n399999" stands twice: keep one']


def test_a_number_of_any_length_is_kept_as_written() -> None:
    value, faults = read("9" * 10_000)
    assert faults == []
    assert value == Scalar(7, "9" * 10_000, "number")


@given(st.text(max_size=200))
def test_any_line_gives_a_value_or_a_fault(text: str) -> None:
    value, faults = read(text)
    assert (value is None) == bool(faults)
