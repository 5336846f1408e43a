"""The one narrow interface behind which everything is kept. Every call names the server; nothing crosses servers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import AnswerSource, Author, Miss, Votes
from knowledge.owned import Change, Item, Kind, Owned, Write

MOST_WAITING = 5000
"""Misses that are read of a server: a flood of them must not take its moderators' patience and everybody's memory."""

LISTED = 25
"""Changes, or removed entries, that are listed at a time."""


class Misses(Protocol):
    """Keeps what members asked and got no answer to, and how helpful answers were; never who.

    Every method raises `StorageError` as those of `Store` do.
    """

    async def add(self, server: int, misses: Sequence[Miss]) -> None:
        """Count misses; those in the same words, folded, that ended the same way are one."""

    async def waiting(self, server: int) -> tuple[Miss, ...]:
        """Return the misses that nobody dismissed, the latest first, and of these `MOST_WAITING` at most."""

    async def dismiss(self, server: int, misses: Sequence[Miss], at: datetime) -> None:
        """Take misses out of the inbox. Asked again, they wait again."""

    async def put_back(self, server: int, at: datetime) -> int:
        """Put what was dismissed at a time back into the inbox; return how many misses."""

    async def servers(self) -> tuple[int, ...]:
        """Return the servers that have misses or voters."""

    async def forget(self, server: int, before: datetime) -> int:
        """Delete a server's misses, and who voted, that are older; return how many misses went."""

    async def vote(
        self, server: int, source: AnswerSource, voter: str, *, helpful: bool, at: datetime
    ) -> bool:
        """Count a vote for an answer, unless this voter has voted; return whether it counted.

        `voter` stands for an answer and a person, and must not tell who: a keyed hash.
        """

    async def votes(self, server: int) -> Mapping[AnswerSource, Votes]:
        """Return how often each answer of a server was told to be helpful, and not to be."""


class Store(Protocol):
    """Keeps what servers own. A call that writes returns only when the change is on disk.

    Every method raises `StorageError` when the database cannot be read or written.
    """

    @property
    def misses(self) -> Misses:
        """What members asked in vain."""

    async def owned(self, server: int) -> Owned:
        """Return all that a server owns."""

    async def version(self, server: int) -> int:
        """Return the number of the last change to what a server owns, whoever made it; 0 before the first. Cheap."""

    async def change(
        self, server: int, writes: Sequence[Write], by: Author | None = None, *, reverts: int | None = None
    ) -> Change | None:
        """Make a change of one or more writes, all of them or none, and keep it in the history.

        None where nothing changes, as all is so already. `reverts` is the number of the change that it takes back.
        Raises `IdTakenError` and `ChangedSinceError` where something else is there than a write tells.
        """

    async def history(
        self,
        server: int,
        *,
        of: Collection[tuple[Kind, str]] = (),
        before: int | None = None,
        limit: int = LISTED,
    ) -> tuple[Change, ...]:
        """Return a server's changes, the last one first: those `before` a number, each with its first items.

        `of` some things: only those that touched one of them, with what they did to these.
        """

    async def change_of(self, server: int, number: int) -> Change | None:
        """Return one change with all its items; None where the server has none of that number."""

    async def removed(self, server: int, limit: int = LISTED) -> tuple[Item, ...]:
        """Return the last removal of each entry that is not there any more, the latest first."""

    async def recall(self, key: str) -> str | None:
        """Return what `remember` last kept under the key: small state of the whole bot, of no server."""

    async def remember(self, key: str, value: str) -> None:
        """Keep a value under a key, replacing the one before."""

    async def close(self) -> None:
        """Give back every connection."""
