"""What waits in a server's inbox, clustered; made anew whenever it is looked at, as it changes with every question."""

import asyncio
import hashlib
from dataclasses import dataclass

from knowledge.answering import Base
from knowledge.curating import MAX_PHRASINGS
from knowledge.errors import SafeError
from knowledge.inbox import Cluster, clusters, nearest, still_missing
from knowledge.library import Library
from knowledge.model import Entry

AT_ONCE_SECONDS = 1.0
"""How long a form waits for the other wordings of its question: it has to be open within three seconds."""

_KEY_LENGTH = 12


class GoneError(SafeError):
    """A question that a button stands for waits no more."""

    def __init__(self) -> None:
        super().__init__(
            "That question no longer waits: it is answered by now, was dismissed, or is too old. /inbox shows the rest."
        )


@dataclass(frozen=True, slots=True)
class Inbox:
    """The clusters that wait, most asked first, and the base that does not answer them."""

    base: Base
    clusters: tuple[Cluster, ...]

    def find(self, key: str) -> int:
        """Return where the cluster of a key stands; raises `GoneError` where it waits no more."""
        for place, cluster in enumerate(self.clusters):
            if any(key_of(miss.question) == key for miss in cluster.misses):
                return place
        raise GoneError


async def inbox_of(library: Library, server: int) -> Inbox:
    """Return what waits for a server's moderators: not what its entries answer by now.

    Raises `StorageError`.
    """
    base, misses = await library.base(server, fresh=True), await library.misses(server)
    return await asyncio.to_thread(lambda: Inbox(base, clusters(still_missing(base, misses), base.words_of)))


async def phrasings_at_once(library: Library, server: int, key: str) -> tuple[str, ...]:
    """Return the questions of the cluster of a key, as `phrasings_of` does; that one alone where hundreds wait.

    Raises `GoneError`, and `StorageError`.
    """
    asked = next(
        (miss.question for miss in await library.misses(server) if key_of(miss.question) == key), None
    )
    if asked is None:
        raise GoneError
    looking = asyncio.create_task(inbox_of(library, server))
    looking.add_done_callback(lambda task: task.cancelled() or task.exception())
    done, _late = await asyncio.wait({looking}, timeout=AT_ONCE_SECONDS)
    if not done:
        return (asked,)
    inbox = looking.result()
    return phrasings_of(inbox.clusters[inbox.find(key)])


def key_of(question: str) -> str:
    """Return what stands for a question in a button: a hash, for a custom id is too short for more."""
    return hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()[:_KEY_LENGTH]


def phrasings_of(cluster: Cluster) -> tuple[str, ...]:
    """Return the questions of a cluster, the most typical one first, each once; as many as an entry can have."""
    asked = dict.fromkeys([cluster.typical.question, *(miss.question for miss in cluster.misses)])
    return tuple(asked)[:MAX_PHRASINGS]


def may_be(inbox: Inbox, cluster: Cluster) -> tuple[Entry, ...]:
    """Return the three entries that a cluster is likeliest a phrasing of, without the one that was no help."""
    refused = {miss.source.id for miss in cluster.misses if miss.source is not None}
    found = nearest(inbox.base, cluster.typical.question, 3 + len(refused))
    return tuple(entry for entry in found if entry.id not in refused)[:3]
