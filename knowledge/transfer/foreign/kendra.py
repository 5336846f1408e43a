"""FAQ files of Amazon Kendra: CSV with or without a header, or JSON.

CSV (RFC 4180) without a header has a question, an answer and perhaps an address in a row; with one it has the columns
`_question`, `_answer` and any others, such as `_source_uri` or `_acl_user_allow`. JSON is `{"SchemaVersion": 1,
"FaqDocuments": [{"Question": "...", "Answer": "...", "Attributes": {...}, "AccessControlList": [...]}]}`.

Source: docs.aws.amazon.com/kendra/latest/dg/in-creating-faq.html.
"""

from collections.abc import Iterator

from knowledge.files import Mapping, Report, Scalar, decode, json_document
from knowledge.files.fields import Fields
from knowledge.files.values import is_blank
from knowledge.transfer.foreign.records import Found, listed, remark_left_out
from knowledge.transfer.tables import BrokenRowError, rows_of

_WITHOUT_A_HEADER = ["question", "answer", "the address"]
_FOR_SOME = "it was shown to some people only ({}), and is now shown to anyone"


def read_kendra(content: bytes, report: Report) -> Iterator[Found]:
    """Yield the questions of a file with their answers; what cannot be taken is reported."""
    text = decode(content, report) or ""
    if text.lstrip().startswith("{"):
        yield from _documents(text, report)
        return
    try:
        yield from _rows(text, report)
    except BrokenRowError as error:
        report.add(error.line, str(error))


def _documents(text: str, report: Report) -> Iterator[Found]:
    whole = json_document(text, report)
    if not isinstance(whole, Mapping):
        return
    if "FaqDocuments" not in whole.fields:
        report.add(whole.line, "no `FaqDocuments`: they are the list of questions and answers")
    for fields in Fields(whole, report).mappings("FaqDocuments"):
        line = fields.mapping.line
        attributes = fields.mapping.get("Attributes")
        left = [name for name in fields.mapping.fields if name not in {"Question", "Answer", "Attributes"}]
        left = [name for name in left if not is_blank(fields.mapping.fields[name])]
        if "AccessControlList" in left:
            left.remove("AccessControlList")
            report.remark(line, _FOR_SOME.format("AccessControlList"))
        if isinstance(attributes, Mapping):
            left += [name for name, value in attributes.fields.items() if not is_blank(value)]
        remark_left_out(left, line, report)
        yield Found(
            line,
            (Scalar(fields.line_of("Question"), fields.text("Question", any_scalar=True)),),
            Scalar(fields.line_of("Answer"), fields.text("Answer", any_scalar=True)),
        )


def _rows(text: str, report: Report) -> Iterator[Found]:
    columns: list[str] = []
    for line, cells in rows_of(text, ",", spaced=True):
        if not columns:
            columns = header_of(cells) or _WITHOUT_A_HEADER
            if columns is not _WITHOUT_A_HEADER:
                continue
        if len(cells) > len(columns):
            report.add(
                line,
                f"{len(cells)} cells for {len(columns)} columns: put text with commas in quotation marks",
            )
            continue
        row = dict(zip(columns, map(str.strip, cells), strict=False))
        others = [name for name, cell in row.items() if cell and name not in {"question", "answer"}]
        if limits := [name for name in others if name.startswith("_acl_")]:
            report.remark(line, _FOR_SOME.format(listed(limits)))
        remark_left_out([name for name in others if name not in limits], line, report)
        yield Found(line, (Scalar(line, row.get("question", "")),), Scalar(line, row.get("answer", "")))


def header_of(cells: list[str]) -> list[str]:
    """Return the columns' names if a row is a header, with the two that are needed as `question` and `answer`."""
    names = [cell.strip() for cell in cells]
    folded = [name.casefold().removeprefix("_") for name in names]
    if not {"question", "answer"}.issubset(folded):
        return []
    return [
        known if known in {"question", "answer"} else name for name, known in zip(names, folded, strict=True)
    ]
