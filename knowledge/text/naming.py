"""Ids made from questions: what an entry is called when nobody has named it."""

import re
from collections.abc import Iterator
from itertools import count

from knowledge.model import MAX_ID
from knowledge.text.folding import words

_WORDS = 8
_STEM = MAX_ID - len("-9999")


def stem_of(question: str) -> str:
    """Return the first words of a question in small letters, digits and hyphens; "entry" if it has none such."""
    spelt = re.sub(r"[\W_]+", "-", "-".join(words(question)[:_WORDS]))
    return spelt.strip("-")[:_STEM].rstrip("-") or "entry"


def ids_of(stem: str) -> Iterator[str]:
    """Yield the stem, and then the stem with each number from 2 on."""
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def is_of(stem: str, entry_id: str) -> bool:
    """Return whether an id is the stem, or the stem with a number."""
    return re.fullmatch(rf"{re.escape(stem)}(-\d+)?", entry_id) is not None
