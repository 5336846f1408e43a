"""Exchanging: moderators take entries from files, and get their server's own as one."""

from bot.client import PullquoteClient
from bot.exchanging import commands as commands  # adds them to /qa
from bot.exchanging.taking import CancelImport, ConfirmImport


def install(client: PullquoteClient) -> None:
    """Add the buttons to the client; the commands are part of `/qa`."""
    client.add_dynamic_items(ConfirmImport, CancelImport)
