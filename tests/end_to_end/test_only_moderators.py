"""Whatever is not for members is refused to them: every command, button and menu that there is, a new one too."""

from typing import Any

import discord as dpy
import pytest
from discord import app_commands
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from bot.client import PullquoteClient
from bot.components import MAX_CUSTOM_ID, PersistentButton
from bot.lifecycle import FEATURES
from knowledge.library import Library

from .loopback import Interaction, Json, LoopbackDiscord, Member, RefusedError
from .loopback.interactions import Kind
from .loopback.shapes import Permission
from .reading import read

MEMBERS_COMMANDS = {"ask", "quote", "Answer this"}
MEMBERS_ITEMS = {"choice", "next", "context", "dismiss", "helpful", "unhelpful"}
BUTTON, MENU = 2, 3
SAMPLES: dict[dpy.AppCommandOptionType, object] = {
    dpy.AppCommandOptionType.string: "x",
    dpy.AppCommandOptionType.integer: 1,
    dpy.AppCommandOptionType.attachment: ("entries.jsonl", b"{}"),
}
Item = type[dpy.ui.DynamicItem[Any]]
Slash = app_commands.Command[Any, ..., Any]


class Noted(PullquoteClient):
    """A bot that is never started: it only tells what it would have."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        super().__init__(Library(()), FEATURES, shard_count=1)
        for install in self.features:
            install(self)

    def add_dynamic_items(self, *items: Item) -> None:
        self.items += items
        super().add_dynamic_items(*items)


def custom_id_of(item: Item) -> str:
    """Return a custom id that the item's template takes."""
    made = st.from_regex(item.__discord_ui_compiled_template__, fullmatch=True)
    any_one = settings(phases=[Phase.generate])
    return find(made, lambda custom_id: len(custom_id) <= MAX_CUSTOM_ID, settings=any_one)


def slashes() -> list[Slash]:
    """Return the slash commands that are for moderators alone."""
    commands = Noted().tree.walk_commands()
    known = [one for one in commands if isinstance(one, app_commands.Command)]
    return [one for one in known if one.qualified_name not in MEMBERS_COMMANDS]


def required(command: Slash) -> dict[str, object]:
    """Return something for each option that has to be filled in."""
    return {one.name: SAMPLES[one.type] for one in command.parameters if one.required}


async def test_every_command_is_refused_and_none_is_offered_in_direct_messages(
    alice: Member, discord: LoopbackDiscord
) -> None:
    commands = slashes()
    assert len(commands) > 20
    for command in commands:
        refused = await alice.command(command.qualified_name, **required(command))
        assert (command.qualified_name, "moderators" in read(refused.answer)) == (
            command.qualified_name,
            True,
        )
        assert refused.ephemeral
    for root in {command.qualified_name.split()[0] for command in commands}:
        registered = await alice.registered(root)
        assert registered["default_member_permissions"] == str(int(Permission.MANAGE_MESSAGES))
        with pytest.raises(RefusedError, match="not offered here"):
            await Member(discord, "alice").command(root)


async def test_nothing_is_completed_for_a_member(alice: Member) -> None:
    asked = [(one, option.name) for one in slashes() for option in one.parameters if option.autocomplete]
    assert len(asked) > 10
    for command, name in asked:
        others = {other: value for other, value in required(command).items() if other != name}
        offered = await alice.complete(command.qualified_name, name, "", **others)
        assert (command.qualified_name, offered) == (command.qualified_name, [])


async def test_every_message_command_is_refused(alice: Member) -> None:
    reply = await alice.mention("who won?")
    for menu in Noted().tree.walk_commands(type=dpy.AppCommandType.message):
        if menu.name not in MEMBERS_COMMANDS:
            refused = await alice.use_on(reply, menu.name)
            assert (menu.name, "moderators" in read(refused.answer)) == (menu.name, True)


async def test_every_button_and_menu_is_refused(alice: Member) -> None:
    reply = await alice.mention("who won?")
    custom_ids = {custom_id_of(item): item for item in Noted().items}
    for_moderators = [one for one in custom_ids if one.split(":")[1] not in MEMBERS_ITEMS]
    assert len(for_moderators) > 30
    for custom_id in for_moderators:
        refused = await press(alice, reply, custom_ids[custom_id], custom_id)
        answer = refused.followups[-1] if refused.followups else refused.answer
        assert (custom_id, "moderators" in read(answer)) == (custom_id, True)


async def press(member: Member, message: Json, item: Item, custom_id: str) -> Interaction:
    """Press a button, or choose from a menu, that stands on a message, whoever it is for."""
    part: Json = {"type": BUTTON, "id": 2, "style": 2, "label": "x", "custom_id": custom_id}
    data: Json = {"component_type": BUTTON, "id": 2, "custom_id": custom_id}
    if not issubclass(item, PersistentButton):
        part |= {"type": MENU, "options": [{"label": "x", "value": "x"}]}
        data |= {"component_type": MENU, "values": ["x"]}
    card = {**message, "components": [{"type": 1, "id": 1, "components": [part]}]}
    return await member.discord.interactions.finished(await member.start(Kind.COMPONENT, data, card))
