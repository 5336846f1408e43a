"""Keep what servers own as one record each, and every change of them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TABLES_BEFORE = ("follow_ups", "citations", "phrasings", "entries", "aliases", "settings")


def upgrade() -> None:
    """Lead from the revision before to this one."""
    records = op.create_table(
        "records",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("server_id", "kind", "key", name=op.f("pk_records")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "changes",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("reverts", sa.BigInteger(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("server_id", "number", name=op.f("pk_changes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "items",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("server_id", "number", "position", name=op.f("pk_items")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_items_server_id_kind_key"), "items", ["server_id", "kind", "key"])
    rows = list(_records())
    if rows:
        op.bulk_insert(records, rows)
    for table in _TABLES_BEFORE:
        op.drop_table(table)


def _records() -> Iterator[dict[str, Any]]:
    """Yield the rows of the new table, from those of the old ones."""
    positions: defaultdict[int, count[int]] = defaultdict(count)
    parts = {table: _parts(table) for table in ("phrasings", "citations", "follow_ups")}
    for row in _rows("entries", "position"):
        phrasings, citations, follow_ups = (part[row.server_id, row.id] for part in parts.values())
        body = {
            "id": row.id,
            "phrasings": [part.text for part in phrasings],
            "answer": row.answer,
            "citations": [
                {name: getattr(part, name) for name in ("story", "start", "end", "excerpt", "text_hash")}
                for part in citations
            ],
            "kind": row.kind,
            "follow_ups": [part.follow_up for part in follow_ups],
        }
        yield _record("entry", row.id, body, row, positions)
    for row in _rows("aliases", "alias"):
        yield _record("alias", row.alias, {"alias": row.alias, "meaning": row.meaning}, row, positions)
    for row in _rows("settings", "key"):
        yield _record("setting", row.key, {"key": row.key, "value": row.value}, row, positions)


def _record(
    kind: str,
    key: str,
    body: dict[str, Any],
    row: Any,  # noqa: ANN401  SQLAlchemy tells no columns of a row
    positions: defaultdict[int, "count[int]"],
) -> dict[str, Any]:
    author = None if row.author_id is None else {"id": row.author_id, "name": row.author_name}
    return {
        "server_id": row.server_id,
        "kind": kind,
        "key": key,
        "position": next(positions[row.server_id]),
        "body": json.dumps({**body, "author": author}, ensure_ascii=False),
    }


def _parts(table: str) -> defaultdict[tuple[int, str], list[Any]]:
    parts: defaultdict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in _rows(table, "position"):
        parts[row.server_id, row.entry_id].append(row)
    return parts


def _rows(table: str, order: str) -> list[Any]:
    found = sa.table(table)
    return list(op.get_bind().execute(sa.select(sa.text("*")).select_from(found).order_by(sa.column(order))))
