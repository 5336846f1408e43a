"""Interactions: what members start, and how the bot answers."""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from .gateway import Gateway
from .limits import (
    Json,
    RefusedError,
    check_choices,
    check_message,
    check_modal,
    check_not_empty,
    invalid,
    unknown,
)
from .posting import Posting
from .pulse import PATIENCE, Pulse
from .shapes import MessageFlag
from .world import World

SERVER, BOT_DIRECT = 0, 1
"""The contexts of interactions."""


class Kind(IntEnum):
    """What a member did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How the bot answers first."""

    MESSAGE = 4
    THINKING = 5
    UPDATE_LATER = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


ANSWERS = {
    Kind.COMMAND: {Callback.MESSAGE, Callback.THINKING, Callback.MODAL},
    Kind.COMPONENT: set(Callback) - {Callback.CHOICES},
    Kind.AUTOCOMPLETE: {Callback.CHOICES},
    Kind.MODAL: set(Callback) - {Callback.CHOICES, Callback.MODAL},
}


@dataclass(eq=False)
class Interaction:
    """What a member did, and what became of it."""

    payload: Json
    born: float = field(default_factory=time.monotonic)
    callback: Json | None = None
    message: Json | None = None
    """The answer (`@original`), or the message of the button that was clicked."""
    followups: list[Json] = field(default_factory=list)
    done: bool = False
    """The bot has answered, and not only said that it will."""

    @property
    def acknowledged(self) -> bool:
        """Whether the bot has answered at all."""
        return self.callback is not None

    @property
    def ephemeral(self) -> bool:
        """Whether the member alone sees the answer."""
        return bool(self.answer["flags"] & MessageFlag.EPHEMERAL)

    @property
    def answer(self) -> Json:
        """The last message that the bot sent or edited."""
        assert self.message is not None, f"answered with {self.callback}"
        return self.followups[-1] if self.followups else self.message

    @property
    def modal(self) -> Json:
        """The modal that the bot opened."""
        return self._answer_of(Callback.MODAL)

    @property
    def choices(self) -> list[Json]:
        """The completions that the bot offers."""
        return list(self._answer_of(Callback.CHOICES)["choices"])

    def _answer_of(self, kind: Callback) -> Json:
        assert self.callback is not None, "not answered"
        assert self.callback["type"] == kind, f"answered with {self.callback}"
        return dict(self.callback["data"])


