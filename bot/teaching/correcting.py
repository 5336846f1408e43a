"""The card on which a moderator puts a wrong answer right. Its state is on the card, so it works after a restart."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, Self

import discord

from bot import sending
from bot.components import MAX_CHOICE, MAX_CHOICES, MAX_CUSTOM_ID, Card, Form, Interaction, PersistentMenu
from bot.curating import finding
from bot.curating.adding import propose as propose_draft
from bot.curating.desk import KeyedButton, ModeratorButton, author_of, server_of
from bot.curating.drafts import Draft
from bot.curating.form import open_form
from bot.curating.learning import Back, propose_gap, propose_phrasings
from bot.curating.showing import first_phrasing
from bot.curating.undoing import Undo
from bot.render.answers import QUESTION_ID, question_on
from bot.render.escape import cut, escape, fit, one_line, unescape
from bot.teaching.given import Given
from knowledge.answering import Base
from knowledge.errors import SafeError, UnknownEntryError
from knowledge.inbox import nearest
from knowledge.model import MAX_QUESTION, AnswerSource, Entry, EntryKind, SourceKind
from knowledge.owned import Change

_KINDS = {kind.value[0]: kind for kind in SourceKind}
_SOURCE = r"(?P<key>-|[efgpq]:(?s:.)+)"
_UNKNOWN = "-"
_SAID_ID = QUESTION_ID + 1
_MAX_SAID = 600

_HEADING = (
    "**What is right?** Choose the entry that should answer this, and see what that does before it is saved."
)
_SAVED = (
    "**Saved** in **{id}**: I answer so from the next question on. What is right for this question is kept, too, so"
    " that you are told when a change would make it wrong."
)
_NOTHING_SAVED = "Nothing was saved."
_FOUND = "The menu has the entries that are most like “{search}”."
_NOT_FOUND = "**No entry is like “{search}”**: search in other words, or make a new one."


def wrong_card(base: Base, given: Given, notice: str = "", search: str = "") -> Card:
    """Return what was asked and answered, with the entries that may be right, or are like `search`.

    `notice` is escaped.
    """
    told = given.source
    came_from = f"\n-# From **{escape(told.id)}**." if told and base.entry(told.id) else ""
    shown: discord.ui.Container[Any] = discord.ui.Container(
        # Not cut, but for what no question has: it is read back from here.
        discord.ui.TextDisplay(f"**{fit(one_line(given.question), 2 * MAX_QUESTION)}**", id=QUESTION_ID),
        discord.ui.TextDisplay("I answered:" + came_from),
        discord.ui.TextDisplay(fit(given.said, _MAX_SAID) or "Nothing.", id=_SAID_ID),
    )
    state = _written(told)
    entries = _may_be(base, given, search)
    if search:
        notice = (_FOUND if entries else _NOT_FOUND).format(search=fit(one_line(search), MAX_CHOICE))
    rows: list[discord.ui.Item[Any]] = [discord.ui.ActionRow(PickEntry(state, entries))] if entries else []
    heading = "\n".join(filter(None, [notice, _HEADING]))
    return Card(
        discord.ui.TextDisplay(heading),
        shown,
        *rows,
        discord.ui.ActionRow(FindEntry(state), NotInStory(state), NewEntry()),
    )


def _may_be(base: Base, given: Given, search: str) -> list[Entry]:
    """Return the entries that may be right, likeliest first, without the one that was given."""
    usable = (entry for entry in base.known if entry not in base.stale)
    found = finding.nearest(base, usable, search) if search else _candidates(base, given.question)
    return [
        entry
        for entry in dict.fromkeys(found)
        if len(entry.id) <= MAX_CHOICE and (given.source is None or entry.id != given.source.id)
    ][:MAX_CHOICES]


def _candidates(base: Base, question: str) -> Iterator[Entry]:
    """Yield the nearest entries, those that have something in common with it, then any, some of them twice."""
    yield from nearest(base, question, MAX_CHOICES)
    for typed in (question, ""):
        for suggestion in base.suggest(typed, MAX_CHOICES):
            if entry := base.entry(suggestion.source.id):
                yield entry


def _written(source: AnswerSource | None) -> str:
    """Return what an answer came from, as it stands in a custom id."""
    written = f"{source.kind.value[0]}:{source.id}" if source else _UNKNOWN
    return written if len(f"pq1:wrong-pick:{written}") <= MAX_CUSTOM_ID else _UNKNOWN


def _given(interaction: Interaction, state: str) -> Given:
    """Return what the card of an interaction is about."""
    message = interaction.message
    question = question_on(message) if message is not None else ""
    if message is None or not question:
        raise SafeError(
            "I can no longer read the question on this card. Please use Apps > Wrong answer again."
        )
    said = discord.ui.LayoutView.from_message(message).find_item(_SAID_ID)
    kind, _, source_id = state.partition(":")
    source = AnswerSource(_KINDS[kind], source_id) if source_id else None
    text = unescape(said.content) if isinstance(said, discord.ui.TextDisplay) else ""
    return Given(question, text, source)


async def _then(_interaction: Interaction, entry: Entry, change: Change | None) -> Card:
    undo = [discord.ui.ActionRow[Any](Undo(change.number))] if change else []
    return Card(discord.ui.TextDisplay(_SAVED.format(id=escape(entry.id))), *undo)


def _back_to(given: Given) -> Back:
    async def back(interaction: Interaction) -> Card:
        base = await interaction.client.library.base(server_of(interaction))
        return await asyncio.to_thread(wrong_card, base, given, _NOTHING_SAVED)

    return back


class PickEntry(PersistentMenu, template=rf"pq1:wrong-pick:{_SOURCE}"):
    """Proposes that the question be a phrasing of the entry that is chosen; its state is what was answered with."""

    def __init__(self, state: str, entries: Sequence[Entry] = ()) -> None:
        self.state = state
        options = [
            discord.SelectOption(
                label=cut(first_phrasing(entry), MAX_CHOICE) or entry.id,
                description=_description(entry),
                value=entry.id,
            )
            for entry in entries
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"pq1:wrong-pick:{state}",
            placeholder="The entry that should answer this",
            options=options,
        )
        super().__init__(menu)

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the menu again, without its options."""
        return cls(state["key"])

    async def pressed(self, interaction: Interaction) -> None:
        """Propose the entry with the question as one more phrasing."""
        server, given = server_of(interaction), _given(interaction, self.state)
        await sending.defer(interaction)
        base = await interaction.client.library.base(server, fresh=True)
        entry = base.entry(next(iter(self.item.values), ""))
        if entry is None:
            raise UnknownEntryError(
                "That entry is not there any more. Please use Apps > Wrong answer on the message again."
            )
        await propose_phrasings(interaction, base, entry, [given.question], _then, _back_to(given))


