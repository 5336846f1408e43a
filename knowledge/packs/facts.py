"""The facts and names of a pack (`facts.yaml`)."""

from collections.abc import Iterator

from knowledge.files import Mapping, Report, Value
from knowledge.files.fields import Fields
from knowledge.files.values import described, shown
from knowledge.model import Fact, Name
from knowledge.transfer.entry_fields import Stories, read_citations, read_id

_TOP_FIELDS = ("names", "facts")
_NAME_FIELDS = ("name", "aliases")
_FACT_FIELDS = ("id", "subject", "attribute", "value", "kind", "citations")
_KINDS = ("number", "date", "name", "text")


def read_facts(
    value: Value | None, stories: Stories, report: Report
) -> tuple[tuple[Fact, ...], tuple[Name, ...]]:
    """Return the facts and names of a file; what cannot be taken is reported and left out."""
    if value is None:
        return (), ()
    if not isinstance(value, Mapping):
        what = "the file must hold `facts:` (and `names:`, if you like)"
        report.add(value.line, f"{what}, but this is {described(value)}")
        return (), ()
    value.expect(_TOP_FIELDS, report)
    fields = Fields(value, report)
    return tuple(_facts(fields, stories)), tuple(_names(fields))


def _facts(top: Fields, stories: Stories) -> Iterator[Fact]:
    first: dict[str, int] = {}
    for fields in top.mappings("facts"):
        report, line = top.report, fields.mapping.line
        before = len(report.faults)
        fields.mapping.expect(_FACT_FIELDS, report)
        fact_id = read_id(fields)
        if fact_id in first:
            report.add(
                line, f"the id {shown(fact_id)} is used twice (first on line {first[fact_id]}): rename one"
            )
        elif fact_id:
            first[fact_id] = line
        kind = fields.text("kind") or "text"
        if kind not in _KINDS:
            report.add(
                fields.line_of("kind"),
                f"`kind` must be one of {', '.join(_KINDS)}, but this is {shown(kind)}",
            )
        subject = fields.needed("subject", "say who or what the fact is about")
        attribute = fields.needed("attribute", "say what it tells about the subject")
        value = fields.needed("value", "write the number, date, name or text", any_scalar=True)
        citations = read_citations(fields, stories)
        if not fields.items("citations"):
            report.add(
                line, f"the fact {shown(fact_id)} has no citations: cite the line of the story that states it"
            )
        if len(report.faults) == before:
            yield Fact(fact_id, subject, attribute, value, kind, citations)


def _names(top: Fields) -> Iterator[Name]:
    for fields in top.mappings("names"):
        fields.mapping.expect(_NAME_FIELDS, top.report)
        name = fields.needed("name", "write the name in full")
        yield Name(name, tuple(alias for _, alias in fields.texts("aliases")))
