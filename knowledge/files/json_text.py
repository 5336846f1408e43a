"""JSON over many lines, each value with the line it begins on.

The standard library's decoder does not tell where a value stands. So objects and lists are walked here as far down
as a person looks for a line, and what lies deeper is left to the decoder, all on the line it begins on.
"""

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from knowledge.files.json_lines import DuplicateNameError, decoder, value_of
from knowledge.files.report import Report
from knowledge.files.values import List, Mapping, Value

_DEPTH = 5
_SPACE = re.compile(r"[ \t\n\r]*")


def json_document(text: str, report: Report) -> Value | None:
    """Return a JSON document as a value; None, with the fault reported, if it is broken."""
    try:
        return _Document(text).whole()
    except json.JSONDecodeError as error:
        report.add(
            error.lineno,
            f"broken JSON at column {error.colno} ({error.msg}): check the commas and quotation marks",
        )
    except DuplicateNameError as error:
        report.add(error.line, f'the field "{error}" stands twice: keep one')
    except RecursionError:
        report.add(1, "nested far too deep: no format that is taken here nests like this")
    return None


@dataclass(frozen=True, slots=True)
class _Document:
    text: str
    breaks: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "breaks", [found.start() for found in re.finditer("\n", self.text)])

    def whole(self) -> Value:
        """Return the value that the text is; nothing but white space may follow it."""
        value, end = self.value(0, _DEPTH)
        if (rest := self.skip(end)) < len(self.text):
            raise json.JSONDecodeError("Extra data", self.text, rest)
        return value

    def line(self, at: int) -> int:
        return bisect_right(self.breaks, at - 1) + 1

    def skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def value(self, at: int, depth: int) -> tuple[Value, int]:
        """Return the value that begins at a place or after the white space there, and where it ends."""
        at = self.skip(at)
        line = self.line(at)
        if depth and self.text[at : at + 1] == "{":
            return self._object(at, line, depth - 1)
        if depth and self.text[at : at + 1] == "[":
            return self._list(at, line, depth - 1)
        try:
            data, end = decoder.raw_decode(self.text, at)
        except DuplicateNameError as error:
            raise DuplicateNameError(str(error), line) from None
        return value_of(data, line), end

    def _object(self, at: int, line: int, depth: int) -> tuple[Value, int]:
        fields: dict[str, Value] = {}
        at, more = self._next(at, "}", is_first=True)
        while more:
            name_line = self.line(at)
            if self.text[at : at + 1] != '"':
                raise json.JSONDecodeError("Expecting property name enclosed in double quotes", self.text, at)
            name, at = decoder.raw_decode(self.text, at)
            if name in fields:
                raise DuplicateNameError(name, name_line)
            at = self.skip(at)
            if self.text[at : at + 1] != ":":
                raise json.JSONDecodeError("Expecting ':' delimiter", self.text, at)
            fields[name], at = self.value(at + 1, depth)
            at, more = self._next(at, "}")
        return Mapping(line, fields), at

    def _list(self, at: int, line: int, depth: int) -> tuple[Value, int]:
        items: list[Value] = []
        at, more = self._next(at, "]", is_first=True)
        while more:
            item, at = self.value(at, depth)
            items.append(item)
            at, more = self._next(at, "]")
        return List(line, tuple(items)), at

    def _next(self, at: int, closing: str, *, is_first: bool = False) -> tuple[int, bool]:
        """Return where the next member begins and True, or where the object or list ends and False."""
        at = self.skip(at + 1 if is_first else at)
        found = self.text[at : at + 1]
        if found == closing:
            return at + 1, False
        if is_first:
            return at, True
        if found != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", self.text, at)
        return self.skip(at + 1), True
