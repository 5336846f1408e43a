"""The one place that decides how errors reach people.

A `SafeError` is shown as its own sentence; what the operator has to know beside it is a line in the log. What is
nobody's fault (the three seconds were over, the message is gone) is only that line. All else is a short neutral
sentence with a reference to find in the log.
"""

import io
import secrets
from collections.abc import Mapping
from typing import Any

import discord
import structlog
from discord import app_commands

from bot import sending
from bot.render.escape import cut, escape
from knowledge.errors import SafeError, StorageError

log = structlog.get_logger(__name__)

_TOO_LATE = {
    10062: "interaction expired",
    sending.ALREADY_ANSWERED: "interaction already answered",
    10008: "message is gone",
}
"""Discord's error codes after which there is nobody to tell, and what they mean."""


MAX_SENTENCE = 1000
"""Code points of a message to a person: escaped, they still fit into the 2,000 of ordinary text."""


class NotAllowedError(SafeError):
    """Somebody pressed or called what is for others."""


async def report(interaction: discord.Interaction[Any], error: Exception, *, typed: str = "") -> None:
    """Tell the person, and nobody else, what went wrong; `typed` is given back to them as a file."""
    sentence = sentence_for(error, where=_name_of(interaction))
    if sentence is None:
        return
    try:
        await sending.respond(interaction, text=sentence, file=_as_file(typed), ephemeral=True)
    except Exception as failure:  # noqa: BLE001  there is nobody left to tell but the log
        sentence_for(failure, where="reporting an error")


async def report_in_reply(message: discord.Message, error: Exception) -> None:
    """Tell the author of a message what went wrong; where the bot may not speak, only the log."""
    sentence = sentence_for(error, where="message")
    if sentence is None or isinstance(error, discord.Forbidden | discord.NotFound):
        return
    try:
        await sending.reply(message, text=sentence)
    except Exception as failure:  # noqa: BLE001  there is nobody left to tell but the log
        sentence_for(failure, where="reporting an error")


def sentence_for(error: Exception, *, where: str) -> str | None:
    """Log the error as far as is due; return what to say, None where there is nobody to tell."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, SafeError):
        if isinstance(error, StorageError):
            tell_the_operator(error, where=where)
        else:
            log.info("refused", where=where, error=type(error).__name__)
        return escape(cut(str(error), MAX_SENTENCE))
    if isinstance(error, discord.HTTPException) and error.code in _TOO_LATE:
        log.info("nobody to answer", where=where, reason=_TOO_LATE[error.code])
        return None
    if isinstance(error, discord.Forbidden):
        log.warning("not allowed by the server", where=where, code=error.code)
        return "I am not allowed to do that here: please ask a moderator to check my permissions."
    if isinstance(error, app_commands.MissingPermissions):
        log.info("refused", where=where, error=type(error).__name__)
        return "That is for moderators of this server."
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        log.warning("outdated command", where=where)
        return "That command has just changed. Please try again in a minute, or restart Discord."
    reference = secrets.token_hex(4)
    log.error("unexpected error", where=where, reference=reference, exc_info=error)
    return f"Sorry, that went wrong on my side. If it happens again, tell whoever runs me this reference: {reference}."


def tell_the_operator(error: StorageError, *, where: str) -> None:
    """Log what is wrong with the database and how to mend it: members can do nothing about it."""
    log.warning("database trouble", where=where, reason=error.operator)


def _name_of(interaction: discord.Interaction[Any]) -> str:
    """Return the name of the command or button: never what a person typed."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    version, *rest = custom_id_of(interaction).split(":")
    return f"button {version}:{rest[0]}" if rest else interaction.type.name


def custom_id_of(interaction: discord.Interaction[Any]) -> str:
    """Return the custom id of the button that was pressed or the form that was sent, "" for a command."""
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", ""))


def typed_in(interaction: discord.Interaction[Any]) -> str:
    """Return what was typed into a form, by the custom ids of its inputs: all that is known of an old one."""
    data: Mapping[str, Any] = interaction.data or {}
    inputs = (part.get("component") or {} for part in data.get("components") or ())
    return "\n\n".join(f"{part['custom_id']}:\n{part['value']}" for part in inputs if part.get("value"))


def _as_file(typed: str) -> discord.File | None:
    return discord.File(io.BytesIO(typed.encode("utf-8", "replace")), "what-you-typed.txt") if typed else None
