"""Adding an entry: form, preview, confirm. Nothing is saved before that, and nothing typed is lost."""

import dataclasses
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Self

import discord

from bot import reporting, sending
from bot.components import MAX_LABEL, Card, Interaction
from bot.curating.cards import preview_card, typed_card, typed_parts
from bot.curating.desk import ModeratorButton, author_of, desk_of, server_of
from bot.curating.drafts import Draft
from bot.curating.form import open_form
from bot.curating.showing import entry_card, text_file
from bot.curating.trying import base_with
from bot.render.escape import cut, escape
from knowledge import curating
from knowledge.answering import Base
from knowledge.errors import EntryError, IdTakenError, NotToldApartError, NotVerbatimError
from knowledge.model import Citation, Cited, Entry, Question
from knowledge.stories import cite

_DRAFT = r"(?P<draft>[\w-]{16})"

NEAR = 70
"""Of a similarity of 100 at most: from here on, an entry is worth a look before another is added."""

SAME = 95
"""From here on, two phrasings are taken for the same question."""

MOST_LINES = 3
"""Places among which a moderator can choose: a row has five buttons."""

NOTHING_SAVED = "**Preview**: nothing is saved yet. Whoever asks this will get:"

SAVED = "**Saved.** I answer with it from the next question on."

NOT_VERBATIM = (
    "Nothing is saved: that excerpt does not stand in the story to the letter, and only what does is quoted."
)

NOT_TOLD_APART = (
    "Nothing is saved: the words of that excerpt stand in {places}. Choose the one that you mean, or take more words"
    " around it."
)

MEANWHILE = (
    "**Not saved yet**: meanwhile somebody saved an entry for the same question, see below. Confirm once more"
    " if you want both. Whoever asks this will get:"
)


async def start(interaction: Interaction) -> None:
    """Open an empty form, as the answer to a command."""
    await open_form(interaction, Draft(server_of(interaction), author_of(interaction)), propose)


async def propose(interaction: Interaction, draft: Draft, draft_id: str | None = None) -> None:
    """Show what a draft would become, or why it can become nothing; what was typed is kept in any case."""
    # Loading the server's entries may take long; after three seconds what was typed would be lost.
    await sending.defer(interaction, ephemeral=True, thinking=interaction.message is None)
    draft_id = desk_of(interaction.client).drafts.keep(draft, draft_id)
    try:
        base = await interaction.client.library.base(draft.server)
        card, is_cut = await _preview(interaction, base, draft, draft_id)
    except Exception as error:  # noqa: BLE001 whatever it was, what was typed is given back
        await _give_back(interaction, error, draft, draft_id)
    else:
        await _show(interaction, card, draft, is_cut=is_cut)


async def confirm(interaction: Interaction, draft_id: str) -> None:
    """Save a draft and say so when it is on the disk; where that fails, give back what was typed."""
    desk = desk_of(interaction.client)
    draft = desk.drafts.take(draft_id, interaction.guild_id, interaction.user.id)
    try:
        await sending.defer(interaction)
        async with desk.turn(draft.server):
            card, is_cut = await _save(interaction, draft, draft_id)
    except Exception as error:  # noqa: BLE001 whatever it was, what was typed is given back
        desk.drafts.give_back(draft_id)
        await _give_back(interaction, error, draft, draft_id, again=Confirm(draft_id, "Try again"))
    else:
        await _show(interaction, card, draft, is_cut=is_cut)


def entry_of(base: Base, draft: Draft) -> Entry:
    """Return the entry that the draft becomes on that base; raises `EntryError` where it cannot be kept."""
    entry = curating.draft(
        base,
        question=draft.question,
        answer=draft.answer,
        phrasings=draft.phrasings.splitlines(),
        author=draft.author,
    )
    return dataclasses.replace(entry, citations=tuple(_citations(base, draft)))


def _citations(base: Base, draft: Draft) -> Iterator[Citation]:
    if not draft.excerpt.strip():
        return
    if draft.taken is not None and draft.excerpt == draft.taken.excerpt and base.holds(draft.taken):
        yield draft.taken
    elif draft.story and (story := base.story(draft.story)):
        yield cite(story, draft.excerpt)
    else:
        yield curating.find_excerpt(base, draft.excerpt)


async def _save(
    interaction: Interaction, draft: Draft, draft_id: str, *, once_more: bool = True
) -> tuple[Card, bool]:
    """Save the entry, made anew: only now is it certain which ids are taken and what is similar.

    Returns the card that says so, or another preview, and whether that lacks something of what was typed.
    """
    library = interaction.client.library
    base = await library.base(draft.server, fresh=True)
    if any(near.score >= SAME and near.entry.id not in draft.seen for near in base.similar(draft.question)):
        return await _preview(interaction, base, draft, draft_id, MEANWHILE)
    entry = entry_of(base, draft)
    try:
        await library.save(draft.server, [entry], draft.author, new=True)
    except IdTakenError:
        # Another process was a moment faster.
        if not once_more:
            raise
        return await _save(interaction, draft, draft_id, once_more=False)
    return entry_card(entry, base, SAVED)[0], False


async def _preview(
    interaction: Interaction, base: Base, draft: Draft, draft_id: str, notice: str = NOTHING_SAVED
) -> tuple[Card, bool]:
    """Return the preview, as `preview_card` does, and remember which similar entries stand in it."""
    entry = entry_of(base, draft)
    similar = [near for near in base.similar(draft.question) if near.score >= NEAR]
    seen = draft.seen | {near.entry.id for near in similar}
    question = Question(entry.phrasings[0])
    before, after = base.answer(question), (await base_with(base, entry)).answer(question)
    desk_of(interaction.client).drafts.keep(dataclasses.replace(draft, seen=seen), draft_id)
    buttons = [Confirm(draft_id), Edit(draft_id), Cancel(draft_id)]
    return preview_card(entry, before, after, similar, buttons, notice=notice)


