"""Adding an entry, or changing one: form, preview, confirm. Nothing is saved before that, and nothing typed is lost."""

import asyncio
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import discord

from bot import reporting, sending
from bot.bases import base_of
from bot.components import MAX_LABEL, Card, Interaction
from bot.curating import notices
from bot.curating.cards import preview_card, typed_card, typed_parts
from bot.curating.desk import KEPT, DraftButton, ModeratorButton, author_of, desk_of, server_of
from bot.curating.drafts import Draft, draft_of
from bot.curating.finding import own_entry
from bot.curating.foreseeing import replace, show_preview
from bot.curating.form import open_form
from bot.curating.previewing import SAME, entry_of, preview_of, similar_to
from bot.curating.showing import entry_card, text_file
from bot.curating.undoing import Undo
from bot.render.escape import cut, escape, one_line
from knowledge.answering import Base
from knowledge.curating import blocks, graded_of, quotable
from knowledge.errors import (
    ChangedSinceError,
    EntryError,
    IdTakenError,
    NotToldApartError,
    NotVerbatimError,
    UnknownEntryError,
)
from knowledge.model import Citation, Cited, EntryKind
from knowledge.owned import put

MOST_LINES = 3
"""Places among which a moderator can choose: a row has five buttons."""


async def start(interaction: Interaction, kind: EntryKind) -> None:
    """Open an empty form for an entry or a gap, as the answer to a command."""
    await open_form(interaction, Draft(server_of(interaction), author_of(interaction), kind=kind), propose)


async def propose(interaction: Interaction, draft: Draft, draft_id: str | None = None) -> None:
    """Show what a draft would become, or why it can become nothing; what was typed is kept in any case."""
    # Loading the server's entries may take long; after three seconds what was typed would be lost.
    if not interaction.response.is_done():
        await sending.defer(interaction, ephemeral=True, thinking=interaction.message is None)
    draft_id = desk_of(interaction.client).drafts.keep(draft, draft_id)
    try:
        base = await interaction.client.library.base(draft.server)
        await _preview(interaction, base, draft, draft_id)
    except Exception as error:  # noqa: BLE001 whatever it was, what was typed is given back
        await _give_back(interaction, error, draft, draft_id)


async def confirm(interaction: Interaction, draft_id: str) -> None:
    """Save a draft and say so when it is on the disk; where that fails, give back what was typed."""
    desk = desk_of(interaction.client)
    draft = desk.drafts.take(draft_id, interaction.guild_id, interaction.user.id)
    try:
        await sending.defer(interaction)
        async with desk.turn(draft.server):
            done = await _save(interaction, draft)
        if isinstance(done, _Doubt):
            await _preview(interaction, done.base, done.draft, draft_id, done.notice)
    except Exception as error:  # noqa: BLE001 whatever it was, what was typed is given back
        desk.drafts.give_back(draft_id)
        await _give_back(interaction, error, draft, draft_id, again=Confirm(draft_id, "Try again"))
    else:
        if isinstance(done, Card):
            await replace(interaction, done)


