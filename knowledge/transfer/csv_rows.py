"""Entries as rows of CSV: what a spreadsheet shows and saves.

A row has one phrasing; the rows of one id stand together. The first row carries the answer; row by row, each
may carry one citation; more citations than phrasings go on in rows without a phrasing. What is repeated from
row to row counts once. Beyond the columns `id, phrasing, answer, story, excerpt` there may be `kind` (`gap`),
`place` (to tell the same words apart) and `follow_ups` (ids with blanks between them).

What a spreadsheet would take for a formula is written with an apostrophe before it, which reading takes away: at the
start of a cell, and after a semicolon or line break in it, where a spreadsheet that expects semicolons between the
cells begins another, which may open with quotation marks.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby, zip_longest
from typing import TypeAlias

from knowledge.files import List, Mapping, Report, Scalar, Value
from knowledge.files.values import shown
from knowledge.model import Entry, EntryKind
from knowledge.transfer.tables import BrokenRowError, delimiter_of, rows_of

COLUMNS = ("id", "phrasing", "answer", "story", "excerpt")
OPTIONAL_COLUMNS = ("kind", "place", "follow_ups")
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_PLACE = rf"(\A(?='*(?:{_SIGN}|[\t\r\n]))|[;\t\r\n]\"*(?='*{_SIGN}))"
_FORMULA = re.compile(_PLACE)
_ESCAPED = re.compile(f"{_PLACE}'")

_Row: TypeAlias = tuple[int, dict[str, str]]
"""The line a row begins on, and its cells by column; missing ones are empty."""


def csv_values(text: str, report: Report) -> Iterator[Value]:
    """Yield the entries of a CSV file as mappings; rows that belong to none are reported and left out."""
    seen: set[str] = set()
    for entry_id, group in groupby(_rows(text, report), key=lambda row: row[1]["id"]):
        rows = list(group)
        line = rows[0][0]
        if not entry_id:
            report.add(line, "a row without an id: write the id of its entry in every row")
        elif entry_id in seen:
            report.add(
                line, f"the rows of {shown(entry_id)} do not stand together: move these up to the others"
            )
        else:
            yield _entry(entry_id, rows, report)
        seen.add(entry_id)


def csv_text(entries: Iterable[tuple[Entry, tuple[str, ...]]]) -> str:
    """Return entries as CSV; each comes with the places of its citations, "" where none is needed.

    Columns that no entry needs are left out.
    """
    rows = [row for entry, places in entries for row in _entry_rows(entry, places)]
    columns = (*COLUMNS, *(column for column in OPTIONAL_COLUMNS if any(row[column] for row in rows)))
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_escaped(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def _rows(text: str, report: Report) -> Iterator[_Row]:
    columns: list[str] | None = None
    try:
        for line, cells in rows_of(text, delimiter_of(text)):
            if columns is None:
                columns = _columns(line, cells, report)
                if columns is None:
                    return
            elif len(cells) > len(columns):
                report.add(
                    line,
                    f"{len(cells)} cells for {len(columns)} columns: put text with commas in quotation marks",
                )
            else:
                row = dict.fromkeys((*COLUMNS, *OPTIONAL_COLUMNS), "")
                row |= zip(columns, map(_unescaped, cells), strict=False)
                yield line, row
    except BrokenRowError as error:
        report.add(error.line, str(error))


def _columns(line: int, cells: list[str], report: Report) -> list[str] | None:
    names = [cell.strip().casefold() for cell in cells]
    missing = [column for column in COLUMNS if column not in names]
    if missing or len(set(names)) < len(names):
        what = f"no column {missing[0]}" if missing else "a column stands twice"
        report.add(line, f"{what}: the first line names the columns, {','.join(COLUMNS)}")
        return None
    before = len(report.faults)
    Mapping(line, {name: Scalar(line, name) for name in names}).expect((*COLUMNS, *OPTIONAL_COLUMNS), report)
    return names if len(report.faults) == before else None


def _entry(entry_id: str, rows: list[_Row], report: Report) -> Mapping:
    line = rows[0][0]
    fields: dict[str, Value] = {"id": Scalar(line, entry_id)}
    for column in ("kind", "answer", "follow_ups"):
        told = {row[column]: row_line for row_line, row in reversed(rows) if row[column]}
        if len(told) > 1:
            report.add(
                max(told.values()),
                f"a second `{column}` for {shown(entry_id)}: keep one, or leave this empty",
            )
        for text, row_line in told.items():
            words = List(row_line, tuple(Scalar(row_line, word) for word in text.split()))
            fields[column] = words if column == "follow_ups" else Scalar(row_line, text)
    phrasings = [Scalar(row_line, row["phrasing"]) for row_line, row in rows if row["phrasing"]]
    fields["phrasings"] = List(line, tuple(phrasings))
    cited = [_citation(row_line, row) for row_line, row in rows if row["story"] or row["excerpt"]]
    fields["citations"] = List(line, tuple(cited))
    return Mapping(line, fields)


def _citation(line: int, row: dict[str, str]) -> Mapping:
    return Mapping(
        line, {name: Scalar(line, row[name]) for name in ("story", "excerpt", "place") if row[name]}
    )


def _entry_rows(entry: Entry, places: tuple[str, ...]) -> Iterator[dict[str, str]]:
    cited = zip(entry.citations, places, strict=True)
    for order, (phrasing, citation) in enumerate(zip_longest(entry.phrasings, cited)):
        is_first = order == 0
        yield {
            "id": entry.id,
            "phrasing": phrasing or "",
            "answer": entry.answer if is_first else "",
            "story": citation[0].story if citation else "",
            "excerpt": citation[0].excerpt if citation else "",
            "kind": "gap" if is_first and entry.kind is EntryKind.GAP else "",
            "place": citation[1] if citation else "",
            "follow_ups": " ".join(entry.follow_ups) if is_first else "",
        }


def _escaped(cell: str) -> str:
    return _FORMULA.sub(r"\1'", cell)


def _unescaped(cell: str) -> str:
    return _ESCAPED.sub(r"\1", cell)
