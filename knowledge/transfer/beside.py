"""What is there already where entries are taken into."""

from dataclasses import dataclass

from knowledge.model import Entry


@dataclass(frozen=True, slots=True)
class Beside:
    """The entries that a server sees before a file is taken."""

    own: tuple[Entry, ...] = ()
    """The server's own entries: those of the same ids are replaced."""
    packs: tuple[Entry, ...] = ()
    """The packs' entries, which the server's own may hide, and name as follow-ups."""
