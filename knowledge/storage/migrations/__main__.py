"""Writes a new migration; the package's docstring says how."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import URL, create_engine

from knowledge.storage.migrating import revisions
from knowledge.storage.migrations import configuration


def main(message: str) -> None:
    """Write a migration from the latest revision to the tables as they are now."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(URL.create("sqlite", database=str(Path(folder, "latest.db"))))
        with engine.begin() as connection:
            config = configuration(connection)
            command.upgrade(config, "head")
            number = int(max(revisions(), default="0")) + 1
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
