"""Rows of text with something between their cells: CSV, TSV and what spreadsheets make of them."""

import csv
from collections.abc import Iterator
from io import StringIO

_DELIMITERS = ",;\t"


def delimiter_of(text: str) -> str:
    """Return what stands between the cells of the first line: a comma, semicolon or tab, whichever is most frequent.

    Lines with nothing in them do not count.
    """
    return max(_DELIMITERS, key=text.lstrip("\r\n").partition("\n")[0].count)


def rows_of(text: str, delimiter: str, *, spaced: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of CSV (RFC 4180) with the line that each begins on.

    Spreadsheets save as many rows and columns as were ever touched: rows with nothing in them are left out, and so are
    empty cells at the end of a row, as many as the first row ends with.
    `spaced`: blanks after a delimiter are no part of the cell. Raises `BrokenRowError` with the line of a row whose
    quotation marks are wrong.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced, strict=True)
    line = 1
    surplus: int | None = None
    try:
        for cells in reader:
            empty = next((i for i, cell in enumerate(reversed(cells)) if cell.strip()), len(cells))
            if empty < len(cells):
                surplus = empty if surplus is None else surplus
                yield line, cells[: len(cells) - min(empty, surplus)]
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenRowError(line, str(error)) from error


class BrokenRowError(Exception):
    """A row that cannot be told apart into cells."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"broken CSV ({why}): check the quotation marks of this row")
        self.line = line
