"""A menu for each setting. They have no state: what is set stands in the database."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import discord

from bot import sending
from bot.components import MAX_CHOICE, MAX_CHOICES, Interaction, Persistent, require_moderator
from bot.curating.desk import author_of, server_of
from bot.render.escape import cut, one_line
from bot.texts import LANGUAGES, texts_in
from knowledge.answering.strictness import in_words
from knowledge.errors import SafeError
from knowledge.model import Setting, Strictness
from knowledge.owned import put
from knowledge.settings import (
    AUTO_CHANNEL,
    CHANNELS,
    DAYS,
    LANGUAGE,
    LOG_CHANNEL,
    MISSES_DAYS,
    PACKS_OFF,
    STRICTNESS,
    ServerSettings,
)

Menu = discord.ui.Select[Any] | discord.ui.ChannelSelect[Any]

_TEXT_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]
_PLACES = [*_TEXT_CHANNELS, discord.ChannelType.forum, discord.ChannelType.voice]


class GoneError(SafeError):
    """What was chosen is not there, or not any more."""

    def __init__(self) -> None:
        super().__init__("That choice is not there any more. Please call /pullquote settings again.")


async def keep(interaction: Interaction, key: str, value: str, *, in_place: bool) -> None:
    """Keep what a moderator set; raises `NotAllowedError` for anyone else.

    `in_place`: it was set with a menu, whose card will be replaced.
    """
    server = server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=not in_place)
    author = author_of(interaction)
    await interaction.client.library.change(server, [put(Setting(key, value, author))], author)


class SettingMenu(Persistent[Menu], template="pq0:setting"):
    """Sets one setting. A subclass gives its key and makes the text that is kept from what was chosen."""

    key: ClassVar[str]

    def __init__(self, menu: Menu) -> None:
        menu.custom_id = self.custom_id_of()
        super().__init__(menu)

    @classmethod
    def custom_id_of(cls) -> str:
        """Return the custom id: there is one menu of each kind."""
        return f"pq1:set-{cls.key.replace('_', '-')}"

    @classmethod
    def read(cls, _state: dict[str, str], _label: str) -> Self:
        """Return the menu again, for what was chosen to be read from it."""
        return cls(cls.empty())

    @classmethod
    def empty(cls) -> Menu:
        """Return a menu of the right kind: what was chosen is filled in by discord.py."""
        return discord.ui.Select(options=[discord.SelectOption(label="-")])

    def chosen(self, interaction: Interaction) -> str:
        """Return what is to be kept; raises `SafeError` for what cannot be."""
        raise NotImplementedError

    async def pressed(self, interaction: Interaction) -> None:
        """Keep the choice, then show all settings."""
        from bot.adjusting.settings_card import edit  # noqa: PLC0415  the card is made of the menus

        require_moderator(interaction)
        await keep(interaction, self.key, self.chosen(interaction), in_place=True)
        await edit(interaction)


class PacksMenu(SettingMenu, template="pq1:set-packs-off"):
    """Turns packs on and off; kept is what is off, so that a pack which comes later is on."""

    key = PACKS_OFF

    @classmethod
    def of(cls, packs: Sequence[str], settings: ServerSettings) -> Self:
        """Return the menu with the packs that are on chosen."""
        shown = packs[:MAX_CHOICES]
        options = [
            discord.SelectOption(
                label=cut(one_line(name), MAX_CHOICE) or "-",
                value=str(n),
                default=name not in settings.packs_off,
            )
            for n, name in enumerate(shown)
        ]
        return cls(
            discord.ui.Select(
                options=options, min_values=0, max_values=len(options), placeholder="No pack is on"
            )
        )

    def chosen(self, interaction: Interaction) -> str:
        """Return the names of the packs that were not chosen."""
        names = [pack.name for pack in interaction.client.library.packs]
        on = {names[n] for value in self.item.values if (n := int(str(value))) < len(names)}
        return "\n".join(name for name in names[:MAX_CHOICES] if name not in on)


class StrictnessMenu(SettingMenu, template="pq1:set-strictness"):
    """Sets how sure an answer has to be."""

    key = STRICTNESS

    @classmethod
    def of(cls, settings: ServerSettings) -> Self:
        """Return the menu with what holds chosen."""
        current = settings.strictness
        options = [
            discord.SelectOption(
                label=one.capitalize(), value=one, description=in_words(one), default=one is current
            )
            for one in Strictness
        ]
        return cls(discord.ui.Select(options=options))

    def chosen(self, _interaction: Interaction) -> str:
        """Return the strictness."""
        return _one_of(Strictness, self.item.values)


class MissesMenu(SettingMenu, template="pq1:set-misses-days"):
    """Sets how long misses are kept."""

    key = MISSES_DAYS

    @classmethod
    def of(cls, settings: ServerSettings) -> Self:
        """Return the menu with what holds chosen."""
        options = [
            discord.SelectOption(
                label=days_in_words(days), value=str(days), default=days == settings.misses_days
            )
            for days in DAYS
        ]
        return cls(discord.ui.Select(options=options))

    def chosen(self, _interaction: Interaction) -> str:
        """Return the number of days."""
        return _one_of(map(str, DAYS), self.item.values)


class LanguageMenu(SettingMenu, template="pq1:set-language"):
    """Sets the language of the bot's own words to members."""

    key = LANGUAGE

    @classmethod
    def of(cls, settings: ServerSettings) -> Self:
        """Return the menu with what holds chosen."""
        current = texts_in(settings.language)
        options = [
            discord.SelectOption(label=one.name, value=code, default=one is current)
            for code, one in LANGUAGES.items()
        ]
        return cls(discord.ui.Select(options=options))

    def chosen(self, _interaction: Interaction) -> str:
        """Return the language's code."""
        return _one_of(LANGUAGES, self.item.values)


