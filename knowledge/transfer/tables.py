"""Rows of text with something between their cells: CSV, TSV and what spreadsheets make of them."""

import csv
from collections.abc import Iterator
from io import StringIO

_DELIMITERS = ",;\t"


def delimiter_of(text: str) -> str:
    """Return what stands between the cells of the first line: a comma, semicolon or tab, whichever is most frequent."""
    return max(_DELIMITERS, key=text.partition("\n")[0].count)


def rows_of(text: str, delimiter: str, *, spaced: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of CSV (RFC 4180) with the line that each begins on.

    `spaced`: blanks after a delimiter are no part of the cell. Raises `BrokenRowError` with the line of a row whose
    quotation marks are wrong.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenRowError(line, str(error)) from error


class BrokenRowError(Exception):
    """A row that cannot be told apart into cells."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"broken CSV ({why}): check the quotation marks of this row")
        self.line = line
