"""The bot in one process, on the bundled story, against an offline Discord."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from simcord.results import ResponseMessage

from bot import asking
from bot.client import Feature, PullquoteClient
from knowledge.library import Library
from knowledge.model import Pack
from knowledge.packs import bundled_pack, read_pack
from knowledge.storage import open_store


@dataclass
class World:
    """A server with a channel, two members and a moderator, and the bot that is on it."""

    env: simcord.Env
    bot: PullquoteClient
    guild: Any
    channel: Any
    alice: Any
    bob: Any
    moderator: Any

    @property
    def mention(self) -> str:
        return f"<@{self.bot.user.id}>"

    @property
    def last(self) -> discord.Message:
        return self.channel.last_message

    def dismiss_moderator(self) -> None:
        """Take the moderator's role away."""
        role = self.guild.roles["Moderators"]
        self.env.backend.remove_member_role(self.guild.id, self.moderator.id, role.id)

    def let_in(self, member: simcord.MemberActor, group: str) -> None:
        """Show a group of commands to an ordinary member, as an administrator can in the server's settings."""
        command = self.env.backend.find_command(group, self.guild.id)
        self.guild.set_command_permissions(int(command["id"]), {member: True})

    async def restart(self) -> None:
        """End the bot and start another one in its place, with the same knowledge."""
        self.bot = PullquoteClient(self.bot.library, self.bot.features, shard_count=1)
        await self.env.restart_bot(self.bot)


def texts(message: discord.Message | ResponseMessage) -> str:
    """Return all texts of a card, as they are sent."""
    return "\n".join(_texts(message.components))


def _texts(components: Sequence[Any]) -> list[str]:
    found: list[str] = []
    for component in components:
        raw = component if isinstance(component, dict) else component.to_dict()
        if "content" in raw:
            found.append(raw["content"])
        found += _texts(raw.get("components") or [])
    return found


def buttons(message: discord.Message | ResponseMessage) -> dict[str, dict[str, Any]]:
    """Return the buttons of a card by their labels."""
    return {button["label"]: button for button in _buttons(message.components)}


def _buttons(components: Sequence[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for component in components:
        raw = component if isinstance(component, dict) else component.to_dict()
        if raw["type"] == discord.ComponentType.button.value:
            found.append(raw)
        beside = [raw["accessory"]] if raw.get("accessory") else []
        found += _buttons([*(raw.get("components") or []), *beside])
    return found


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    return (read_pack(bundled_pack()),)


@pytest.fixture(scope="session")
def packs_alone(packs: tuple[Pack, ...]) -> Library:
    return Library(packs)


@pytest.fixture
async def kept_library(packs: tuple[Pack, ...], tmp_path: Path) -> AsyncIterator[Library]:
    """A library that can keep entries, in a database of its own."""
    library = Library(packs, await open_store(f"sqlite:///{tmp_path / 'kept.db'}"))
    yield library
    await library.close()


@pytest.fixture
def library(packs_alone: Library) -> Library:
    return packs_alone


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install,)


@pytest.fixture
def simcord_bot(library: Library, features: Sequence[Feature]) -> PullquoteClient:
    return PullquoteClient(library, features, shard_count=1)


@pytest.fixture
def world(simcord_env: simcord.Env, simcord_bot: PullquoteClient) -> World:
    guild = simcord_env.create_guild()
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return World(
        simcord_env,
        simcord_bot,
        guild,
        guild.create_text_channel("football"),
        guild.add_member(simcord_env.create_user("alice")),
        guild.add_member(simcord_env.create_user("bob")),
        guild.add_member(simcord_env.create_user("moderator"), roles=[moderators]),
    )
