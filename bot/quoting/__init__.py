"""Quoting: `/quote` shows what people say in the stories, in their own words."""

from bot.client import PullquoteClient
from bot.quoting.commands import quote


def install(client: PullquoteClient) -> None:
    """Add everything that quoting needs to the client."""
    client.tree.add_command(quote)
