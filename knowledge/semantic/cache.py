"""Keep the vectors of texts on disk, so that a pack's phrasings are encoded once and not at every start.

A SQLite file for each model, which may be deleted at any time. It holds digests of the texts, not the texts.
"""

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

KEPT_DAYS = 30
"""How long a vector is kept that no text asks for any more."""

_DAY_SECONDS = 86_400
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, used INTEGER, vector BLOB)"
_WAIT_SECONDS = 10.0
"""How long one process waits for another that writes."""


class VectorCache:
    """Vectors by text, in a file that several processes may use. Where it cannot be used, nothing is kept."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        """Use a file, which is made when first needed."""
        self._file = file
        self._clock = clock

    def read(self, texts: Iterable[str]) -> dict[str, Floats]:
        """Return the vectors that are kept of some texts."""
        digests = {_digest(text): text for text in texts}
        found: dict[str, Floats] = {}

        def look_up(database: sqlite3.Connection) -> None:
            for digest, text in digests.items():
                row = database.execute("SELECT vector FROM vectors WHERE text = ?", (digest,)).fetchone()
                if row is not None:
                    found[text] = np.frombuffer(row[0], np.float16).astype(np.float32)
            today = self._today()
            used = ((today, digest, today) for digest, text in digests.items() if text in found)
            database.executemany("UPDATE vectors SET used = ? WHERE text = ? AND used < ?", used)
            database.execute("DELETE FROM vectors WHERE used < ?", (today - KEPT_DAYS,))

        self._do(look_up)
        return found

    def write(self, vectors: Mapping[str, Floats]) -> None:
        """Keep vectors, at half precision."""
        today = self._today()
        rows = [
            (_digest(text), today, vector.astype(np.float16).tobytes()) for text, vector in vectors.items()
        ]
        self._do(
            lambda database: database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        )

    def _today(self) -> int:
        return int(self._clock() // _DAY_SECONDS)

    def _do(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Do something in one transaction; where that fails, say so in the log and go on without."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=_WAIT_SECONDS)) as database, database:
                database.execute(_TABLE)
                work(database)
        except (OSError, sqlite3.Error) as error:
            log.warning("texts are encoded at every start, as %s cannot be used: %s", self._file, error)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
