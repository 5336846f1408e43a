"""The card of a server's settings: each with what it means, who set it, and a menu. All in one place."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot import sending
from bot.adjusting.menus import (
    AutoChannelMenu,
    ChannelsMenu,
    LanguageMenu,
    LogChannelMenu,
    MissesMenu,
    PacksMenu,
    SettingMenu,
    StrictnessMenu,
    days_in_words,
)
from bot.bases import base_of
from bot.components import Card, Interaction
from bot.render.escape import fit, one_line
from bot.texts import texts_in
from knowledge.answering.strictness import in_words
from knowledge.settings import ServerSettings

_HEADING = "**Settings of this server**\n-# A change counts from the next question on."
_ABOUT_PACKS = "What I answer from, beside this server's own stories and entries."
_ABOUT_STRICTNESS = (
    "How sure I have to be to give an answer. The stricter, the fewer answers are wrong, and the more questions end"
    " with choices or the nearest lines instead."
)
_ABOUT_CHANNELS = "Where I answer members. Moderators' commands work everywhere."
_ABOUT_AUTO = "Where I answer questions that nobody put to me: only those of which I am sure."
_NO_INTENT = (
    "**This does nothing yet**: it needs the Message Content intent, which whoever runs me has not turned on."
)
_HAS_INTENT = "I have the Message Content intent that it needs."
_ABOUT_LOG = "A channel that gets one line for each change by a moderator."
_ABOUT_MISSES = "How long questions that I could not answer wait in /inbox, without who asked them."
_ABOUT_LANGUAGE = (
    "What I speak to members in my own words. Entries and stories stay as they were written; moderators' tools and"
    " errors are in English."
)
_MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What the card has to know beside the settings."""

    packs: Sequence[str]
    """The names of the packs that can be on."""
    reads_messages: bool
    """Whether the bot has the Message Content intent."""


async def show(interaction: Interaction) -> None:
    """Answer a command with the settings as they are."""
    base = await base_of(interaction, ephemeral=True)
    await sending.respond(interaction, settings_card(base.settings, _known(interaction)), ephemeral=True)


async def edit(interaction: Interaction) -> None:
    """Show the settings as they are in place of the card whose menu was used."""
    base = await base_of(interaction, in_place=True)
    await sending.edit(interaction, settings_card(base.settings, _known(interaction)))


def settings_card(settings: ServerSettings, known: Known) -> Card:
    """Return all settings, each with what it means, who set it, and a menu to change it."""
    card = Card(discord.ui.TextDisplay(_HEADING))
    if known.packs:
        on = [name for name in known.packs if name not in settings.packs_off]
        _add(card, settings, "Packs", _names(on), _ABOUT_PACKS, PacksMenu.of(known.packs, settings))
    menu: SettingMenu = StrictnessMenu.of(settings)
    about = f"{_ABOUT_STRICTNESS}\n-# Now: {in_words(settings.strictness)}."
    _add(card, settings, "Strictness", settings.strictness, about, menu)
    where = _channels(settings.channels) or "all"
    _add(card, settings, "Channels", where, _ABOUT_CHANNELS, ChannelsMenu.of(settings.channels))
    ids = _ids(settings.auto_channel)
    about = f"{_ABOUT_AUTO} {_HAS_INTENT if known.reads_messages else _NO_INTENT}"
    _add(card, settings, "Auto-answer channel", _channels(ids) or "none", about, AutoChannelMenu.of(ids))
    ids = _ids(settings.log_channel)
    _add(card, settings, "Log channel", _channels(ids) or "none", _ABOUT_LOG, LogChannelMenu.of(ids))
    days = days_in_words(settings.misses_days).lower()
    _add(card, settings, "Unanswered questions are kept", days, _ABOUT_MISSES, MissesMenu.of(settings))
    language = texts_in(settings.language).name
    _add(card, settings, "Language", language, _ABOUT_LANGUAGE, LanguageMenu.of(settings))
    return card


def _add(card: Card, settings: ServerSettings, name: str, value: str, about: str, menu: SettingMenu) -> None:
    card.add_item(discord.ui.TextDisplay(f"**{name}: {value}**{_set_by(settings, menu.key)}\n{about}"))
    card.add_item(discord.ui.ActionRow(menu))


def _set_by(settings: ServerSettings, key: str) -> str:
    kept = settings.of(key)
    if kept is None or not settings.is_understood(key):
        return " (the default)"
    return f" (set by {fit(one_line(kept.author.name), 80)})" if kept.author else ""


def _names(names: Sequence[str]) -> str:
    return fit(", ".join(map(one_line, names)), _MOST_NAMED) or "none"


def _channels(ids: Sequence[int]) -> str:
    return ", ".join(f"<#{one}>" for one in ids)


def _ids(channel: int | None) -> Sequence[int]:
    return () if channel is None else (channel,)


def _known(interaction: Interaction) -> Known:
    names = [pack.name for pack in interaction.client.library.packs]
    return Known(names, interaction.client.intents.message_content)
