"""Make the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Lead from the revision before to this one."""
    op.create_table(
        "entries",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("server_id", "id", name=op.f("pk_entries")),
        sa.UniqueConstraint("server_id", "position", name=op.f("uq_entries_server_id_position")),
    )
    op.create_table(
        "remembered",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_remembered")),
    )
    op.create_table(
        "citations",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id", "entry_id"],
            ["entries.server_id", "entries.id"],
            name=op.f("fk_citations_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("server_id", "entry_id", "position", name=op.f("pk_citations")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "follow_ups",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id", "entry_id"],
            ["entries.server_id", "entries.id"],
            name=op.f("fk_follow_ups_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("server_id", "entry_id", "position", name=op.f("pk_follow_ups")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "phrasings",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id", "entry_id"],
            ["entries.server_id", "entries.id"],
            name=op.f("fk_phrasings_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("server_id", "entry_id", "position", name=op.f("pk_phrasings")),
        sqlite_with_rowid=False,
    )
