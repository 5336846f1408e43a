"""The formats in which entries travel, and how the text of each becomes mappings."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePath

from knowledge.errors import Fault, ImportFileError
from knowledge.files import Mapping, Report, Value, json_value, yaml_value
from knowledge.files.fields import Fields
from knowledge.files.values import described
from knowledge.transfer.csv_rows import csv_values


class Format(StrEnum):
    """A format of a file of entries."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    YAML = "yaml"


_SUFFIXES = {
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.CSV,
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
}


def format_of(name: str) -> Format:
    """Return the format that a file's name stands for. Raises `ImportFileError` if it is none."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _SUFFIXES:
        what = (
            f"files of entries end in {', '.join(_SUFFIXES)}: rename it, or export it in one of these formats"
        )
        raise ImportFileError([Fault(name, 1, what)])
    return _SUFFIXES[suffix]


def entry_values(text: str, form: Format, report: Report) -> Iterator[Value]:
    """Yield the entries of a file as mappings; what is not even that is reported and left out."""
    match form:
        case Format.JSON_LINES:
            for line, content in enumerate(text.split("\n"), start=1):
                if content.strip() and (value := json_value(content, line, report)):
                    yield value
        case Format.YAML:
            yield from _yaml_values(text, report)
        case Format.CSV:
            yield from csv_values(text, report)


def _yaml_values(text: str, report: Report) -> Iterator[Value]:
    value = yaml_value(text, report)
    if value is None:
        return
    if not isinstance(value, Mapping):
        report.add(value.line, f"the file must begin with `entries:`, but this is {described(value)}")
        return
    value.expect(("entries",), report)
    yield from Fields(value, report).items("entries")
