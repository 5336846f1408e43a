"""Entries that come and go as files: JSON Lines, CSV and YAML."""

from knowledge.transfer.formats import Format
from knowledge.transfer.reading import parse_entries, read_entries
from knowledge.transfer.writing import format_entries, write_entries

__all__ = ["Format", "format_entries", "parse_entries", "read_entries", "write_entries"]
