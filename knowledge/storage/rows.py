"""What servers own as rows of the tables, and back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.model import Alias, Author, Citation, Entry, EntryKind, Setting
from knowledge.storage.tables import ALIASES, CITATIONS, ENTRIES, FOLLOW_UPS, PHRASINGS, SETTINGS

Row = dict[str, Any]

PARTS = (PHRASINGS, CITATIONS, FOLLOW_UPS)


def storable(text: str) -> bool:
    """Tell whether both databases keep a text: PostgreSQL has no NUL, neither half a surrogate pair."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def texts(entry: Entry) -> Iterator[str]:
    """Yield every text that would be written for an entry."""
    yield from (entry.id, entry.answer, *entry.phrasings, *entry.follow_ups)
    for citation in entry.citations:
        yield from (citation.story, citation.excerpt, citation.text_hash)
    if entry.author:
        yield entry.author.name


def entry_rows(server: int, entries: Iterable[Entry], position: int, now: datetime) -> Iterator[Row]:
    """Yield the row of each entry itself, in order from a position on."""
    for place, entry in enumerate(entries, position):
        yield {
            "server_id": server,
            "id": entry.id,
            "position": place,
            "kind": entry.kind.value,
            "answer": entry.answer,
            **author_columns(entry.author),
            "created_at": now,
            "updated_at": now,
        }


def author_columns(author: Author | None) -> Row:
    """Return who wrote a row, as its columns."""
    return {"author_id": author.id if author else None, "author_name": author.name if author else None}


def _author(row: Any) -> Author | None:  # noqa: ANN401  SQLAlchemy tells no columns of a row
    return None if row.author_id is None else Author(row.author_id, row.author_name)


def part_rows(part: Table, server: int, entries: Iterable[Entry]) -> Iterator[Row]:
    """Yield the rows of one of the lists of the entries."""
    for entry in entries:
        for position, columns in enumerate(_columns(part, entry)):
            yield {"server_id": server, "entry_id": entry.id, "position": position, **columns}


def _columns(part: Table, entry: Entry) -> Iterator[Row]:
    if part is PHRASINGS:
        yield from ({"text": text} for text in entry.phrasings)
    elif part is FOLLOW_UPS:
        yield from ({"follow_up": follow_up} for follow_up in entry.follow_ups)
    else:
        for citation in entry.citations:
            yield {
                "story": citation.story,
                "start": citation.start,
                "end": citation.end,
                "excerpt": citation.excerpt,
                "text_hash": citation.text_hash,
            }


async def read_aliases(connection: AsyncConnection, server: int) -> tuple[Alias, ...]:
    """Read a server's aliases, by the alphabet."""
    query = select(ALIASES).where(ALIASES.c.server_id == server)
    found = [Alias(row.alias, row.meaning, _author(row)) for row in await connection.execute(query)]
    return tuple(sorted(found, key=lambda alias: alias.alias))  # databases differ in their alphabets


async def read_settings(connection: AsyncConnection, server: int) -> tuple[Setting, ...]:
    """Read a server's settings, by the alphabet of their keys."""
    query = select(SETTINGS).where(SETTINGS.c.server_id == server)
    found = [Setting(row.key, row.value, _author(row)) for row in await connection.execute(query)]
    return tuple(sorted(found, key=lambda setting: setting.key))


async def read_entries(
    connection: AsyncConnection, server: int, entry_id: str | None = None
) -> tuple[Entry, ...]:
    """Read a server's entries, or only the one of an id, in order: four queries, however many there are."""
    phrasings, citations, follow_ups = [
        await _grouped(connection, _of_server(part, part.c.entry_id, server, entry_id)) for part in PARTS
    ]
    found = await connection.execute(
        _of_server(ENTRIES, ENTRIES.c.id, server, entry_id).order_by(ENTRIES.c.position)
    )
    return tuple(
        Entry(
            id=row.id,
            phrasings=tuple(text for (text,) in phrasings[row.id]),
            answer=row.answer,
            citations=tuple(Citation(*columns) for columns in citations[row.id]),
            kind=EntryKind(row.kind),
            follow_ups=tuple(follow_up for (follow_up,) in follow_ups[row.id]),
            author=_author(row),
        )
        for row in found
    )


def _of_server(
    table: Table, key: ColumnElement[str], server: int, entry_id: str | None
) -> Select[tuple[Any, ...]]:
    query = select(table).where(table.c.server_id == server)
    return query if entry_id is None else query.where(key == entry_id)


async def _grouped(
    connection: AsyncConnection, query: Select[tuple[Any, ...]]
) -> defaultdict[str, list[Sequence[Any]]]:
    """Return the columns that follow a part's key, for each entry in order."""
    groups: defaultdict[str, list[Sequence[Any]]] = defaultdict(list)
    for _server, entry_id, _position, *columns in await connection.execute(
        query.order_by("entry_id", "position")
    ):
        groups[entry_id].append(columns)
    return groups
