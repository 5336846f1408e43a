"""YAML, read safely, quickly and with line numbers.

Built from the parser's events and not from composed nodes: composing recurses in C, so that a file of a few
hundred thousand brackets ends the process; and in the events an alias still shows, before it can multiply
anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from knowledge.files.report import Report
from knowledge.files.values import List, Mapping, Scalar, ScalarKind, Value, shown

_TOO_DEEP = "nested far too deep: nothing here is more than five deep"
_MAX_DEPTH = 20
_KINDS: dict[str, ScalarKind] = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "date",
}


class _RefusedError(Exception):
    """YAML that is well formed and still not taken."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet."""

    line: int
    is_mapping: bool
    items: list[Value] = field(default_factory=list)
    fields: dict[str, Value] = field(default_factory=dict)
    name: str | None = None
    """The field whose value comes next."""

    def add(self, value: Value) -> None:
        if not self.is_mapping:
            self.items.append(value)
        elif self.name is not None:
            self.fields[self.name] = value
            self.name = None
        elif not isinstance(value, Scalar):
            raise _RefusedError(value.line, "a list or mapping as a field's name: name it with a word")
        elif value.text in self.fields:
            first = self.fields[value.text].line
            raise _RefusedError(
                value.line, f"the field {shown(value.text)} stands twice (first on line {first}): keep one"
            )
        else:
            self.name = value.text

    def close(self) -> Value:
        return Mapping(self.line, self.fields) if self.is_mapping else List(self.line, tuple(self.items))


def yaml_value(text: str, report: Report, first_line: int = 1) -> Value | None:
    """Return a YAML document as a value; None where it is empty, or broken, which is then reported.

    `first_line` is the line of the file on which the text begins.
    """
    loader = yaml.CSafeLoader(text)
    try:
        return _build(loader, first_line)
    except _RefusedError as refused:
        report.add(refused.line, refused.what)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        if "nesting depth" in (error.problem or ""):  # PyYAML sees it first from 6.0.4 on
            report.add(line, _TOO_DEEP)
            return None
        why = " ".join(filter(None, (error.problem, error.context)))
        report.add(
            line, f"broken YAML ({why}): check the indent, the colons and the quotation marks around here"
        )
    except yaml.reader.ReaderError as error:
        line = first_line + text.encode()[: error.position].count(b"\n")
        report.add(
            line, f"a control character (U+{error.character:04X}): remove it, it is invisible in most editors"
        )
    finally:
        loader.dispose()
    return None


def _build(loader: yaml.CSafeLoader, first_line: int) -> Value | None:
    root = _Open(first_line, is_mapping=False)
    stack = [root]
    for event, line in _events(loader, first_line):
        match event:
            case yaml.ScalarEvent():
                stack[-1].add(_scalar(loader, event, line))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(stack) > _MAX_DEPTH:
                    raise _RefusedError(line, _TOO_DEEP)
                stack.append(_Open(line, isinstance(event, yaml.MappingStartEvent)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = stack.pop()
                stack[-1].add(done.close())
            case yaml.AliasEvent():
                raise _RefusedError(line, f"an alias (*{event.anchor}): write out what it stands for")
            case yaml.DocumentStartEvent() if root.items:
                raise _RefusedError(line, "a second YAML document: keep one in a file")
            case _:
                pass
    return root.items[0] if root.items else None


def _events(loader: yaml.CSafeLoader, first_line: int) -> Iterator[tuple[yaml.Event, int]]:
    while event := loader.get_event():
        yield event, first_line + (event.start_mark.line if event.start_mark else 0)


def _scalar(loader: yaml.CSafeLoader, event: yaml.ScalarEvent, line: int) -> Scalar:
    tag = event.tag
    if tag is None or tag == "!":
        tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]  # untyped
    kind = _KINDS.get(tag)
    if kind is None:
        # A merge key (<<) or "=" is plain text here: nothing is merged or computed.
        if event.tag is not None:
            raise _RefusedError(line, f"a tag ({event.tag}): write the value without it")
        kind = "text"
    return Scalar(line, event.value, kind)
