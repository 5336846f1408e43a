"""Adjusting: moderators see and change how the bot behaves on their server."""

from bot.adjusting.change_log import ChangeLog
from bot.adjusting.commands import pullquote
from bot.adjusting.settings_card import DefaultButton, SettingMenu
from bot.client import PullquoteClient


def install(client: PullquoteClient) -> None:
    """Add everything that adjusting needs to the client."""
    client.tree.add_command(pullquote)
    client.add_dynamic_items(SettingMenu, DefaultButton)
    client.library.listeners.append(ChangeLog(client).changed)
