"""Tells Discord which commands there are, only when they changed: it limits how often they may be set."""

import hashlib
import json
from typing import Any

import discord
import structlog
from discord import app_commands

from bot import sending
from knowledge.storage.interface import Store

log = structlog.get_logger(__name__)


async def sync_when_changed(tree: app_commands.CommandTree[Any], store: Store | None) -> bool:
    """Send the commands unless the store remembers that these were sent; return whether they were."""
    key = f"commands:{tree.client.application_id}"
    digest = payload_hash(tree)
    if store is not None and await store.recall(key) == digest:
        return False
    commands = await sending.persistently(tree.sync)
    if store is not None:
        await store.remember(key, digest)
    log.info("commands sent to Discord", count=len(commands))
    return True


def payload_hash(tree: app_commands.CommandTree[Any]) -> str:
    """Return a hash of everything that Discord is told about the commands."""
    payload = [command.to_dict(tree) for command in _commands(tree)]
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()


def _commands(tree: app_commands.CommandTree[Any]) -> list[Any]:
    kinds = (
        discord.AppCommandType.chat_input,
        discord.AppCommandType.message,
        discord.AppCommandType.user,
    )
    return [command for kind in kinds for command in tree.get_commands(type=kind)]
