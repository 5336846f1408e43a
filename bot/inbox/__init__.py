"""The inbox: what nobody could answer, similar questions together, worked off by moderators."""

from bot.client import PullquoteClient
from bot.inbox.buttons import DismissMiss, NewEntry, NotInStory, PhrasingOf, Turn, UndoChange, UndoDismissal
from bot.inbox.commands import inbox


def install(client: PullquoteClient) -> None:
    """Add everything that the inbox needs to the client."""
    client.tree.add_command(inbox)
    client.add_dynamic_items(Turn, NewEntry, PhrasingOf, NotInStory, DismissMiss, UndoDismissal, UndoChange)
