"""The formats in which entries travel, and how the text of our own becomes mappings."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import PurePath

from knowledge.errors import Fault, ImportFileError
from knowledge.files import Mapping, Report, Value, json_value, yaml_value
from knowledge.files.fields import Fields
from knowledge.files.values import described
from knowledge.transfer.csv_rows import csv_values


class Format(StrEnum):
    """A format of a file of entries: our own, which are written and read, and those of others, which are read."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    YAML = "yaml"
    QNA_MAKER = "qna-maker"
    QNABOT = "qnabot"
    KENDRA = "kendra"
    RASA = "rasa"


OWN = (Format.JSON_LINES, Format.CSV, Format.YAML)
"""The formats in which everything about an entry has its place."""

SUFFIXES = {
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.CSV,
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
}
"""What a file's name ends in if it is of one of our own formats."""


def format_of(name: str) -> Format:
    """Return our own format that a file's name stands for. Raises `ImportFileError` if it is none."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise unknown_name(name, SUFFIXES)
    return SUFFIXES[suffix]


def unknown_name(name: str, suffixes: Iterable[str]) -> ImportFileError:
    """Return the error for a file whose name ends in none of these."""
    what = f"files of entries end in {', '.join(suffixes)}: rename it, or export it in one of these formats"
    return ImportFileError([Fault(name, 1, what)])


def entry_values(text: str, form: Format, report: Report) -> Iterator[Value]:
    """Yield the entries of a file of our own as mappings; what is not even that is reported and left out."""
    match form:
        case Format.JSON_LINES:
            for line, content in enumerate(text.split("\n"), start=1):
                if content.strip() and (value := json_value(content, line, report)):
                    yield value
        case Format.YAML:
            yield from _yaml_values(text, report)
        case Format.CSV:
            yield from csv_values(text, report)
        case _:
            raise ValueError(form)


def _yaml_values(text: str, report: Report) -> Iterator[Value]:
    value = yaml_value(text, report)
    if value is None:
        return
    if not isinstance(value, Mapping):
        report.add(value.line, f"the file must begin with `entries:`, but this is {described(value)}")
        return
    value.expect(("entries",), report)
    yield from Fields(value, report).items("entries")
