"""The card of a server's settings, with a menu for each. A choice is on the disk before the card shows it."""

from typing import Any, Self

import discord

from bot import sending
from bot.adjusting.kinds import DEFAULTS, Menu, Section
from bot.adjusting.sections import SECTIONS
from bot.adjusting.situation import Situation, situation_of
from bot.bases import base_of
from bot.components import Card, Interaction, Persistent, PersistentButton
from bot.curating.desk import author_of, server_of
from bot.render.escape import fit, one_line
from knowledge.model import Setting
from knowledge.owned import Kind, Write, put
from knowledge.settings import ServerSettings

_HEADING = "**Settings of this server**\n-# A change counts from the next question on."
_MAX_NAME = 80
_KEY = f"(?P<key>{'|'.join(SECTIONS)})"


async def show(interaction: Interaction) -> None:
    """Answer a command with the settings as they are."""
    base = await base_of(interaction, ephemeral=True)
    await sending.respond(
        interaction, settings_card(situation_of(interaction, base.settings)), ephemeral=True
    )


async def keep(interaction: Interaction, key: str, value: str | None) -> None:
    """Keep what a moderator set, None: the default; raises `NotAllowedError` for anyone else."""
    server, author = server_of(interaction), author_of(interaction)
    write = Write(Kind.SETTING, key, None) if value is None else put(Setting(key, value, author))
    await interaction.client.library.change(server, [write], author)


async def _keep_and_show(interaction: Interaction, key: str, value: str | None) -> None:
    """Keep what was set with the card, and show it there."""
    await keep(interaction, key, value)
    base = await base_of(interaction, in_place=True)
    await sending.edit(interaction, settings_card(situation_of(interaction, base.settings)))


class SettingMenu(Persistent[Menu], template=f"pq1:set-{_KEY}"):
    """Sets one setting. Its state is which; what is set stands in the database."""

    def __init__(self, section: Section, situation: Situation) -> None:
        self.section = section
        super().__init__(section.menu(situation, f"pq1:set-{section.key}"))

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the menu again, for what was chosen to be read from it."""
        return cls(SECTIONS[state["key"]], Situation(DEFAULTS))

    async def pressed(self, interaction: Interaction) -> None:
        """Keep the choice, then show it; what cannot work is not kept."""
        server_of(interaction)
        await sending.defer(interaction)
        now = situation_of(interaction, (await base_of(interaction, in_place=True)).settings)
        values: list[Any] = list(self.item.values)
        value = self.section.chosen([str(getattr(one, "id", one)) for one in values], now)
        await _keep_and_show(interaction, self.section.key, value)


class DefaultButton(PersistentButton, template=f"pq1:reset-{_KEY}"):
    """Leads a setting back to what holds where nobody set it."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(discord.ui.Button(label="Back to the default", custom_id=f"pq1:reset-{key}"))

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again."""
        return cls(state["key"])

    async def pressed(self, interaction: Interaction) -> None:
        """Take the setting away, then show what holds."""
        server_of(interaction)
        await sending.defer(interaction)
        await _keep_and_show(interaction, self.key, None)


def settings_card(situation: Situation) -> Card:
    """Return all settings, each with what it means, who set it, and the controls to change it."""
    card = Card(discord.ui.TextDisplay(_HEADING))
    for section in SECTIONS.values():
        text: discord.ui.TextDisplay[Any] = discord.ui.TextDisplay(_told(section, situation))
        if section.is_set(situation.settings):
            card.add_item(discord.ui.Section(text, accessory=DefaultButton(section.key)))
        else:
            card.add_item(text)
        card.add_item(discord.ui.ActionRow(SettingMenu(section, situation)))
    return card


def _told(section: Section, situation: Situation) -> str:
    value, *more = section.value(situation).split("\n")
    told = [f"**{section.title}: {value}**{_set_by(section, situation.settings)}", section.meaning, *more]
    return "\n".join([*told, *filter(None, [section.caution(situation)])])


def _set_by(section: Section, settings: ServerSettings) -> str:
    kept = settings.of(section.key)
    if kept is None or not section.is_set(settings):
        return " (the default)"
    return f" (set by {fit(one_line(kept.author.name), _MAX_NAME)})" if kept.author else ""
