"""Workbooks of spreadsheets (Office Open XML, .xlsx), read as rows of text.

openpyxl reads a sheet as a stream, so that cells far apart cost no memory; with defusedxml beside it, it expands no
entities. What a workbook unpacks to is limited before anything of it is read.
"""

import os
import re
import warnings
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from knowledge.files import Report

MAX_UNPACKED = 50_000_000
"""Bytes that a workbook may unpack to: ten times the largest file that is read."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters that XML does not keep, such as the carriage return of a line's end on Windows
(ECMA-376, part 1, 22.9.2.19); openpyxl leaves them as they are."""
_SIGNATURE = b"PK\x03\x04"
_MAX_PARTS = 1000
_MAX_COLUMNS = 64
_MAX_ROWS = 200_000
"""More than ten times what is ever imported. A sheet of a few bytes can have its last row at two thousand million, and
openpyxl counts up to it; where a sheet says itself where it ends, it is often wrong."""


def is_archive(content: bytes) -> bool:
    """Return whether a file is a ZIP archive, as a workbook is."""
    return content.startswith(_SIGNATURE)


def sheet_rows(content: bytes, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a workbook's first sheet with their numbers; an empty cell is "".

    A formula counts as the value that was last worked out for it. What cannot be read is reported.
    """
    if fault := _fault_of(content):
        report.add(1, fault)
        return
    number = 1
    try:
        for number, row in enumerate(_rows(content), start=1):
            if number > _MAX_ROWS:
                report.add(number, f"a row beyond {_MAX_ROWS:,}: delete it, or save the sheet as .tsv")
                return
            yield number, list(map(_text, row))
    except Exception as error:  # noqa: BLE001  a broken workbook raises whatever the part that is broken leads to
        report.add(
            number, f"a broken workbook ({type(error).__name__}): open it in a spreadsheet and save it anew"
        )


def _fault_of(content: bytes) -> str:
    """Return what keeps a file from being read as a workbook, "" for nothing."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        return "no workbook: save it as .xlsx, or as .tsv"
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        return "an archive, and no workbook: unpack it, and import the .tsv or .xlsx in it"
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        return f"a workbook that unpacks to over {MAX_UNPACKED:,} bytes: split it, or save it as .tsv"
    return ""


def _rows(content: bytes) -> Iterator[tuple[object, ...]]:
    # openpyxl takes lxml where it is installed, which lets entities pass; defusedxml refuses them.
    os.environ.setdefault("OPENPYXL_LXML", "False")
    from openpyxl import load_workbook  # noqa: PLC0415  slow to import, and mostly not needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of looks and checks of cells that it does not know
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            yield from book.worksheets[0].iter_rows(
                max_col=_MAX_COLUMNS, max_row=_MAX_ROWS + 1, values_only=True
            )
        finally:
            book.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return str(value.date())
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