async def become_phrasing(interaction: Interaction, draft: Draft, draft_id: str) -> None:
    """Preview the entry most similar to a draft with the draft's questions as phrasings of its own."""
    base = await base_of(interaction, in_place=True)
    entry = base.entry(draft.near)
    if entry is None:
        raise UnknownEntryError(
            "That entry is not there any more. What you typed is not lost: go on with it."
        )
    added = f"{draft.question}\n{draft.phrasings}"
    other = draft_of(entry, own_entry(base, entry.id), draft.server, draft.author, asked=added)
    await propose(interaction, dataclasses.replace(other, instead=draft_id, graded=draft.graded))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Why a draft is not saved yet, for the moderator to look at it once more."""

    base: Base
    draft: Draft
    notice: str


async def _save(interaction: Interaction, draft: Draft, *, once_more: bool = True) -> Card | _Doubt:
    """Save the entry, made anew: only now is it certain which ids are taken, what is similar and what is there.

    Returns the card that says so.
    """
    library = interaction.client.library
    base = await library.base(draft.server, fresh=True)
    there = own_entry(base, draft.before.id) if draft.before else None
    if there != draft.there:
        draft = dataclasses.replace(draft, before=there or draft.before, there=there)
        return _Doubt(base, draft, notices.CHANGED_MEANWHILE)
    entry = entry_of(base, draft)
    same = await asyncio.to_thread(similar_to, base, entry, SAME)
    if any(near.entry.id not in draft.seen for near in same):
        return _Doubt(base, draft, notices.MEANWHILE)
    try:
        writes = [put(entry, draft.there)]
        if draft.graded:  # saved, it is right for the question that it was made for
            known = await library.graded(draft.server)
            writes.append(graded_of(draft.graded, entry.id, draft.author, known))
        change = await library.change(draft.server, writes, draft.author)
    except (IdTakenError, ChangedSinceError):
        # Another process was a moment faster.
        if not once_more:
            raise
        return await _save(interaction, draft, once_more=False)
    base = await library.base(draft.server)
    if change is None:
        return entry_card(entry, base, notices.AS_IT_WAS)[0]
    return entry_card(entry, base, notices.SAVED, [Undo(change.number)])[0]


async def _preview(
    interaction: Interaction, base: Base, draft: Draft, draft_id: str, notice: str = notices.NOTHING_SAVED
) -> None:
    """Show the preview, and remember which similar entries stand in it."""
    preview = await preview_of(base, draft)
    near = preview.similar[0].entry.id if preview.similar and draft.before is None else ""
    seen = draft.seen | {similar.entry.id for similar in preview.similar}
    drafts = desk_of(interaction.client).drafts
    drafts.keep(dataclasses.replace(draft, seen=seen, near=near), draft_id)
    buttons: list[discord.ui.Item[Any]] = [Confirm(draft_id), Edit(draft_id), Cancel(draft_id)]
    if near:
        label = f"Make it a phrasing of {one_line(near)} instead"
        buttons.insert(2, BecomePhrasing(draft_id, cut(label, MAX_LABEL)))
    if draft.instead:
        buttons.insert(2, GoBack(draft.instead))
    if any(one not in draft.known and one.excerpt not in draft.excerpt for one in preview.entry.citations):
        notice = f"{notice}\n{notices.WHOLE_SENTENCES}"
    make = partial(preview_card, preview, buttons, notice)
    await show_preview(interaction, draft.server, preview.tried, make, partial(_typed_file, draft))


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
    offered, missing = _offered(error)
    if offered:
        base = await interaction.client.library.base(draft.server)
        offered = tuple(quotable(base, citation) for citation in offered)
        draft = dataclasses.replace(draft, offered=offered, missing=missing)
        desk_of(interaction.client).drafts.keep(draft, draft_id)
        cited = [base.cited(citation) for citation in offered]
        if isinstance(error, NotVerbatimError):
            sentence, closest = notices.NOT_VERBATIM, cited[0]
            buttons.insert(0, TakeLine(draft_id))
        else:
            places = [escape(each.place) for each in cited[:MOST_LINES]]
            if len(cited) > MOST_LINES:
                places.append(f"{len(cited) - MOST_LINES:,} more places")
            sentence = notices.NOT_TOLD_APART.format(places=" and in ".join(places))
            buttons[:0] = [TakeLine(draft_id, n, each.place) for n, each in enumerate(cited[:MOST_LINES])]
    elif again is not None and not isinstance(error, EntryError):
        buttons.insert(0, again)
    await _say(interaction, sentence, draft, buttons, closest)


def _offered(error: Exception) -> tuple[tuple[Citation, ...], str]:
    """Return the lines of the story that an excerpt may have meant, and the words of that excerpt."""
    match error:
        case NotVerbatimError(closest=Citation() as closest, words=words):
            return (closest,), words
        case NotToldApartError(choices=choices, words=words):
            return choices, words
    return (), ""


async def _say(
    interaction: Interaction,
    sentence: str,
    draft: Draft,
    buttons: Sequence[discord.ui.Item[Any]],
    closest: Cited | None = None,
) -> None:
    """Replace the preview by a sentence and what was typed, in a file if the card cannot hold it."""
    card, is_cut = typed_card(sentence, draft, buttons, closest=closest)
    await replace(interaction, card)
    if is_cut:
        await sending.respond(
            interaction, text="All that you typed:", file=_typed_file(draft), ephemeral=True
        )


def _typed_file(draft: Draft) -> discord.File:
    return text_file(typed_parts(draft), "what-you-typed.txt")


class Confirm(DraftButton, template=rf"pq1:qa-confirm:{KEPT}"):
    """Saves the entry."""

    name, text, style = "qa-confirm", "Confirm", discord.ButtonStyle.success

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Save, then say so."""
        await confirm(interaction, self.key)


class Edit(DraftButton, template=rf"pq1:qa-edit:{KEPT}"):
    """Opens the form again, filled in."""

    name, text, style = "qa-edit", "Edit", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form."""
        await open_form(interaction, self.draft(interaction), partial(propose, draft_id=self.key))


class TakeLine(ModeratorButton, template=rf"pq1:qa-take:{KEPT}:(?P<line>[0-9])"):
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
        return cls(state["key"], int(state["line"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Preview the draft with that line."""
        drafts = desk_of(interaction.client).drafts
        draft = drafts.get(self.draft_id, interaction.guild_id, interaction.user.id)
        excerpts = blocks(draft.excerpt)
        if self.line < len(draft.offered) and draft.missing in excerpts:
            line = draft.offered[self.line]
            excerpts[excerpts.index(draft.missing)] = line.excerpt
            draft = dataclasses.replace(draft, excerpt="\n\n".join(excerpts), taken=(line, *draft.taken))
        await propose(interaction, draft, self.draft_id)


class Cancel(DraftButton, template=rf"pq1:qa-cancel:{KEPT}"):
    """Leaves it at that: nothing is saved, and the draft can still be taken up again."""

    name, text, style = "qa-cancel", "Cancel", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing was saved."""
        draft = self.draft(interaction)
        await _say(interaction, "Cancelled: nothing was saved.", draft, [Edit(self.key, "Edit after all")])


class BecomePhrasing(DraftButton, template=rf"pq1:qa-become:{KEPT}"):
    """Makes the question a phrasing of the most similar entry: that is previewed, and the draft kept."""

    name, text, style = "qa-become", "Make it a phrasing instead", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Preview the other entry."""
        await become_phrasing(interaction, self.draft(interaction), self.key)


class GoBack(DraftButton, template=rf"pq1:qa-back:{KEPT}"):
    """Goes back to the new entry that was to become a phrasing of another."""

    name, text, style = "qa-back", "Back to the new entry", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Preview the draft again."""
        await propose(interaction, self.draft(interaction), self.key)
