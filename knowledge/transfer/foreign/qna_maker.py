"""Knowledge bases of QnA Maker and of Azure's custom question answering, as they export them: TSV or XLSX.

The columns are Question, Answer, Source, Metadata, SuggestedQuestions, IsContextOnly, Prompts, QnaId and, in the newer
service, SourceDisplayName; the first two are needed. A row is one question; rows of the same QnaId (of the same answer
where there is no such column) are phrasings of one another. Answers are markdown, with line breaks written as a
backslash and an n. Prompts are JSON: `[{"DisplayOrder": 0, "QnaId": 92, "DisplayText": "Write and draw"}]`.

Sources: learn.microsoft.com/azure/ai-services/qnamaker/concepts/data-sources-and-content and
.../language-service/question-answering/how-to/export-import-refresh; the sample knowledge bases in
github.com/Azure-Samples/cognitive-services-sample-data-files.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from knowledge.files import Report, Scalar, decode
from knowledge.files.values import on_one_line
from knowledge.transfer.foreign.markdown import plain_text
from knowledge.transfer.foreign.records import Found, remark_left_out
from knowledge.transfer.foreign.sheet import is_archive, sheet_rows
from knowledge.transfer.tables import BrokenRowError, delimiter_of, rows_of

_NEEDED = ("question", "answer")
_READ = {*_NEEDED, "qnaid", "prompts", "iscontextonly", "sourcedisplayname"}
_NOTHING = {"", "[]", "editorial", "custom editorial"}
"""What stands in a column that says nothing; the last two name the person who edits as a source."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: dict[str, str]
    """By the column's name in small letters."""
    names: dict[str, str]
    """The columns' names as they are written."""


def read_qna_maker(content: bytes, report: Report) -> Iterator[Found]:
    """Yield the answers of a knowledge base with their questions; what cannot be taken is reported."""
    groups: dict[str, list[_Row]] = {}
    for row in _rows(content, report):
        groups.setdefault(row.cells.get("qnaid") or f"\0{row.cells['answer']}", []).append(row)
    for key, rows in groups.items():
        yield _found(key, rows, report)


def _rows(content: bytes, report: Report) -> Iterator[_Row]:
    names: list[str] | None = None
    for line, cells in _lines(content, report):
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = [cell.strip() for cell in cells]
            folded = [name.casefold() for name in names]
            if missing := [name for name in _NEEDED if name not in folded]:
                report.add(line, f"no column {missing[0].title()}: the first row names the columns")
                return
        else:
            given = dict.fromkeys(map(str.casefold, names), "") | {
                name.casefold(): cell.strip() for name, cell in zip(names, cells, strict=False)
            }
            yield _Row(line, given, {name.casefold(): name for name in names})


def _lines(content: bytes, report: Report) -> Iterable[tuple[int, list[str]]]:
    if is_archive(content):
        return sheet_rows(content, report)
    text = decode(content, report) or ""
    delimiter = delimiter_of(text)
    # A spreadsheet that saved the file put quotation marks around cells; the services themselves do not. There, an
    # answer that begins with one would go on, over tabs and rows, to the next that ends with one.
    with suppress(BrokenRowError):
        rows = list(rows_of(text, delimiter))
        if delimiter != "\t" or not any("\t" in cell for _, cells in rows for cell in cells):
            return rows
    lines = enumerate(text.split("\n"), start=1)
    return [(line, row.rstrip("\r").split(delimiter)) for line, row in lines]


def _found(key: str, rows: list[_Row], report: Report) -> Found:
    first = rows[0]
    for row in rows[1:]:
        if row.cells["answer"] not in {"", first.cells["answer"]}:
            report.add(
                row.line,
                f"another answer for QnaId {on_one_line(key)} than in row {first.line}: keep one of them",
            )
    answer, lost = plain_text(first.cells["answer"].replace("\\n", "\n").replace("\\t", "\t"))
    left = [first.names[name] for row in rows for name, cell in row.cells.items() if _is_left_out(name, cell)]
    remark_left_out([*left, *lost], first.line, report)
    for row in rows:
        if row.cells.get("iscontextonly", "").casefold() == "true":
            report.remark(row.line, "it was offered only after another answer, and is now found by anyone")
    return Found(
        line=first.line,
        questions=tuple(Scalar(row.line, row.cells["question"]) for row in rows if row.cells["question"]),
        answer=Scalar(first.line, answer),
        key="" if key.startswith("\0") else key,
        next_keys=_prompts(rows, report),
    )


def _is_left_out(name: str, cell: str) -> bool:
    return name not in _READ and cell.casefold() not in _NOTHING


def _prompts(rows: list[_Row], report: Report) -> tuple[str, ...]:
    """Return the QnaIds that an answer leads on to, in their order, by the first of its rows that has any."""
    row = next((row for row in rows if row.cells.get("prompts", "") not in _NOTHING), None)
    if row is None:
        return ()
    try:
        prompts = [
            {name.casefold(): value for name, value in prompt.items()}
            for prompt in json.loads(row.cells["prompts"])
        ]
        prompts.sort(key=lambda prompt: int(prompt.get("displayorder") or 0))
        keys = tuple(str(prompt["qnaid"]) for prompt in prompts)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        report.remark(row.line, "left out, as they cannot be read: Prompts")
        return ()
    report.remark(row.line, "its prompts are follow-ups now, shown as the questions that they lead to")
    return keys
