"""Adjusting: moderators see and change how the bot behaves on their server."""

from bot.adjusting.commands import pullquote
from bot.adjusting.log_channel import LogChannel
from bot.adjusting.menus import MENUS
from bot.client import PullquoteClient


def install(client: PullquoteClient) -> None:
    """Add everything that adjusting needs to the client."""
    client.tree.add_command(pullquote)
    client.add_dynamic_items(*MENUS)
    client.library.listeners.append(LogChannel(client).changed)
