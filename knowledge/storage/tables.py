"""The tables. What is changed here needs a migration: see `knowledge.storage.migrations`.

Every row of a server starts its primary key with the server's id, so that no query can forget it cheaply and
a cluster can be spread by it.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)

ENTRIES = Table(
    "entries",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),  # the order in which a server's entries were first saved
    Column("kind", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("author_id", BigInteger),
    Column("author_name", Text),
    Column(
        "created_at", DateTime(timezone=True), nullable=False
    ),  # both in UTC; SQLite does not write the zone
    Column("updated_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("server_id", "position"),
)


def _part(name: str, *columns: Column[str] | Column[int]) -> Table:
    """Return the table of one of an entry's lists, whose rows go when the entry goes."""
    return Table(
        name,
        METADATA,
        Column("server_id", BigInteger, primary_key=True),
        Column("entry_id", Text, primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
        ForeignKeyConstraint(
            ["server_id", "entry_id"], ["entries.server_id", "entries.id"], ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,  # kept in the order of the key: a server's rows lie together
    )


PHRASINGS = _part("phrasings", Column("text", Text, nullable=False))

CITATIONS = _part(
    "citations",
    Column("story", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("text_hash", Text, nullable=False),
)

FOLLOW_UPS = _part("follow_ups", Column("follow_up", Text, nullable=False))

ALIASES = Table(
    "aliases",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("alias", Text, primary_key=True),
    Column("meaning", Text, nullable=False),
    Column("author_id", BigInteger),
    Column("author_name", Text),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_with_rowid=False,
)

SETTINGS = Table(
    "settings",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("author_id", BigInteger),
    Column("author_name", Text),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_with_rowid=False,
)

VERSIONS = Table(
    "versions",
    METADATA,
    Column("server_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),  # raised with every change of what the server owns
)

REMEMBERED = Table(
    "remembered",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
