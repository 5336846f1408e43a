"""Proposing that a question be a phrasing of an entry, or one that the story does not answer.

The question becomes graded in the same change: a moderator has told what is right for it.
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.components import MAX_LABEL, Card, Interaction
from bot.curating.desk import author_of, server_of
from bot.curating.finding import own_entry
from bot.curating.proposals import Proposal
from bot.curating.proposing import propose
from bot.render.escape import escape, fit, one_line
from knowledge import curating
from knowledge.answering import Base
from knowledge.model import Entry
from knowledge.owned import Change

Then = Callable[[Interaction, Entry, Change | None], Awaitable[Card]]
"""Makes the card to show once an entry is saved; None where all was so already."""

Back = Callable[[Interaction], Awaitable[Card]]
"""Makes the card to show where it is cancelled."""

_SHOWN = 5
"""Phrasings that are named."""

_GAP = "**Preview**: nothing is saved yet. To this question I will say that the story does not say it:"
_MORE = "**Preview**: nothing is saved yet. **{id}** gets these phrasings, too:\n{added}"
_NO_MORE = "**Preview**: nothing is saved yet. **{id}** has this phrasing already."


async def propose_gap(
    interaction: Interaction, base: Base, questions: Sequence[str], then: Then, back: Back
) -> None:
    """Propose a gap of one or more questions, the most typical one first."""
    gap = curating.gap(base, questions, author_of(interaction))
    await _propose(interaction, base, questions[0], gap, _GAP, then, back)


async def propose_phrasings(
    interaction: Interaction, base: Base, known: Entry, questions: Sequence[str], then: Then, back: Back
) -> None:
    """Propose an entry with one or more questions as phrasings more; one of a pack becomes the server's own.

    Of many questions, as many as fit: those that are still not answered then wait on.
    """
    room = max(curating.MAX_PHRASINGS - len(known.phrasings), 1)
    entry = curating.with_phrasings(known, questions[:room])
    added = [phrasing for phrasing in entry.phrasings if phrasing not in known.phrasings]
    lines = [f"- {fit(one_line(one), MAX_LABEL)}" for one in added[:_SHOWN]]
    if len(added) > _SHOWN:
        lines.append(f"- and {len(added) - _SHOWN} more")
    told = "\n".join(lines)
    heading = (_MORE if added else _NO_MORE).format(id=escape(entry.id), added=told)
    await _propose(interaction, base, questions[0], entry, heading, then, back)


async def _propose(
    interaction: Interaction, base: Base, question: str, entry: Entry, heading: str, then: Then, back: Back
) -> None:
    async def saved(pressed: Interaction, change: Change | None) -> Card:
        return await then(pressed, entry, change)

    author, server = author_of(interaction), server_of(interaction)
    known = await interaction.client.library.graded(server)
    proposal = Proposal(
        server,
        author,
        entry,
        own_entry(base, entry.id),
        question,
        heading,
        saved,
        back,
        also=(curating.graded_of(question, entry.id, author, known),),
    )
    await propose(interaction, proposal)
