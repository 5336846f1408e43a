"""Stories of a server's own: moderators add, correct, remove, list and read them."""

from bot.client import PullquoteClient
from bot.stories.adding import Cancel, Confirm, Edit
from bot.stories.commands import story
from bot.stories.listing import Turn
from bot.stories.reading import TurnPage
from bot.stories.removing import Keep, Remove


def install(client: PullquoteClient) -> None:
    """Add everything that stories need to the client."""
    client.tree.add_command(story)
    client.add_dynamic_items(Confirm, Edit, Cancel, Remove, Keep, Turn, TurnPage)
