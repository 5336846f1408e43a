"""Curating: moderators add, look at, list and remove their server's entries, and see why a question is answered so."""

from bot.client import PullquoteClient
from bot.curating.adding import Cancel, Confirm, Edit, TakeLine
from bot.curating.commands import qa
from bot.curating.listing import Turn
from bot.curating.proposing import CancelProposal, ConfirmProposal, Undo
from bot.curating.removing import Keep, Remove


def install(client: PullquoteClient) -> None:
    """Add everything that curating needs to the client."""
    client.tree.add_command(qa)
    client.add_dynamic_items(ConfirmProposal, CancelProposal, Undo)
    client.add_dynamic_items(Confirm, Edit, TakeLine, Cancel, Turn, Remove, Keep)
