"""Curating: moderators keep their server's entries right, see what was changed, and why a question is answered so."""

from bot.client import PullquoteClient
from bot.curating import history, listing
from bot.curating.adding import BecomePhrasing, Cancel, Confirm, Edit, GoBack, TakeLine
from bot.curating.commands import qa
from bot.curating.editing import EditEntry
from bot.curating.proposing import CancelProposal, ConfirmProposal
from bot.curating.removing import AskRemove, Keep, Remove
from bot.curating.undoing import Leave, Undo


def install(client: PullquoteClient) -> None:
    """Add everything that curating needs to the client."""
    client.tree.add_command(qa)
    client.add_dynamic_items(Confirm, Edit, TakeLine, Cancel, BecomePhrasing, GoBack)
    client.add_dynamic_items(ConfirmProposal, CancelProposal)
    client.add_dynamic_items(EditEntry, AskRemove, Remove, Keep, Undo, Leave, history.Turn, listing.Turn)
