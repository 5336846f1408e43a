"""What an operator can set: environment variables that begin with `PULLQUOTE_`, or lines of a `.env` file."""

import ipaddress
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
)
from rapidfuzz import fuzz, process

from knowledge.errors import SettingsError
from knowledge.semantic import read_models

PREFIX = "PULLQUOTE_"

WHERE_TO_GET_A_TOKEN = (
    "get one in the Discord Developer Portal (https://discord.com/developers/applications): your application"
    f" > Bot > Reset Token, then put it into the file .env as {PREFIX}DISCORD_TOKEN=..."
)


_PLAIN = {"bool_parsing": "write true or false", "int_parsing": "write whole numbers"}
"""What to say of faults, by their type, that pydantic tells in the words of programmers."""


class Settings(BaseSettings):
    """The settings, checked. `.env.example` tells each of them to the operator."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = None
    database_url: str | None = None
    """None: a SQLite file in the platform's data folder."""
    packs: Annotated[tuple[Path, ...], NoDecode] = ()
    """None named: the bundled one."""
    semantic_model: Annotated[dict[str, Path], NoDecode] = {}
    """Sentence encoders by language, "" for all others; none named: questions are matched by their words alone."""
    message_content: bool = False
    """Whether to ask Discord for the privileged Message Content intent, for auto-answer channels."""
    fetch_urls: bool = False
    """Whether moderators may have pages of the web fetched, from the network that the bot runs in."""
    discord_api: str | None = None
    """None: Discord's own."""
    discord_gateway: str | None = None
    shard_count: Annotated[int, Field(ge=1)] | None = None
    """None: as many as Discord advises."""
    shard_ids: Annotated[tuple[Annotated[int, Field(ge=0)], ...], NoDecode] = ()
    """None named: all of them."""
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("packs", "shard_ids", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(filter(None, (part.strip() for part in value.split(","))))

    @field_validator("semantic_model", mode="before")
    @classmethod
    def _models_by_language(cls, value: object) -> object:
        try:
            return read_models(value) if isinstance(value, str) else value
        except SettingsError as error:
            raise ValueError(str(error)) from None

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("discord_api")
    @classmethod
    def _api_keeps_the_token_safe(cls, url: str | None) -> str | None:
        return url and _safe_address(url, "https", "http").rstrip("/")

    @field_validator("discord_gateway")
    @classmethod
    def _gateway_keeps_the_token_safe(cls, url: str | None) -> str | None:
        return url and _safe_address(url, "wss", "ws")

    @model_validator(mode="after")
    def _shards_fit(self) -> "Settings":
        if self.shard_ids and self.shard_count is None:
            raise ValueError(f"{PREFIX}SHARD_IDS needs {PREFIX}SHARD_COUNT: how many shards there are in all")
        if self.shard_count is not None and any(shard >= self.shard_count for shard in self.shard_ids):
            raise ValueError(
                f"{PREFIX}SHARD_IDS counts from 0: of {self.shard_count} the last is {self.shard_count - 1}"
            )
        return self

    def token(self) -> str:
        """Return the bot's token; raises `SettingsError` when there is none, or nothing that could be one."""
        written = self.discord_token.get_secret_value() if self.discord_token else ""
        token = written.strip().removeprefix("Bot ").strip()
        if not token:
            raise SettingsError(f"There is no Discord token: {WHERE_TO_GET_A_TOKEN}")
        if not re.fullmatch(r"[\w.-]+", token, re.ASCII):
            raise SettingsError(f"{PREFIX}DISCORD_TOKEN does not look like a token: {WHERE_TO_GET_A_TOKEN}")
        return token


def load_settings() -> Settings:
    """Read the environment and `.env`; raises `SettingsError` with a sentence for each fault."""
    faults = list(_misspelt())
    try:
        settings = Settings()
    except ValidationError as error:
        # The values are left out: one of them may be the token.
        told = (_sentence(fault["loc"], _PLAIN.get(fault["type"], fault["msg"])) for fault in error.errors())
        faults += dict.fromkeys(told)
    if faults:
        raise SettingsError("; ".join(faults))
    return settings


def _misspelt() -> Iterator[str]:
    """Yield a sentence for each setting that there is not: it would be passed over without a word."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    written = {**EnvSettingsSource(Settings).env_vars, **DotEnvSettingsSource(Settings).env_vars}
    for name in map(str.upper, written):
        if name.startswith(PREFIX) and name not in known:
            nearest = process.extractOne(name, known, scorer=fuzz.ratio)[0]
            yield f"There is no setting {name}: did you mean {nearest}"


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    what = message.removeprefix("Value error, ")
    return f"{PREFIX}{str(location[0]).upper()}: {what}" if location else what


def _safe_address(url: str, encrypted: str, plain: str) -> str:
    """Refuse an address where the token could be read on the way."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in {encrypted, plain}:
        raise ValueError(f"{url!r} is no address like {encrypted}://host/path")
    if parts.scheme == plain and not _is_loopback(parts.hostname):
        raise ValueError(f"use {encrypted}://: {plain}:// is for this machine alone (127.0.0.1)")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
