"""The statements by which the tables of what servers own are read and written, each within a transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.owned import Change, Item, Kind, Record, Write, without_excerpts
from knowledge.storage.backend import Backend
from knowledge.storage.records import author_columns, author_of, dump, item_body, item_of, load
from knowledge.storage.tables import CHANGES, ITEMS, RECORDS, VERSIONS

T = TypeVar("T")

CHUNK = 2000
"""Rows written at a time: enough to be quick, few enough that the event loop gets its turn in between."""

LISTED_ITEMS = 5
"""Items that are read of each change in a list."""


def chunks(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield things so many at a time as are read or written at once."""
    remaining = iter(things)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


async def read_records(connection: AsyncConnection, server: int) -> tuple[Record, ...]:
    """Read all that a server owns, in the order in which it was first kept."""
    query = select(RECORDS.c.kind, RECORDS.c.body).where(RECORDS.c.server_id == server)
    rows = await connection.execute(query.order_by(RECORDS.c.position))
    return tuple(load(Kind(kind), body) for kind, body in rows)


async def read_those(
    connection: AsyncConnection, server: int, writes: Iterable[Write]
) -> Mapping[tuple[Kind, str], Record]:
    """Read what is there where writes will write."""
    keys: defaultdict[Kind, list[str]] = defaultdict(list)
    for write in writes:
        keys[write.kind].append(write.key)
    found = {}
    for kind, all_of_kind in keys.items():
        of_kind = select(RECORDS.c.key, RECORDS.c.body).where(
            RECORDS.c.server_id == server, RECORDS.c.kind == kind.value
        )
        for some in chunks(all_of_kind):
            for key, body in await connection.execute(of_kind.where(RECORDS.c.key.in_(some))):
                found[kind, key] = load(kind, body)
    return found


async def write_items(
    connection: AsyncConnection, backend: Backend, server: int, items: Sequence[Item]
) -> None:
    """Keep what items became, and take away what went."""
    highest = select(func.max(RECORDS.c.position)).where(RECORDS.c.server_id == server)
    last: int | None = await connection.scalar(highest)
    insert = backend.insert(RECORDS)
    upsert = insert.on_conflict_do_update(
        index_elements=["server_id", "kind", "key"], set_={"body": insert.excluded.body}
    )
    kept = (item for item in items if item.after is not None)
    rows = (
        {
            "server_id": server,
            "kind": item.kind.value,
            "key": item.key,
            "position": position,
            "body": dump(item.kind, item.after),
        }
        for position, item in enumerate(kept, 0 if last is None else last + 1)
        if item.after is not None
    )
    for some in chunks(rows):
        await connection.execute(upsert, some)
    names = ({"of_kind": item.kind.value, "of_key": item.key} for item in items if item.after is None)
    take_away = delete(RECORDS).where(
        RECORDS.c.server_id == server,
        RECORDS.c.kind == bindparam("of_kind"),
        RECORDS.c.key == bindparam("of_key"),
    )
    for gone in chunks(names):
        await connection.execute(take_away, gone)


async def next_number(connection: AsyncConnection, backend: Backend, server: int) -> int:
    """Raise a server's version, and return it: the number of the change that is being made."""
    insert = backend.insert(VERSIONS).values(server_id=server, version=1)
    raised = insert.on_conflict_do_update(
        index_elements=["server_id"], set_={"version": VERSIONS.c.version + 1}
    )
    return int((await connection.execute(raised.returning(VERSIONS.c.version))).scalar_one())


async def write_change(connection: AsyncConnection, server: int, change: Change) -> None:
    """Write a change into the history; where a story went, what was cut from it goes from the history too."""
    columns = {
        "server_id": server,
        "number": change.number,
        "at": change.at,
        "reverts": change.reverts,
        "size": change.size,
        **author_columns(change.author),
    }
    await connection.execute(CHANGES.insert().values(columns))
    rows = (
        {
            "server_id": server,
            "number": change.number,
            "position": position,
            "kind": item.kind.value,
            "key": item.key,
            "before": item_body(item.kind, item.before),
            "after": item_body(item.kind, item.after),
        }
        for position, item in enumerate(change.items)
    )
    for some in chunks(rows):
        await connection.execute(ITEMS.insert(), some)
    for item in change.items:
        if item.kind is Kind.STORY and item.after is None:
            await _forget_excerpts(connection, server, item.key)


