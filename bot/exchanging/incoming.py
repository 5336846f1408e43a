"""Files that moderators have sent and not confirmed yet: kept in memory, for an hour, and not too many."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import discord

from bot.curating.drafts import Drafts
from knowledge.errors import SafeError
from knowledge.files import MAX_BYTES
from knowledge.model import Author
from knowledge.transfer import Format

KEPT_FILES = 20
"""More than that at once means the oldest go: at most some 100 MB, as no file has more than `MAX_BYTES`."""


class FileGoneError(SafeError):
    """The file is not there any more: too old, crowded out, or the bot was restarted."""

    def __init__(self) -> None:
        super().__init__(
            "I no longer have this file: it was cancelled, I was restarted, it is more than an hour old, or too many"
            " others came since. Nothing more of it will be saved: please send it again with /qa import."
        )


class TooLargeError(SafeError):
    """The file has more bytes than are read."""

    def __init__(self, size: int) -> None:
        super().__init__(
            f"That file has {size:,} bytes, and I take at most {MAX_BYTES:,}: split it, and send one part after the"
            " other. Nothing was read."
        )


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was sent, and what the moderator was shown of it."""

    server: int
    author: Author
    name: str
    content: bytes
    form: Format | None
    """What the moderator said that it is; None: what its name and content tell."""
    shown: int = 0
    """The hash of the plan that the moderator saw. It tells whether another one came of it since."""


_FILES: WeakKeyDictionary[discord.Client, Drafts[Incoming]] = WeakKeyDictionary()


def files_of(client: discord.Client) -> Drafts[Incoming]:
    """Return the files that wait for a client's moderators to confirm them; they live as long as the client."""
    return _FILES.setdefault(client, Drafts(gone=FileGoneError, most=KEPT_FILES))
