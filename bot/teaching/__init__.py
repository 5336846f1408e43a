"""Teaching from what happens: a message becomes a question, and a wrong answer is put right."""

from bot.client import PullquoteClient
from bot.teaching.commands import teach_from_this, wrong_answer
from bot.teaching.correcting import FindEntry, NewEntry, NotInStory, PickEntry


def install(client: PullquoteClient) -> None:
    """Add everything that teaching needs to the client."""
    client.tree.add_command(teach_from_this)
    client.tree.add_command(wrong_answer)
    client.add_dynamic_items(PickEntry, FindEntry, NotInStory, NewEntry)
