"""Alembic's entry: runs the migrations on the connection that it was given."""

from alembic import context

from knowledge.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite alters a table by copying it
)
context.run_migrations()
