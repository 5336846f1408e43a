"""Showing what a proposal does before anything is saved, and saving it once it is confirmed."""

from typing import Any, Self

import discord

from bot import sending
from bot.components import Card, Interaction
from bot.curating.cards import preview_card
from bot.curating.desk import ModeratorButton, author_of, desk_of, server_of
from bot.curating.proposals import Proposal
from bot.curating.trying import base_with
from knowledge.model import Question
from knowledge.owned import put

_PROPOSAL = r"(?P<proposal>[\w-]{16})"


async def propose(interaction: Interaction, proposal: Proposal) -> None:
    """Show the answer that members will get; an interaction that is not deferred yet has been a button."""
    if not interaction.response.is_done():
        await sending.defer(interaction)
    base = await interaction.client.library.base(proposal.server)
    question = Question(proposal.question)
    before, after = base.answer(question), (await base_with(base, proposal.entry)).answer(question)
    proposal_id = desk_of(interaction.client).proposals.keep(proposal)
    buttons = [ConfirmProposal(proposal_id), CancelProposal(proposal_id)]
    card, _is_cut = preview_card(proposal.entry, before, after, (), buttons, notice=proposal.heading)
    await sending.edit(interaction, card)


class _ProposalButton(ModeratorButton, template="pq0:proposal"):
    """A button below a proposal; its state is the proposal's id."""

    name: str
    text: str
    style: discord.ButtonStyle

    def __init__(self, proposal_id: str) -> None:
        self.proposal_id = proposal_id
        button: discord.ui.Button[Any] = discord.ui.Button(
            label=self.text, style=self.style, custom_id=f"pq1:{self.name}:{proposal_id}"
        )
        super().__init__(button)

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its proposal's id."""
        return cls(state["proposal"])

    def take(self, interaction: Interaction) -> Proposal:
        """Return the proposal, which nobody can take again; raises `ProposalGoneError` and `DraftTakenError`."""
        proposals = desk_of(interaction.client).proposals
        return proposals.take(self.proposal_id, interaction.guild_id, interaction.user.id)


class ConfirmProposal(_ProposalButton, template=rf"pq1:do:{_PROPOSAL}"):
    """Saves what is proposed."""

    name, text, style = "do", "Confirm", discord.ButtonStyle.success

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Save it as it was shown, then show what comes next; where that fails it can be confirmed again."""
        desk, proposal = desk_of(interaction.client), self.take(interaction)
        await sending.defer(interaction)
        try:
            async with desk.turn(proposal.server):
                writes = [put(proposal.entry, proposal.before), *proposal.also]
                change = await interaction.client.library.change(proposal.server, writes, proposal.author)
        except Exception:
            desk.proposals.give_back(self.proposal_id)
            raise
        await sending.edit(interaction, await proposal.then(interaction, change))


class CancelProposal(_ProposalButton, template=rf"pq1:dont:{_PROPOSAL}"):
    """Leaves all as it is."""

    name, text, style = "dont", "Cancel", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show where the moderator came from."""
        proposal = self.take(interaction)
        await sending.defer(interaction)
        await sending.edit(interaction, await proposal.back(interaction))


class Undo(ModeratorButton, template=r"pq1:undo:(?P<number>\d{1,18})"):
    """Takes a change back."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(discord.ui.Button(label="Undo", custom_id=f"pq1:undo:{number}"))

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from the number of its change."""
        return cls(int(state["number"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Take the change back, and say so."""
        await take_back(interaction, self.number)
        told = f"**Taken back.** All is as it was before change {self.number}."
        await sending.edit(interaction, Card(discord.ui.TextDisplay(told)))


async def take_back(interaction: Interaction, number: int) -> None:
    """Take a change of a moderator's server back; raises as `Library.revert` does."""
    server = server_of(interaction)
    await sending.defer(interaction)
    async with desk_of(interaction.client).turn(server):
        await interaction.client.library.revert(server, number, author_of(interaction))
