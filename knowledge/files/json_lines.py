"""JSON, one value a line."""

import json
from collections import Counter

from knowledge.files.report import Report
from knowledge.files.values import List, Mapping, Scalar, Value


class DuplicateNameError(ValueError):
    """A name that stands twice in one JSON object."""

    def __init__(self, name: str, line: int = 0) -> None:
        super().__init__(name)
        self.line = line
        """Where, if whoever raises it knows."""


class _Number(str):
    """A number of JSON, as it was written."""

    __slots__ = ()


def json_value(text: str, line: int, report: Report) -> Value | None:
    """Return one line of JSON as a value; None, with the fault reported, if it is broken."""
    try:
        return value_of(decoder.decode(text), line)
    except json.JSONDecodeError as error:
        report.add(
            line, f"broken JSON at column {error.colno} ({error.msg}): one complete object a line, please"
        )
    except DuplicateNameError as error:
        report.add(line, f'the field "{error}" stands twice: keep one')
    except RecursionError:
        report.add(line, "nested far too deep: an entry has lists and mappings two deep at most")
    return None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = Counter(name for name, _ in pairs)
        raise DuplicateNameError(next(name for name, times in names.items() if times > 1))
    return fields


def value_of(data: object, line: int) -> Value:
    """Return what the decoder made of JSON as a value, all of it on one line."""
    match data:
        case dict():
            return Mapping(line, {str(name): value_of(item, line) for name, item in data.items()})
        case list():
            return List(line, tuple(value_of(item, line) for item in data))
        case None:
            return Scalar(line, "", "nothing")
        case bool():
            return Scalar(line, "true" if data else "false", "yes or no")
        case _Number():
            return Scalar(line, str(data), "number")
        case _:
            return Scalar(line, str(data))


decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_Number, parse_float=_Number, parse_constant=_Number
)
"""Keeps numbers as they are written, and refuses names that stand twice."""
