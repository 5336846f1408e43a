"""Adjusting: moderators see and change how the bot behaves on their server."""

from bot.adjusting.commands import pullquote
from bot.adjusting.settings_card import StrictnessMenu
from bot.client import PullquoteClient


def install(client: PullquoteClient) -> None:
    """Add everything that adjusting needs to the client."""
    client.tree.add_command(pullquote)
    client.add_dynamic_items(StrictnessMenu)
