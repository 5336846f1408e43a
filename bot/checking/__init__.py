"""Checking: a server's own test set, and how well its questions are answered."""

from bot.checking import commands as commands  # adds them to /qa
from bot.checking.pages import Turn
from bot.client import PullquoteClient


def install(client: PullquoteClient) -> None:
    """Add the buttons to the client; the commands are part of `/qa`."""
    client.add_dynamic_items(Turn)
