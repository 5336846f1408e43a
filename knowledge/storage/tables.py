"""The tables. What is changed here needs a migration: see `knowledge.storage.migrations`.

Every row of a server starts its primary key with the server's id, so that no query can forget it cheaply and
a cluster can be spread by it. What a server owns is kept as one JSON text a record: no query looks into it.
"""

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, MetaData, Table, Text

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

RECORDS = Table(
    "records",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),  # the order in which what a server owns was first kept
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,  # kept in the order of the key: a server's rows lie together
)

VERSIONS = Table(
    "versions",
    METADATA,
    Column("server_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),  # the number of the last change of what the server owns
)

CHANGES = Table(
    "changes",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),  # in UTC; SQLite does not write the zone
    Column("author_id", BigInteger),
    Column("author_name", Text),
    Column("reverts", BigInteger),
    Column("size", Integer, nullable=False),
    sqlite_with_rowid=False,
)

ITEMS = Table(
    "items",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),  # both are bodies of records
    Column("after", Text),
    Index(None, "server_id", "kind", "key"),
    sqlite_with_rowid=False,
)

MISSES = Table(
    "misses",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("key", Text, primary_key=True),  # the folded words of the question
    Column("ended", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("source", Text),  # what an answer that was no help came from, as in `votes`
    Column("dismissed_at", DateTime(timezone=True)),
    sqlite_with_rowid=False,
)

VOTES = Table(
    "votes",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column("source", Text, primary_key=True),  # kind and id of what was answered with
    Column("helpful", Integer, nullable=False),
    Column("not_helpful", Integer, nullable=False),
    sqlite_with_rowid=False,
)

VOTERS = Table(
    "voters",
    METADATA,
    Column("server_id", BigInteger, primary_key=True),
    Column(
        "voter", Text, primary_key=True
    ),  # a hash of an answer and a person, under a key that is not kept here
    Column("voted_at", DateTime(timezone=True), nullable=False),
    sqlite_with_rowid=False,
)

REMEMBERED = Table(
    "remembered",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