async def _give_back(
    interaction: Interaction,
    error: Exception,
    draft: Draft,
    draft_id: str,
    *,
    again: discord.ui.Item[Any] | None = None,
) -> None:
    """Say what went wrong, with what was typed and the ways to go on; `again` where the fault may pass."""
    sentence = reporting.sentence_for(error, where="qa add")
    if sentence is None:
        return
    buttons: list[discord.ui.Item[Any]] = [Edit(draft_id, "Edit again"), Cancel(draft_id)]
    closest = None
    if offered := _offered(error):
        base = await interaction.client.library.base(draft.server)
        desk_of(interaction.client).drafts.keep(dataclasses.replace(draft, offered=offered), draft_id)
        cited = [base.cited(citation) for citation in offered]
        if isinstance(error, NotVerbatimError):
            sentence, closest = NOT_VERBATIM, cited[0]
            buttons.insert(0, TakeLine(draft_id))
        else:
            sentence = NOT_TOLD_APART.format(places=" and in ".join(escape(each.place) for each in cited))
            buttons[:0] = [TakeLine(draft_id, n, each.place) for n, each in enumerate(cited[:MOST_LINES])]
    elif again is not None and not isinstance(error, EntryError):
        buttons.insert(0, again)
    await _say(interaction, sentence, draft, buttons, closest)


def _offered(error: Exception) -> tuple[Citation, ...]:
    """Return the lines of the story that an excerpt may have meant."""
    match error:
        case NotVerbatimError(closest=Citation() as closest):
            return (closest,)
        case NotToldApartError(choices=choices):
            return choices
    return ()


async def _say(
    interaction: Interaction,
    sentence: str,
    draft: Draft,
    buttons: Sequence[discord.ui.Item[Any]],
    closest: Cited | None = None,
) -> None:
    """Replace the preview by a sentence and what was typed, in a file if the card cannot hold it."""
    card, is_cut = typed_card(sentence, draft, buttons, closest=closest)
    await _show(interaction, card, draft, is_cut=is_cut)


async def _show(interaction: Interaction, card: Card, draft: Draft, *, is_cut: bool) -> None:
    """Replace the preview by another card, with all that was typed in a file if that card cannot hold it."""
    await sending.edit(interaction, card)
    if is_cut:
        await sending.respond(
            interaction,
            text="All that you typed:",
            file=text_file(typed_parts(draft), "what-you-typed.txt"),
            ephemeral=True,
        )


class _DraftButton(ModeratorButton, template="pq0:draft"):
    """A button below a preview; its state is the draft's id."""

    name: str
    text: str
    style: discord.ButtonStyle

    def __init__(self, draft_id: str, label: str = "") -> None:
        self.draft_id = draft_id
        super().__init__(
            discord.ui.Button(
                label=label or self.text, style=self.style, custom_id=f"pq1:{self.name}:{draft_id}"
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], label: str) -> Self:
        """Return the button again from its draft's id."""
        return cls(state["draft"], label)

    def draft(self, interaction: Interaction) -> Draft:
        """Return the draft; raises `DraftGoneError` and `DraftTakenError`."""
        drafts = desk_of(interaction.client).drafts
        return drafts.get(self.draft_id, interaction.guild_id, interaction.user.id)


class Confirm(_DraftButton, template=rf"pq1:qa-confirm:{_DRAFT}"):
    """Saves the entry."""

    name, text, style = "qa-confirm", "Confirm", discord.ButtonStyle.success

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Save, then say so."""
        await confirm(interaction, self.draft_id)


class Edit(_DraftButton, template=rf"pq1:qa-edit:{_DRAFT}"):
    """Opens the form again, filled in."""

    name, text, style = "qa-edit", "Edit", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form."""
        await open_form(interaction, self.draft(interaction), partial(propose, draft_id=self.draft_id))


class TakeLine(ModeratorButton, template=rf"pq1:qa-take:{_DRAFT}:(?P<line>[0-9])"):
    """Takes one of the lines of the story that were offered in the excerpt's place."""

    def __init__(self, draft_id: str, line: int = 0, place: str = "") -> None:
        self.draft_id, self.line = draft_id, line
        super().__init__(
            discord.ui.Button(
                label=cut(f"The one in {place}", MAX_LABEL) if place else "Take this line",
                style=discord.ButtonStyle.primary,
                custom_id=f"pq1:qa-take:{draft_id}:{line}",
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its draft's id and the number of the line."""
        return cls(state["draft"], int(state["line"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Preview the draft with that line."""
        drafts = desk_of(interaction.client).drafts
        draft = drafts.get(self.draft_id, interaction.guild_id, interaction.user.id)
        if self.line < len(draft.offered):
            line = draft.offered[self.line]
            draft = dataclasses.replace(draft, excerpt=line.excerpt, taken=line)
        await propose(interaction, draft, self.draft_id)


class Cancel(_DraftButton, template=rf"pq1:qa-cancel:{_DRAFT}"):
    """Leaves it at that: nothing is saved, and the draft can still be taken up again."""

    name, text, style = "qa-cancel", "Cancel", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing was saved."""
        draft = self.draft(interaction)
        await _say(
            interaction, "Cancelled: nothing was saved.", draft, [Edit(self.draft_id, "Edit after all")]
        )
