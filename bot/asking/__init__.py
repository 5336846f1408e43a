"""Asking: by mention, direct message, reply, `/ask` and *Answer this*; and the buttons on an answer."""

from bot.asking import commands, messages
from bot.asking.buttons import ChoiceButton, ContextButton, DismissButton, FollowUpButton
from bot.asking.votes import HelpfulButton, NotHelpfulButton
from bot.client import PullquoteClient


def install(client: PullquoteClient) -> None:
    """Add everything that asking needs to the client."""
    commands.install(client)
    messages.install(client)
    client.add_dynamic_items(ChoiceButton, ContextButton, DismissButton, FollowUpButton)
    client.add_dynamic_items(HelpfulButton, NotHelpfulButton)
