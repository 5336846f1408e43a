"""Entries that come and go as files: JSON Lines, CSV and YAML."""

from knowledge.transfer.formats import Format, format_of
from knowledge.transfer.reading import Beside, parse_entries, read_entries
from knowledge.transfer.writing import format_entries, write_entries, write_text

__all__ = [
    "Beside",
    "Format",
    "format_entries",
    "format_of",
    "parse_entries",
    "read_entries",
    "write_entries",
    "write_text",
]
