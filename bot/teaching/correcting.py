"""Putting a wrong answer right: the entry that is right is picked, and the question becomes a phrasing of it.

The question stands on the card itself, from where the buttons and the menu below it read it: so they work after a
restart, too.
"""

from typing import Any, Self

import discord

from bot import sending
from bot.components import MAX_CHOICE, MAX_CHOICES, Card, Interaction, PersistentMenu, require_moderator
from bot.curating.adding import propose as propose_draft
from bot.curating.desk import ModeratorButton, author_of, server_of
from bot.curating.drafts import Draft
from bot.curating.form import open_form
from bot.curating.proposals import Proposal
from bot.curating.proposing import propose
from bot.curating.showing import first_phrasing
from bot.curating.undoing import Undo
from bot.render.answers import QUESTION_ID, question_on
from bot.render.escape import cut, escape, fit, one_line
from bot.wording import opening
from knowledge import curating
from knowledge.answering import Base
from knowledge.errors import SafeError
from knowledge.inbox import nearest
from knowledge.model import MAX_ID, Entry, EntryKind, Question
from knowledge.owned import Change

_MAX_SAID = 500
_WHICH = "Which entry is right for it? The question becomes one more phrasing of that."
_TEMPLATE = "pq1:right"


class GoneError(SafeError):
    """What was picked, or the question, is not there any more."""

    def __init__(self) -> None:
        super().__init__("That entry is not there any more. Please choose Wrong answer on the message again.")


def correction_card(base: Base, question: str) -> Card:
    """Return a question with what is answered to it now, and the entries that may be right."""
    answer = base.answer(Question(question))
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay(f"**{fit(one_line(question), 400)}**", id=QUESTION_ID),
        discord.ui.TextDisplay(f"Now I say: {fit(one_line(opening(answer)), _MAX_SAID)}\n{_WHICH}"),
    )
    given = answer.source.id if answer.source else ""
    entries = [entry for entry in _likely(base, question) if entry.id != given][:MAX_CHOICES]
    rows: list[discord.ui.ActionRow[Any]] = [discord.ui.ActionRow(RightEntry.of(entries))] if entries else []
    return Card(container, *rows, discord.ui.ActionRow(WriteEntry(), NotInStory()))


def _likely(base: Base, question: str) -> list[Entry]:
    """Return the entries that may be right, the likeliest first, each once."""
    suggested = (base.entry(one.source.id) for one in base.suggest(question, MAX_CHOICES))
    first = (base.entry(one.source.id) for one in base.suggest("", MAX_CHOICES))
    found = {e.id: e for e in (*nearest(base, question, MAX_CHOICES), *filter(None, suggested))}
    found |= {e.id: e for e in filter(None, first) if e.id not in found}
    return [e for e in found.values() if e.kind is EntryKind.ENTRY and len(e.id) <= MAX_ID]


def _question(interaction: Interaction) -> str:
    question = question_on(interaction.message) if interaction.message else ""
    if not question:
        raise GoneError
    return question


async def _propose(interaction: Interaction, entry: Entry, before: Entry | None, heading: str) -> None:
    """Show what an entry does to the question, which becomes graded in the same change."""
    question, author = _question(interaction), author_of(interaction)

    async def then(_pressed: Interaction, change: Change | None) -> Card:
        told = f"**Saved** in **{escape(entry.id)}**. I answer so from the next question on."
        undo: list[discord.ui.ActionRow[Any]] = [discord.ui.ActionRow(Undo(change.number))] if change else []
        return Card(discord.ui.TextDisplay(told), *undo)

    async def back(pressed: Interaction) -> Card:
        return correction_card(await pressed.client.library.base(proposal.server), question)

    graded = curating.graded_of(question, entry.id, author)
    proposal = Proposal(
        server_of(interaction), author, entry, before, question, heading, then, back, (graded,)
    )
    await propose(interaction, proposal)


class RightEntry(PersistentMenu, template=_TEMPLATE):
    """Picks the entry that is right; it has no state beside the card that it is on."""

    @classmethod
    def of(cls, entries: list[Entry]) -> Self:
        """Return the menu with entries to pick from."""
        options = [
            discord.SelectOption(
                label=cut(first_phrasing(entry), MAX_CHOICE) or entry.id,
                value=entry.id,
                description=cut(one_line(entry.answer), MAX_CHOICE) or None,
            )
            for entry in entries
        ]
        return cls(discord.ui.Select(custom_id=_TEMPLATE, placeholder="The right entry", options=options))

    @classmethod
    def read(cls, _state: dict[str, str], _label: str) -> Self:
        """Return the menu again, for what was picked to be read from it."""
        return cls(discord.ui.Select(custom_id=_TEMPLATE, options=[discord.SelectOption(label="-")]))

    async def pressed(self, interaction: Interaction) -> None:
        """Propose the entry with the question as one more phrasing."""
        require_moderator(interaction)
        question = _question(interaction)
        await sending.defer(interaction)
        base = await interaction.client.library.base(server_of(interaction), fresh=True)
        known = base.entry(next(iter(self.item.values), ""))
        if known is None:
            raise GoneError
        own = next((one for one in base.own if one.id == known.id), None)
        heading = f"**Preview**: nothing is saved yet. **{escape(known.id)}** gets this question as a phrasing more:"
        await _propose(interaction, curating.with_phrasings(known, [question]), own, heading)


class NotInStory(ModeratorButton, template="pq1:right-gap"):
    """Makes the question a gap: the story does not say."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label="Not in the story", custom_id="pq1:right-gap"))

    @classmethod
    def read(cls, _state: dict[str, str], _label: str) -> Self:
        """Return the button again."""
        return cls()

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Propose the gap."""
        question = _question(interaction)
        await sending.defer(interaction)
        base = await interaction.client.library.base(server_of(interaction), fresh=True)
        gap = curating.gap(base, [question], author_of(interaction))
        heading = (
            "**Preview**: nothing is saved yet. To this question I will say that the story does not tell:"
        )
        await _propose(interaction, gap, None, heading)


class WriteEntry(ModeratorButton, template="pq1:right-new"):
    """Opens the form for a new entry with the question filled in."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label="New entry", style=discord.ButtonStyle.success, custom_id="pq1:right-new")
        )

    @classmethod
    def read(cls, _state: dict[str, str], _label: str) -> Self:
        """Return the button again."""
        return cls()

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form: it has to be the first answer."""
        draft = Draft(server_of(interaction), author_of(interaction), question=_question(interaction))
        await open_form(interaction, draft, propose_draft)
