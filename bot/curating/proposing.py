"""Showing what a proposal does before anything is saved, and saving it once it is confirmed."""

import asyncio
import dataclasses
from functools import partial

import discord

from bot import sending
from bot.components import Interaction
from bot.curating.cards import preview_card
from bot.curating.desk import KEPT, KeyedButton, desk_of
from bot.curating.finding import packs_entry
from bot.curating.foreseeing import replace, show_preview
from bot.curating.previewing import SAME, look_ahead, similar_to
from bot.curating.proposals import Proposal
from knowledge.errors import ChangedSinceError, IdTakenError, SafeError
from knowledge.library import Library
from knowledge.owned import Change, put

_CHANGED = (
    "Meanwhile somebody changed this entry, or saved one for the same question. Nothing of yours was saved: press"
    " Cancel, and choose again what to do."
)
_STALE = (
    "What that entry cites stands in no story here any more, so I could not answer with it. Nothing was saved: press"
    " Cancel, and choose again what to do, or mend the entry with /qa edit."
)


async def propose(interaction: Interaction, proposal: Proposal) -> None:
    """Show the answer that members will get; an interaction that is not deferred yet has been a button."""
    if not interaction.response.is_done():
        await sending.defer(interaction)
    base = await interaction.client.library.base(proposal.server)
    before = proposal.before or packs_entry(base, proposal.entry.id)
    preview = await look_ahead(
        base,
        proposal.entry,
        before,
        proposal.question,
        is_copy=proposal.before is None,
        is_added=before is not None,
    )
    seen = frozenset(near.entry.id for near in preview.similar)
    proposal_id = desk_of(interaction.client).proposals.keep(dataclasses.replace(proposal, seen=seen))
    buttons = [ConfirmProposal(proposal_id), CancelProposal(proposal_id)]
    make = partial(preview_card, preview, buttons, proposal.heading)
    await show_preview(interaction, proposal.server, preview.tried, make)


class _ProposalButton(KeyedButton, template="pq0:proposal"):
    """A button below a proposal; its state is what that is kept under."""

    def take(self, interaction: Interaction) -> Proposal:
        """Return the proposal, which nobody can take again; raises `ProposalGoneError` and `DraftTakenError`."""
        proposals = desk_of(interaction.client).proposals
        return proposals.take(self.key, interaction.guild_id, interaction.user.id)


class ConfirmProposal(_ProposalButton, template=rf"pq1:do:{KEPT}"):
    """Saves what is proposed."""

    name, text, style = "do", "Confirm", discord.ButtonStyle.success

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Save it as it was shown, then show what comes next; where that fails it can be confirmed again."""
        desk, proposal = desk_of(interaction.client), self.take(interaction)
        await sending.defer(interaction)
        try:
            async with desk.turn(proposal.server):
                change = await _save(interaction.client.library, proposal)
        except Exception as error:
            desk.proposals.give_back(self.key)
            if isinstance(error, (IdTakenError, ChangedSinceError)):
                raise SafeError(_CHANGED) from error  # it is to be made anew: trying again would never help
            raise
        await replace(interaction, await proposal.then(interaction, change))


async def _save(library: Library, proposal: Proposal) -> Change | None:
    """Save a proposal; raises `SafeError` where it is no longer what the moderator saw, and as `change` does."""
    base = await library.base(proposal.server, fresh=True)
    same = await asyncio.to_thread(similar_to, base, proposal.entry, SAME)
    if any(near.entry.id not in proposal.seen for near in same):
        raise SafeError(_CHANGED)
    if not all(map(base.holds, proposal.entry.citations)):
        raise SafeError(_STALE)
    writes = [put(proposal.entry, proposal.before), *proposal.also]
    return await library.change(proposal.server, writes, proposal.author)


class CancelProposal(_ProposalButton, template=rf"pq1:dont:{KEPT}"):
    """Leaves all as it is."""

    name, text, style = "dont", "Cancel", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show where the moderator came from; nothing can be confirmed any more."""
        proposal = self.take(interaction)
        desk_of(interaction.client).proposals.drop(self.key)
        await sending.defer(interaction)
        await replace(interaction, await proposal.back(interaction))