class _ChannelMenu(SettingMenu, template="pq0:channels"):
    """Sets one or more channels; none chosen is the default."""

    most: ClassVar[int] = 1
    kinds: ClassVar[list[discord.ChannelType]] = _TEXT_CHANNELS
    none: ClassVar[str]

    @classmethod
    def of(cls, ids: Sequence[int]) -> Self:
        """Return the menu with the channels that are set chosen."""
        menu = cls.empty()
        menu.default_values = [
            discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.channel) for one in ids
        ]
        return cls(menu)

    @classmethod
    def empty(cls) -> discord.ui.ChannelSelect[Any]:
        """Return the menu with nothing chosen."""
        return discord.ui.ChannelSelect(
            channel_types=cls.kinds, min_values=0, max_values=cls.most, placeholder=cls.none
        )

    def chosen(self, interaction: Interaction) -> str:
        """Return the ids of the channels."""
        for channel in self._channels():
            self.check(interaction, channel)
        return " ".join(str(channel.id) for channel in self._channels())

    def check(self, interaction: Interaction, channel: Any) -> None:  # noqa: ANN401  one of discord.py's many
        """Raise `SafeError` for a channel that cannot be set."""

    def _channels(self) -> list[Any]:
        return list(self.item.values)


class ChannelsMenu(_ChannelMenu, template="pq1:set-channels"):
    """Sets where members are answered."""

    key, none, most, kinds = CHANNELS, "In every channel", MAX_CHOICES, _PLACES


class AutoChannelMenu(_ChannelMenu, template="pq1:set-auto-channel"):
    """Sets where members are answered without asking the bot."""

    key, none = AUTO_CHANNEL, "In no channel"


class LogChannelMenu(_ChannelMenu, template="pq1:set-log-channel"):
    """Sets which channel is told of changes."""

    key, none = LOG_CHANNEL, "No channel"

    def check(self, interaction: Interaction, channel: Any) -> None:  # noqa: ANN401  one of discord.py's many
        """Raise `SafeError` where the bot may not write."""
        guild = interaction.guild
        full = guild.get_channel(channel.id) if guild else None
        if guild is not None and full is not None:
            may = full.permissions_for(guild.me)
            if not (may.view_channel and may.send_messages):
                raise SafeError(
                    f"I may not write in #{channel.name}: let me see that channel and send messages there, then"
                    " choose it again."
                )


MENUS = (
    PacksMenu,
    StrictnessMenu,
    MissesMenu,
    LanguageMenu,
    ChannelsMenu,
    AutoChannelMenu,
    LogChannelMenu,
)


def days_in_words(days: int) -> str:
    """Return how long misses are kept, for a person."""
    return f"{days} days" if days else "Not at all"


def _one_of(known: Any, values: Sequence[Any]) -> str:  # noqa: ANN401  any texts
    chosen = next((one for one in known if one in values), None)
    if chosen is None:
        raise GoneError
    return str(chosen)
