"""Entries that come and go as files: JSON Lines, CSV and YAML, and what other systems export."""

from knowledge.transfer.beside import Beside
from knowledge.transfer.formats import OWN, Format, format_of
from knowledge.transfer.planning import Fate, Plan, Row, plan, plan_file, what_changed
from knowledge.transfer.reading import parse_entries
from knowledge.transfer.writing import format_entries, write_entries, write_text

__all__ = [
    "OWN",
    "Beside",
    "Fate",
    "Format",
    "Plan",
    "Row",
    "format_entries",
    "format_of",
    "parse_entries",
    "plan",
    "plan_file",
    "what_changed",
    "write_entries",
    "write_text",
]
