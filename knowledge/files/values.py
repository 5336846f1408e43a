"""What YAML, JSON and CSV have in common: scalars, lists and mappings, each knowing the line it starts on."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from knowledge.files.report import Report

ScalarKind: TypeAlias = Literal["text", "number", "date", "yes or no", "nothing"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it was written; `kind` is what the format takes it for."""

    line: int
    text: str
    kind: ScalarKind = "text"


@dataclass(frozen=True, slots=True)
class List:
    """Values in order."""

    line: int
    items: "tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Values by name."""

    line: int
    fields: "dict[str, Value]"

    def get(self, name: str) -> "Value | None":
        """Return the field's value; None where it is missing or left empty."""
        value = self.fields.get(name)
        return None if isinstance(value, Scalar) and value.kind == "nothing" else value

    def expect(self, known: tuple[str, ...], report: Report) -> None:
        """Report every field that is not among the known ones, with the nearest that is."""
        for name, value in self.fields.items():
            if name not in known:
                report.add(value.line, f"unknown field {shown(name)}: {_nearest(name, known)}")


Value: TypeAlias = Scalar | List | Mapping


def shown(text: str, limit: int = 60) -> str:
    """Return text in quotes for a fault: on one line, printable, cut at `limit` code points."""
    return f'"{on_one_line(text, limit)}"'


def on_one_line(text: str, limit: int = 60) -> str:
    """Return text on one line, printable, cut at `limit` code points."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(character if character.isprintable() else " " for character in cut)


def described(value: Value | None) -> str:
    """Return what a value is, in words, for "but this is ..."."""
    match value:
        case None:
            return "nothing"
        case List():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(kind="text"):
            return f"the text {shown(value.text)}"
        case Scalar(kind="nothing"):
            return "nothing"
        case Scalar():
            return f"a {value.kind} ({shown(value.text)})"


def is_blank(value: Value) -> bool:
    """Return whether a value says nothing: it is nothing, white space, "no", or made of such alone."""
    match value:
        case List():
            return all(map(is_blank, value.items))
        case Mapping():
            return all(map(is_blank, value.fields.values()))
        case Scalar(kind="yes or no"):
            return value.text.casefold() in {"false", "no", "off", "n"}
        case Scalar():
            return not value.text.strip() or value.kind == "nothing"


def _nearest(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name.casefold(), known, n=1)
    return f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
