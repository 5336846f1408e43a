"""Reading a story's file: front matter between `---` lines, a blank line, and the text, verbatim."""

import re
from dataclasses import fields

from knowledge.errors import PackError
from knowledge.files import List, Mapping, Report, Scalar, yaml_value
from knowledge.files.values import described
from knowledge.model import Source, Story
from knowledge.stories.cutting import build_story

_SOURCE_FIELDS = tuple(field.name for field in fields(Source))
_FIELDS = (*_SOURCE_FIELDS, "language")
_FENCE = re.compile(r"^---[ \t]*\n", re.MULTILINE)
LANGUAGE_CODE = re.compile(r"[a-z]{2}")
"""What a language code looks like: two letters of ISO 639-1."""
_UNTEXTUAL = re.compile(r"[\0\ud800-\udfff]")


def read_story(slug: str, source_file_text: str, *, language: str = "en", file: str = "") -> Story:
    """Return the story of a file.

    `language` is what the story is in if its front matter does not say, `file` what faults call the file (by
    default `stories/<slug>.md`). A file without front matter is all text; line ends of Windows become plain
    ones.

    Raises `PackError` with every fault.
    """
    report = Report(file or f"stories/{slug}.md")
    source, told_language, text = parted(source_file_text, report)
    if report.faults:
        raise PackError(report.in_order())
    return build_story(slug, text, told_language or language, source)


def parted(source_file_text: str, report: Report) -> tuple[Source, str, str]:
    """Return the source and the language that the front matter of a file tells ("" for none), and its text."""
    content = source_file_text.removeprefix("\ufeff").replace("\r\n", "\n")
    if found := _UNTEXTUAL.search(content):
        line = content.count("\n", 0, found.start()) + 1
        report.add(line, f"a character that is no text (U+{ord(found[0]):04X}): remove it")
        return Source(), "", ""
    header, text, text_line = _header_and_text(content, report)
    known = _front_matter(header, report)
    if not text.strip():
        report.add(text_line, "the story has no text: put it after the front matter and a blank line")
    language = known.pop("language", "")
    return Source(**known), language, text


def _header_and_text(content: str, report: Report) -> tuple[str, str, int]:
    """Return the front matter, the text, and the line on which the text begins."""
    header, body = "", content
    if opening := _FENCE.match(content):
        closing = _FENCE.search(content + "\n", opening.end())
        if closing is None:
            report.add(1, "the front matter is not closed: end it with a line of `---`")
            return "", content, 1
        header, body = content[opening.end() : closing.start()], content[closing.end() :].removeprefix("\n")
    return header, body.removesuffix("\n"), content.count("\n", 0, len(content) - len(body)) + 1


def _front_matter(header: str, report: Report) -> dict[str, str]:
    value = yaml_value(header, report, first_line=2)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        report.add(
            value.line, f"the front matter must be `field: value` lines, but this is {described(value)}"
        )
        return {}
    value.expect(_FIELDS, report)
    known: dict[str, str] = {}
    for name in _FIELDS:
        field = value.fields.get(name)
        match field:
            case Scalar(kind="nothing") | None:
                pass
            case Scalar():
                known[name] = field.text
            case List() | Mapping():
                report.add(
                    field.line, f"`{name}` must be text, but this is {described(field)}: write it on one line"
                )
    if known.get("language") and not LANGUAGE_CODE.fullmatch(known["language"]):
        report.add(
            value.fields["language"].line, "`language` must be two small letters of ISO 639-1, such as en"
        )
    return known