async def _forget_excerpts(connection: AsyncConnection, server: int, story: str) -> None:
    """Take what was cut from a story out of the history of a server's entries."""
    of_entries = (ITEMS.c.server_id == server) & (ITEMS.c.kind == Kind.ENTRY.value)
    for row in (await connection.execute(select(ITEMS).where(of_entries))).all():
        item = item_of(row)
        for column, record in (("before", item.before), ("after", item.after)):
            for forgotten in without_excerpts([record] if record else (), story):
                at = (ITEMS.c.number == row.number) & (ITEMS.c.position == row.position)
                body = {column: dump(item.kind, forgotten)}
                await connection.execute(update(ITEMS).where(of_entries & at).values(body))


async def read_changes(
    connection: AsyncConnection,
    server: int,
    *,
    of: Collection[tuple[Kind, str]],
    before: int | None,
    limit: int,
) -> tuple[Change, ...]:
    """Read changes, the last one first, each with its first items; `of` some things only those that touched them."""
    query = select(CHANGES).where(CHANGES.c.server_id == server)
    if before is not None:
        query = query.where(CHANGES.c.number < before)
    told = ITEMS.c.position < LISTED_ITEMS
    if of:
        told = or_(*(and_(ITEMS.c.kind == kind.value, ITEMS.c.key == key) for kind, key in of))
        touched = select(ITEMS.c.number).where(ITEMS.c.server_id == server, told)
        query = query.where(CHANGES.c.number.in_(touched))
    rows = (await connection.execute(query.order_by(CHANGES.c.number.desc()).limit(limit))).all()
    shown = (ITEMS.c.server_id == server) & ITEMS.c.number.in_([row.number for row in rows]) & told
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for row in await connection.execute(select(ITEMS).where(shown).order_by(ITEMS.c.position)):
        items[row.number].append(item_of(row))
    return tuple(_change(row, items[row.number]) for row in rows)


async def read_change(connection: AsyncConnection, server: int, number: int) -> Change | None:
    """Read a change with all its items; None where there is none of that number."""
    header = select(CHANGES).where(CHANGES.c.server_id == server, CHANGES.c.number == number)
    row = (await connection.execute(header)).first()
    if row is None:
        return None
    query = select(ITEMS).where(ITEMS.c.server_id == server, ITEMS.c.number == number)
    return _change(row, map(item_of, await connection.execute(query.order_by(ITEMS.c.position))))


def _change(row: Any, items: Iterable[Item]) -> Change:  # noqa: ANN401  SQLAlchemy tells no columns of a row
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    return Change(row.number, at.astimezone(UTC), author_of(row), tuple(items), row.size, row.reverts)


async def read_removed(connection: AsyncConnection, server: int, limit: int) -> tuple[Item, ...]:
    """Read the last removal of each entry that is not there any more, the latest first."""
    there = select(RECORDS.c.key).where(RECORDS.c.server_id == server, RECORDS.c.kind == Kind.ENTRY.value)
    removals = (
        (ITEMS.c.server_id == server)
        & (ITEMS.c.kind == Kind.ENTRY.value)
        & ITEMS.c.after.is_(None)
        & ITEMS.c.key.not_in(there)
    )
    last = select(ITEMS.c.key, func.max(ITEMS.c.number).label("number")).where(removals).group_by(ITEMS.c.key)
    latest = last.subquery()
    query = (
        select(ITEMS)
        .join(latest, (ITEMS.c.key == latest.c.key) & (ITEMS.c.number == latest.c.number))
        .where(removals)
        .order_by(ITEMS.c.number.desc(), ITEMS.c.position)
    )
    return tuple(map(item_of, await connection.execute(query.limit(limit))))
