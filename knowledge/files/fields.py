"""Taking typed fields out of a mapping, with a fault for everything that is not as it must be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.files.report import Report
from knowledge.files.values import List, Mapping, Scalar, Value, described, shown

_UNTEXTUAL = re.compile(r"[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping's fields, read with the faults going into a report."""

    mapping: Mapping
    report: Report

    def line_of(self, name: str) -> int:
        """Return the line of a field, or of the mapping where the field is missing."""
        value = self.mapping.fields.get(name)
        return value.line if value is not None else self.mapping.line

    def text(self, name: str, *, limit: int = 0, any_scalar: bool = False) -> str:
        """Return a field of text; "" where it is missing, or faulty, which is then reported.

        `limit`: code points at most, 0 for any number. `any_scalar`: numbers and dates are kept as they are
        written.
        """
        value = self.mapping.get(name)
        if value is None:
            return ""
        if any_scalar and isinstance(value, Scalar):
            value = Scalar(value.line, value.text)
        return text_of(value, f"`{name}`", self.report, limit=limit) or ""

    def needed(self, name: str, hint: str, *, limit: int = 0, any_scalar: bool = False) -> str:
        """Return a field of text as `text` does, and report it where it is missing or blank."""
        found = self.text(name, limit=limit, any_scalar=any_scalar)
        value = self.mapping.get(name)
        if not found.strip() and (value is None or (isinstance(value, Scalar) and not value.text.strip())):
            self.report.add(self.line_of(name), f"no `{name}`: {hint}")
        return found

    def items(self, name: str) -> tuple[Value, ...]:
        """Return the values of a list field; none where it is missing, or no list, which is then reported."""
        match self.mapping.get(name):
            case None:
                return ()
            case List(items=items):
                return items
            case other:
                self.report.add(other.line, f"`{name}` must be a list, but this is {described(other)}")
                return ()

    def texts(self, name: str, *, limit: int = 0) -> Iterator[tuple[int, str]]:
        """Yield the texts of a list field with their lines; what is none is reported and left out."""
        for item in self.items(name):
            text = text_of(item, f"each of `{name}`", self.report, limit=limit)
            if text is not None and text.strip():
                yield item.line, text
            elif text is not None:
                self.report.add(item.line, f"one of `{name}` is empty: write it or remove the line")

    def mappings(self, name: str, having: str = "") -> Iterator["Fields"]:
        """Yield the mappings of a list field; what is none is reported, with what it would have, and left out."""
        for item in self.items(name):
            if isinstance(item, Mapping):
                yield Fields(item, self.report)
            else:
                what = f"each of `{name}` must be a mapping{having and f' with {having}'}"
                self.report.add(item.line, f"{what}, but this is {described(item)}")


def text_of(value: Value, what: str, report: Report, *, limit: int = 0) -> str | None:
    """Return the text of a value; None, with the fault reported, if it is none or longer than the limit."""
    if not isinstance(value, Scalar) or value.kind == "nothing":
        report.add(value.line, f"{what} must be text, but this is {described(value)}")
        return None
    if value.kind != "text":
        report.add(
            value.line, f"{what} must be text, but this is {described(value)}: put it in quotation marks"
        )
        return None
    if found := _UNTEXTUAL.search(value.text):
        report.add(value.line, f"{what} holds a character that is no text (U+{ord(found[0]):04X}): remove it")
        return None
    if limit and len(value.text) > limit:
        report.add(
            value.line, f"{what} has {len(value.text)} characters, over {limit}: shorten {shown(value.text)}"
        )
        return None
    return value.text
