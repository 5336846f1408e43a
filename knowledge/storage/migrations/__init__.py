"""The migrations, run by Alembic from within the program: no alembic.ini is needed, and no command.

To change the tables: change `knowledge/storage/tables.py`, then write the migration that leads there with

    python -m knowledge.storage.migrations "Say what it does"

which compares the tables with a database at the latest revision and leaves a file `versions/v<number>_...py`.
Read it, mend it, run the tests of `tests/knowledge/storage` (they apply it to both databases) and commit it.
A migration that was released is never changed.
"""

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection


def configuration(connection: Connection) -> Config:
    """Return what Alembic needs to work on a connection, within the transaction that it is in."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    return config
