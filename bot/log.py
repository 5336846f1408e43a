"""Structured logs on standard error: one line an event, for people or as JSON.

Neither a token nor the text of a member is ever in them: nothing here logs one, discord.py is kept from
showing what it sends, and an exception is told by its type and place, with its message only where harmless.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import aiohttp
import discord
import structlog

from knowledge.errors import PullquoteError, SafeError

_TOKEN = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
"""What a bot's token looks like."""

_HARMLESS = (discord.DiscordException, aiohttp.ClientError, OSError, PullquoteError)
"""Errors whose messages come from Discord, the operating system or ourselves, and repeat nobody's words."""

_LEAST_LEVELS = {
    "discord": logging.INFO,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
}
"""Below these levels the libraries would show everything that goes over the wire, or how they set themselves up."""


def configure(style: Literal["console", "json"], level: str) -> None:
    """Send every log of this process, the libraries' too, to standard error in one form."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _describe_exception,
        _hide_tokens,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(style)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library, least in _LEAST_LEVELS.items():
        logging.getLogger(library).setLevel(max(least, root.level))


def _renderer(style: Literal["console", "json"]) -> structlog.types.Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _describe_exception(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Put an exception into words: its type, where it was raised and, if harmless, what it says."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = described(error)
        event["at"] = _places(error.__traceback__)
    return event


def described(error: BaseException) -> str:
    """Return an exception's type, and its message where it cannot hold what somebody wrote."""
    name = type(error).__name__
    harmless = isinstance(error, _HARMLESS) and not isinstance(error, SafeError)
    return f"{name}: {error}" if harmless and str(error) else name


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def _hide_tokens(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub("[token]", value)
    return event