class Interactions:
    """Starts interactions and takes the bot's answers."""

    def __init__(self, world: World, gateway: Gateway, posting: Posting, pulse: Pulse) -> None:
        self.world = world
        self.gateway = gateway
        self.posting = posting
        self.pulse = pulse
        self.answer_within = 3.0
        """Seconds."""
        self.token_life = 900.0
        """Seconds."""
        self._by_id: dict[str, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    async def start(
        self, kind: Kind, user: Json, channel: Json, data: Json, message: Json | None = None
    ) -> Interaction:
        """Let a member do something, and tell the bot."""
        guild_id = channel.get("guild_id")
        payload: dict[str, Any] = {
            "id": self.world.new_id(),
            "application_id": self.world.bot["id"],
            "type": int(kind),
            "token": secrets.token_urlsafe(48),
            "version": 1,
            "data": data,
            "channel_id": channel["id"],
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": 10 << 20,
            "context": SERVER if guild_id else BOT_DIRECT,
            "authorizing_integration_owners": {"0": guild_id or "0"},
            **(self._in_server(guild_id, user, channel) if guild_id else {"user": user, "channel": channel}),
            **({"message": message} if message else {}),
        }
        payload.setdefault("app_permissions", "0")
        interaction = Interaction(payload, message=message)
        self._by_id[payload["id"]] = self._by_token[payload["token"]] = interaction
        await self.gateway.dispatch("INTERACTION_CREATE", guild_id, payload)
        return interaction

    def _in_server(self, guild_id: str, user: Json, channel: Json) -> Json:
        may = str(self.world.permissions(guild_id, user["id"]))
        return {
            "guild_id": guild_id,
            "guild": {"id": guild_id, "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "channel": {**channel, "permissions": may},
            "member": {**self.world.member(guild_id, user["id"]), "user": user, "permissions": may},
            "app_permissions": str(self.world.permissions(guild_id, self.world.bot["id"])),
        }

    async def finished(self, interaction: Interaction, seconds: float = PATIENCE) -> Interaction:
        """Wait until the bot has answered."""
        what = f"an answer to {interaction.payload['data']}"
        await self.pulse.until(lambda: interaction.done, what, seconds)
        return interaction

    # ---- what the bot does

    async def callback(
        self, interaction_id: str, token: str, body: Json, files: Sequence[Json], query: Mapping[str, str]
    ) -> Json | None:
        """Take the first answer."""
        interaction = self._by_id.get(interaction_id)
        if interaction is None or time.monotonic() - interaction.born > self.answer_within:
            raise unknown("interaction", 10062)
        if interaction.acknowledged:
            raise RefusedError(400, 40060, "Interaction has already been acknowledged.")
        payload, data = interaction.payload, body.get("data") or {}
        allowed = ANSWERS[Kind(payload["type"])]
        if body["type"] not in allowed or payload["token"] != token:
            raise invalid("type", f"Value must be one of {sorted(allowed)}.", "BASE_TYPE_CHOICES")
        kind = Callback(body["type"])
        answered = await self._answer(kind, interaction, data, files)
        interaction.callback = body
        interaction.done = kind not in (Callback.THINKING, Callback.UPDATE_LATER)
        if not query.get("with_response"):
            return None
        about = {
            "id": interaction_id,
            "type": payload["type"],
            "response_message_loading": kind is Callback.THINKING,
            "response_message_ephemeral": bool(answered and answered["flags"] & MessageFlag.EPHEMERAL),
        }
        if answered is None:
            return {"interaction": about}
        about["response_message_id"] = answered["id"]
        shown = {} if kind is Callback.THINKING else {"resource": {"type": int(kind), "message": answered}}
        return {"interaction": about, **shown}

    async def _answer(
        self, kind: Callback, interaction: Interaction, data: Json, files: Sequence[Json]
    ) -> Json | None:
        clicked = interaction.payload.get("message")
        if kind is Callback.MESSAGE:
            check_not_empty(data, files)
            interaction.message = await self._respond(interaction, data, files, "data.")
            return interaction.message
        if kind is Callback.THINKING:
            loading = {"flags": (data.get("flags") or 0) | MessageFlag.LOADING}
            interaction.message = await self._respond(interaction, loading, files, "data.")
            return interaction.message
        if kind is Callback.UPDATE:
            if clicked is None:
                raise invalid("type", "There is no message to update", "BASE_TYPE_CHOICES")
            return await self.posting.edit(clicked, data, files, "data.")
        if kind is Callback.CHOICES:
            check_choices(data["choices"], "name", "data.choices")
        elif kind is Callback.MODAL:
            check_modal(data)
        return None

    async def _respond(
        self, interaction: Interaction, data: Json, files: Sequence[Json], where: str = ""
    ) -> Json:
        check_message(data, where)
        payload = interaction.payload
        about = {
            "id": payload["id"],
            "type": payload["type"],
            "user": payload["user"] if "user" in payload else payload["member"]["user"],
            "authorizing_integration_owners": payload["authorizing_integration_owners"],
        }
        if payload["type"] == Kind.COMPONENT:
            about["interacted_message_id"] = payload["message"]["id"]
        elif payload["type"] == Kind.MODAL:
            about["triggering_interaction_metadata"] = {**about, "type": int(Kind.COMMAND)}
        return await self.posting.respond(payload["channel_id"], data, files, interaction_metadata=about)

    def live(self, token: str, message_id: str = "") -> tuple[Interaction, Json]:
        """Return the interaction of a webhook's token, and one of its messages ("": the original, if any)."""
        interaction = self._by_token.get(token)
        if interaction is None or not interaction.acknowledged:
            raise unknown("Webhook", 10015)
        if time.monotonic() - interaction.born > self.token_life:
            raise RefusedError(401, 50027, "Invalid Webhook Token")
        own = [message for message in (interaction.message, *interaction.followups) if message]
        if message_id in {"", "@original"}:
            message = interaction.message
        else:
            message = next((message for message in own if message["id"] == message_id), None)
        if message_id and (message is None or message["id"] not in self.world.messages):
            raise unknown("Message", 10008)
        return interaction, message or {}

    async def follow_up(self, token: str, data: Json, files: Sequence[Json]) -> Json:
        """Take a further message; the first one after "thinking" takes its place."""
        interaction, original = self.live(token)
        check_not_empty(data, files)
        if original and original["flags"] & MessageFlag.LOADING:
            message = await self.posting.edit(original, data, files)
        else:
            message = await self._respond(interaction, data, files)
            interaction.followups.append(message)
        interaction.done = True
        return message

    async def edit(self, token: str, message_id: str, data: Json, files: Sequence[Json]) -> Json:
        """Take the edit of a message that answers an interaction."""
        interaction, message = self.live(token, message_id)
        interaction.done = True
        return await self.posting.edit(message, data, files)

    async def delete(self, token: str, message_id: str) -> None:
        """Delete a message that answers an interaction."""
        interaction, message = self.live(token, message_id)
        interaction.done = True
        await self.posting.delete(message)
