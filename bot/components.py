"""What every button, card and form of the bot is built on.

A button keeps its state in its custom id, so it works after a restart and in old messages. The id reads
`pq1:<name>:<state>`, where 1 is the version: whoever changes what a state means raises it. Such buttons never
share a view with ordinary ones: when a mixed view ends, discord.py forgets the persistent ones everywhere.
"""

import re
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar

import discord

from bot.reporting import NotAllowedError, report

if TYPE_CHECKING:
    from bot.client import PullquoteClient  # at run time it imports this module

Interaction: TypeAlias = "discord.Interaction[PullquoteClient]"

CUSTOM_ID_PREFIX = "pq"
MAX_CUSTOM_ID = 100
MAX_LABEL = 80
MAX_TEXT = 4000
"""Code points of all texts of a card together."""
MAX_CHOICES = 25
MAX_CHOICE = 100
"""Choices that are offered while somebody types, and code points of each."""

FORM_SECONDS = 15 * 60
"""A form that is dismissed tells nobody; without a limit it would stay in memory for ever."""


def require_moderator(interaction: Interaction) -> None:
    """Raise `NotAllowedError` unless the person may manage messages: Discord checks commands, not buttons."""
    if not is_moderator(interaction):
        raise NotAllowedError(
            "That is for moderators of this server: it needs the permission Manage Messages."
        )


def is_moderator(interaction: Interaction) -> bool:
    """Return whether the person may manage messages in this channel of this server."""
    return interaction.guild_id is not None and interaction.permissions.manage_messages


ItemT = TypeVar("ItemT", bound="discord.ui.Item[Any]")


class Persistent(discord.ui.DynamicItem[ItemT], template="pq0:"):
    """A button or menu that survives a restart. A subclass gives its `template` and overrides `read` and `pressed`.

    The template's named groups are handed to `read`, which returns the item that was pressed or chosen from.
    """

    @classmethod
    def read(cls, state: dict[str, str], label: str) -> Self:
        """Return the item again from the groups of its custom id, and the label it was sent with, if it has one."""
        raise NotImplementedError

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the item is for. Whatever this raises is reported to the person who used it."""
        raise NotImplementedError

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the item for discord.py."""
        return cls.read(match.groupdict(), getattr(item, "label", None) or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Run `pressed`, and report what goes wrong; discord.py would only log it."""
        try:
            interaction.client.admit()
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 the one net under every button and menu
            await report(interaction, error)


class PersistentButton(Persistent[discord.ui.Button[Any]], template="pq0:button"):
    """A button that survives a restart, as `Persistent` tells."""


class PersistentMenu(Persistent[discord.ui.Select[Any]], template="pq0:menu"):
    """A menu that survives a restart, as `Persistent` tells; `item.values` are what was chosen."""


class Card(discord.ui.LayoutView):
    """A message made of components. It never times out: all its buttons are persistent ones or links.

    discord.py refuses more components than the 40 that Discord takes, but not too much text.
    """

    def __init__(self, *items: discord.ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: Exception, _item: discord.ui.Item[Any], /
    ) -> None:
        """Report what a component without a net of its own raised."""
        await report(interaction, error)


class Form(discord.ui.Modal):
    """A form. A subclass adds inputs and overrides `submitted`; what was typed comes back when that fails."""

    def __init__(self, *, title: str) -> None:
        super().__init__(title=title, timeout=FORM_SECONDS)

    async def submitted(self, interaction: Interaction) -> None:
        """Do what the form is for. Whatever this raises is reported, together with what was typed."""
        raise NotImplementedError

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Run `submitted`, unless the bot is going down."""
        interaction.client.admit()
        await self.submitted(interaction)

    async def on_error(  # type: ignore[override]  # discord.py gives a form one argument less
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Report, and give back what was typed."""
        await report(interaction, error, typed=self.typed())

    def typed(self) -> str:
        """Return everything that was typed, each value under the label of its input."""
        labels = (item for item in self.walk_children() if isinstance(item, discord.ui.Label))
        return "\n\n".join(
            f"{label.text}:\n{label.component.value}"
            for label in labels
            if isinstance(label.component, discord.ui.TextInput) and label.component.value
        )