class FindEntry(KeyedButton, template=rf"pq1:wrong-find:{_SOURCE}"):
    """Asks for words of an entry that the menu does not have; its state is what was answered with."""

    name, text = "wrong-find", "Another entry"

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form: it has to be the first answer."""
        await sending.ask_with(interaction, _SearchForm(_given(interaction, self.key)))


class _SearchForm(Form):
    """Asks for words, and puts the entries that are most like them into the menu."""

    def __init__(self, given: Given) -> None:
        super().__init__(title="Find the right entry")
        self._given = given
        self._typed: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="search", max_length=MAX_QUESTION
        )
        told = "Words of one of its questions, or its id."
        self.add_item(discord.ui.Label(text="Entry", description=told, component=self._typed))

    async def submitted(self, interaction: Interaction) -> None:
        """Check the permission again, and show the card with what was found."""
        server, search = server_of(interaction), self._typed.value.strip()
        await sending.defer(interaction)
        base = await interaction.client.library.base(server, fresh=True)
        card = await asyncio.to_thread(wrong_card, base, self._given, search=search)
        await sending.edit(interaction, card)


def _description(entry: Entry) -> str | None:
    """Return what an entry says, for a menu."""
    is_gap = entry.kind is EntryKind.GAP
    return "Not in the story" if is_gap else cut(one_line(entry.answer), MAX_CHOICE) or None


class NotInStory(KeyedButton, template=rf"pq1:wrong-gap:{_SOURCE}"):
    """Proposes that the story does not answer the question; its state is what was answered with."""

    name, text = "wrong-gap", "Not in the story"

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Propose the gap."""
        given = _given(interaction, self.key)
        await sending.defer(interaction)
        base = await interaction.client.library.base(server_of(interaction), fresh=True)
        await propose_gap(interaction, base, [given.question], _then, _back_to(given))


class NewEntry(ModeratorButton, template="pq1:wrong-new"):
    """Opens the form for a new entry with the question filled in."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label="New entry", style=discord.ButtonStyle.success, custom_id="pq1:wrong-new")
        )

    @classmethod
    def read(cls, _state: dict[str, str], _label: str) -> Self:
        """Return the button again."""
        return cls()

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form: it has to be the first answer."""
        question = _given(interaction, _UNKNOWN).question
        draft = Draft(server_of(interaction), author_of(interaction), question=question, graded=question)
        await open_form(interaction, draft, propose_draft)
