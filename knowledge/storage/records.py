"""What servers own as the bodies of rows, and back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from knowledge.errors import ChangedSinceError, IdTakenError, StorageError
from knowledge.model import Author
from knowledge.owned import RECORDS, Item, Kind, Record, Whatever, Write, in_history

UNSTORABLE = (
    "has a NUL character or half of a surrogate pair, which no database keeps. Take it out and try again."
)

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL as JSON writes it: not where the backslash itself is what is written."""


def storable(text: str) -> bool:
    """Tell whether both databases keep a text: PostgreSQL has no NUL, neither half a surrogate pair."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def unstorable(what: str) -> StorageError:
    """Return the error for a text that whoever typed it can mend."""
    sentence = f"{what} {UNSTORABLE}"
    return StorageError(sentence, sentence)


def dump(kind: Kind, record: Record) -> str:
    """Return the body of a record. Raises `StorageError` for a text that no database keeps."""
    try:
        body = _adapter(kind).dump_json(record).decode()
    except PydanticSerializationError:
        body = ""
    if not body or _NUL.search(body):
        raise unstorable(f"The {kind}")
    return body


def load(kind: Kind, body: str) -> Record:
    """Return the record of a body."""
    return _adapter(kind).validate_json(body)


@cache
def _adapter(kind: Kind) -> TypeAdapter[Record]:
    return TypeAdapter(RECORDS[kind])


def items_of(writes: Iterable[Write], there: Mapping[tuple[Kind, str], Record]) -> Iterator[Item]:
    """Yield what writes change of what is there; nothing where it is so already.

    Raises `IdTakenError` or `ChangedSinceError` where something else is there than has to be.
    """
    for write in writes:
        before = there.get((write.kind, write.key))
        if not isinstance(write.before, Whatever) and write.before != before:
            if write.before is None and write.kind is Kind.ENTRY:
                raise IdTakenError(write.key)
            raise ChangedSinceError(write.kind, write.key)
        if write.after != before:
            yield Item(write.kind, write.key, before, write.after)


def item_body(kind: Kind, record: Record | None) -> str | None:
    """Return the body of a record as the history keeps it."""
    return None if record is None else dump(kind, in_history(record))


def item_of(row: Any) -> Item:  # noqa: ANN401  SQLAlchemy tells no columns of a row
    """Return an item of a change from its row."""
    kind = Kind(row.kind)
    before, after = (body if body is None else load(kind, body) for body in (row.before, row.after))
    return Item(kind, row.key, before, after)


def author_columns(author: Author | None) -> dict[str, Any]:
    """Return who wrote a row, as its columns."""
    return {"author_id": author.id if author else None, "author_name": author.name if author else None}


def author_of(row: Any) -> Author | None:  # noqa: ANN401  the same
    """Return who wrote a row."""
    return None if row.author_id is None else Author(row.author_id, row.author_name)
