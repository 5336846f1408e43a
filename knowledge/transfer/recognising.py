"""Telling the format of a file from its name and from what it looks like."""

import csv
import re
from io import StringIO
from pathlib import PurePath

from knowledge.transfer.csv_rows import COLUMNS
from knowledge.transfer.foreign.kendra import header_of
from knowledge.transfer.foreign.sheet import is_archive
from knowledge.transfer.formats import SUFFIXES, Format, unknown_name
from knowledge.transfer.tables import delimiter_of

_QNABOT = re.compile(r'\s*\{\s*"qna"\s*:|(?=[^\n]*"q"\s*:)[^\n]*"qid"\s*:|\s*\{\s*"q(?:id)?"\s*:')
_KENDRA = re.compile(r'\s*\{\s*"(?:SchemaVersion|FaqDocuments)"\s*:')
_RASA = re.compile(r"^(?:nlu|responses)\s*:", re.MULTILINE)
_OWN_YAML = re.compile(r"^entries\s*:", re.MULTILINE)
_OF_QNA_MAKER = {"source", "metadata", "suggestedquestions", "iscontextonly", "prompts", "qnaid"}
_MOST_CELLS = 3
"""Cells of a row of Kendra's CSV without a header."""

_TABLES = (".csv", ".tsv", ".txt")
_TAKEN = (*SUFFIXES, ".json", ".tsv", ".txt", ".xlsx")


def recognised(name: str, content: bytes) -> Format:
    """Return the format of a file: by what its name ends in, and between ours and others' by what it looks like.

    Raises `ImportFileError` for a name that ends in nothing that is taken.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _TAKEN:
        raise unknown_name(name, _TAKEN)
    if suffix == ".xlsx" or is_archive(content):
        return Format.QNA_MAKER
    text = content.decode("utf-8-sig", errors="replace")
    if suffix in _TABLES:
        return _of_table(text)
    if SUFFIXES.get(suffix) is Format.YAML:
        return Format.RASA if _RASA.search(text) and not _OWN_YAML.search(text) else Format.YAML
    if _KENDRA.match(text):
        return Format.KENDRA
    return Format.QNABOT if _QNABOT.match(text) else Format.JSON_LINES


def _of_table(text: str) -> Format:
    delimiter = delimiter_of(text)
    names = {cell.strip().casefold() for cell in _first_row(text, delimiter)}
    # Kendra knows commas alone; the other service takes files with no more columns than these two as well.
    if {"question", "answer"} <= names and (delimiter != "," or names & _OF_QNA_MAKER):
        return Format.QNA_MAKER
    cells = _first_row(text, ",")
    if header_of(cells):
        return Format.KENDRA
    is_bare = 1 < len(cells) <= _MOST_CELLS and names.isdisjoint(COLUMNS)
    return Format.KENDRA if is_bare else Format.CSV


def _first_row(text: str, delimiter: str) -> list[str]:
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        return next((cells for cells in rows if any(map(str.strip, cells))), [])
    except csv.Error:
        return []
