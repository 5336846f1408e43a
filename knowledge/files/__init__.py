"""Files that people write by hand, read with the line of everything, so that a fault says where it is."""

from knowledge.files.json_lines import json_value
from knowledge.files.json_text import json_document
from knowledge.files.reading import MAX_BYTES, decode, read_bytes, read_text
from knowledge.files.report import Report
from knowledge.files.values import List, Mapping, Scalar, Value
from knowledge.files.yaml_text import yaml_value

__all__ = [
    "MAX_BYTES",
    "List",
    "Mapping",
    "Report",
    "Scalar",
    "Value",
    "decode",
    "json_document",
    "json_value",
    "read_bytes",
    "read_text",
    "yaml_value",
]
