"""What a button proposes, before it is confirmed: one entry as it would be, and what happens then."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.components import Card, Interaction
from knowledge.errors import SafeError
from knowledge.model import Author, Entry
from knowledge.owned import Change, Write


class ProposalGoneError(SafeError):
    """The proposal is not there any more: cancelled, too old, crowded out, or the bot was restarted."""

    def __init__(self) -> None:
        super().__init__(
            "I no longer have this preview: it was cancelled, I was restarted, or it is more than an hour old. Nothing"
            " of it was saved. Please choose again what to do."
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry to be kept, once a moderator has seen what it does."""

    server: int
    author: Author
    entry: Entry
    before: Entry | None
    """The server's own entry that it takes the place of; None where there is none."""
    question: str
    """The question whose answer is shown."""
    heading: str
    """What is proposed, escaped."""
    then: Callable[[Interaction, Change | None], Awaitable[Card]]
    """Makes the card to show once it is saved; None where all was so already."""
    back: Callable[[Interaction], Awaitable[Card]]
    """Makes the card to show where it is cancelled."""
    also: tuple[Write, ...] = ()
    """What is kept in the same change."""
    seen: frozenset[str] = frozenset()
    """The ids of the similar entries that the moderator was shown."""
