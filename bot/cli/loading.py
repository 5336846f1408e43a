"""Open what the options name: packs, a server's entries, or both."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.cli.group import WrongUseError
from knowledge.answering import Base, Models
from knowledge.library import Library
from knowledge.model import Pack, Strictness
from knowledge.packs import bundled_pack, read_pack
from knowledge.storage import default_url, open_store

LOCAL_SERVER = 0
"""The server whose entries the command line keeps where none is named; Discord gives no server this id."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Which knowledge a command uses, as its options say it."""

    pack: Sequence[Path] | None = None
    no_pack: bool = False
    database: str | None = None
    server: int | None = None
    strictness: Strictness | None = None
    """None: what the server's moderators set."""
    semantic: str | None = None
    """Sentence encoders as `PULLQUOTE_SEMANTIC_MODEL` names them; asked only through `base`."""

    def packs(self) -> tuple[Pack, ...]:
        """Read the packs; raises `PackError` for a broken one."""
        if self.no_pack and self.pack:
            raise WrongUseError("--pack and --no-pack exclude each other: give one of them.")
        if self.no_pack:
            return ()
        return tuple(map(read_pack, self.pack or [bundled_pack()]))

    @asynccontextmanager
    async def library(self, *, create: bool = False, models: Models | None = None) -> AsyncIterator[Library]:
        """Open the packs and, where a server or database is named, the store; closes them in the end.

        `create`: make a named database that is not there. Whoever only reads would take a misspelt path for an empty
        one; the bot's own database is made in any case, as nobody can have misspelt it.
        """
        packs = self.packs()
        store = None
        if self.server is not None or self.database is not None:
            store = await (
                open_store(self.database, create=create)
                if self.database
                else open_store(_database_of_the_bot())
            )
        library = Library(packs, store, models=models)
        try:
            yield library
        finally:
            await library.close()

    async def base(self) -> Base:
        """Load what questions are answered from. The packs alone, unless a server or a database was named."""
        async with self.library(models=self._models()) as library:
            base = await library.base(self.owner if self.database is not None else self.server)
        base.look_closer(tell_progress)
        return base if self.strictness is None else base.at(self.strictness)

    def _models(self) -> Models | None:
        if not self.semantic:
            return None
        from knowledge.semantic import open_models, read_models  # noqa: PLC0415  mostly not needed

        return open_models(read_models(self.semantic))

    @property
    def owner(self) -> int:
        """The server whose entries are meant: the one named, or the local one."""
        return LOCAL_SERVER if self.server is None else self.server


def tell_progress(done: int, of: int) -> None:
    """Show on a terminal how far the sentence encoder is: it may take a minute, once for every new phrasing."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\rEncoded for the semantic model: {done} of {of} texts" + "\n" * (done == of))
        sys.stderr.flush()


def _database_of_the_bot() -> str:
    """Return the URL of the database that `pullquote run` would use."""
    from bot.settings import load_settings  # noqa: PLC0415  slow to import, and mostly not needed

    return load_settings().database_url or default_url()
