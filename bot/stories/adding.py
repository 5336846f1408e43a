"""Adding a story, or correcting one: file or form, preview, confirm. Nothing is saved before that."""

import asyncio
from functools import partial
from weakref import WeakKeyDictionary

import discord

from bot import reporting, sending
from bot.components import Card, Interaction
from bot.curating.desk import KEPT, KeyedButton, desk_of
from bot.curating.drafts import Drafts
from bot.curating.showing import text_file
from bot.stories.cards import CHANGED, NOTHING_SAVED, fates_in_full, preview_card, saved_card
from bot.stories.form import StoryForm
from bot.stories.proposals import File, Given, Proposal, ProposalGoneError, as_it_is_now, propose, writes
from knowledge.errors import StoryError
from knowledge.stories.taking import check_size

KEPT_PROPOSALS = 50
"""More than that at once means the oldest go: each holds a whole story."""

_PROPOSALS: WeakKeyDictionary[discord.Client, Drafts[Proposal]] = WeakKeyDictionary()


def proposals_of(client: discord.Client) -> Drafts[Proposal]:
    """Return the proposals that wait to be confirmed, which live as long as the client."""
    return _PROPOSALS.setdefault(client, Drafts(gone=ProposalGoneError, most=KEPT_PROPOSALS))


async def start(interaction: Interaction, given: Given, attached: discord.Attachment | None) -> None:
    """Answer a command with a preview of the story in a file, or on the page that its URL names.

    Without a file, or where nothing may be fetched, with the form for its text. Raises `StoryError`.
    """
    fetcher, url = interaction.client.fetcher, given.source.url
    if attached is not None:
        check_size(attached.size)
        await sending.defer(interaction, ephemeral=True, thinking=True)
        await show(interaction, given, File(await _read(attached), attached.filename))
    elif fetcher is not None and url:
        await sending.defer(interaction, ephemeral=True, thinking=True)
        fetched = await fetcher.fetch(url)
        await show(interaction, given, File(fetched.content, fetched.name))
    else:
        await sending.ask_with(interaction, StoryForm(given, show))


async def show(
    interaction: Interaction, given: Given, file: File | None = None, *, proposal_id: str | None = None
) -> None:
    """Show what was given as a story, and what that does to the entries; raises where it can be none.

    `proposal_id` is that of the proposal whose place it takes. What was pasted comes back as a file: a card holds but
    its first lines, and the bot may be restarted.
    """
    if not interaction.response.is_done():
        await sending.defer(interaction, ephemeral=True, thinking=interaction.message is None)
    library = interaction.client.library
    base, owned = await library.base(given.server, fresh=True), await library.owned(given.server)
    proposal = await asyncio.to_thread(propose, given, base, owned, library.packs, file)
    proposal_id = proposals_of(interaction.client).keep(proposal, proposal_id)
    await _preview(interaction, proposal, proposal_id, NOTHING_SAVED)
    if given.text:
        pasted = text_file([("Text", given.text)], "what-you-pasted.txt")
        await sending.respond(interaction, text="What you pasted:", file=pasted, ephemeral=True)


async def confirm(interaction: Interaction, proposal_id: str) -> None:
    """Save a story and the entries that cite it, in one; show it again where it would do something else by now.

    Where that fails it can be confirmed again, and what was pasted is given back.
    """
    proposals = proposals_of(interaction.client)
    proposal = proposals.take(proposal_id, interaction.guild_id, interaction.user.id)
    try:
        await sending.defer(interaction)
        async with desk_of(interaction.client).turn(proposal.server):
            saved = await _save(interaction, proposal, proposal_id)
    except Exception as error:  # noqa: BLE001 whatever it was, what was pasted is given back
        proposals.give_back(proposal_id)
        await reporting.report(interaction, error, typed=proposal.given.text)
    else:
        if saved is not None:
            await sending.edit(interaction, saved)


async def _save(interaction: Interaction, proposal: Proposal, proposal_id: str) -> Card | None:
    """Save a story, and return the card that says so; None where it is shown once more instead."""
    library, server = interaction.client.library, proposal.server
    base, owned = await library.base(server, fresh=True), await library.owned(server)
    now = await asyncio.to_thread(as_it_is_now, proposal, base, owned, library.packs)
    if now.affected != proposal.affected:
        proposals_of(interaction.client).keep(now, proposal_id)
        await _preview(interaction, now, proposal_id, CHANGED)
        return None
    await library.change(server, list(writes(now, owned)), proposal.author)
    return saved_card(now)


async def _preview(interaction: Interaction, proposal: Proposal, proposal_id: str, notice: str) -> None:
    """Show a proposal, with all that becomes of the entries in a file if the card cannot hold it."""
    base = await interaction.client.library.base(proposal.server)
    buttons = [
        Confirm(proposal_id),
        *([Edit(proposal_id)] if proposal.given.text else []),
        Cancel(proposal_id),
    ]
    # Counting the words of a long story takes a while.
    card, is_cut = await asyncio.to_thread(preview_card, proposal, base, buttons, notice)
    await sending.edit(interaction, card)
    if is_cut:
        file = text_file(fates_in_full(proposal), "citations.txt")
        await sending.respond(interaction, text="What becomes of each citation:", file=file, ephemeral=True)


async def _read(attached: discord.Attachment) -> bytes:
    try:
        return await sending.persistently(attached.read)
    except discord.DiscordException as error:
        raise StoryError("The file could not be had from Discord: please attach it once more.") from error


class _ProposalButton(KeyedButton, template="pq0:story-proposal"):
    """A button below a preview; its state is what the proposal is kept under."""

    def proposal(self, interaction: Interaction) -> Proposal:
        """Return the proposal; raises `ProposalGoneError` and `DraftTakenError`."""
        proposals = proposals_of(interaction.client)
        return proposals.get(self.key, interaction.guild_id, interaction.user.id)


class Confirm(_ProposalButton, template=rf"pq1:story-confirm:{KEPT}"):
    """Saves the story."""

    name, text, style = "story-confirm", "Confirm", discord.ButtonStyle.success

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Save, then say so."""
        await confirm(interaction, self.key)


class Edit(_ProposalButton, template=rf"pq1:story-edit:{KEPT}"):
    """Opens the form again, filled in."""

    name, text, style = "story-edit", "Edit", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form."""
        given = self.proposal(interaction).given
        await sending.ask_with(interaction, StoryForm(given, partial(show, proposal_id=self.key)))


class Cancel(_ProposalButton, template=rf"pq1:story-cancel:{KEPT}"):
    """Leaves all as it is."""

    name, text, style = "story-cancel", "Cancel", discord.ButtonStyle.secondary

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Say that nothing was saved."""
        self.proposal(interaction)
        await sending.edit(interaction, Card(discord.ui.TextDisplay("Cancelled: nothing was saved.")))
