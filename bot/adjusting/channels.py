"""The settings that are channels: chosen from those of the server, and told where the bot cannot use them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import discord

from bot.adjusting.kinds import Menu, NoChoiceError, Section
from bot.adjusting.reach import GONE, hindrance
from bot.adjusting.situation import Situation
from bot.components import MAX_CHOICES

NO_INTENT = (
    "**This does nothing yet**: it needs the Message Content intent, which whoever runs me has not turned on."
)
HAS_INTENT = "It needs the Message Content intent, which I have."


class Channels(Section):
    """Some channels of the server, or all: what cannot be used is chosen all the same, and told."""

    types: tuple[discord.ChannelType, ...] = (
        discord.ChannelType.text,
        discord.ChannelType.news,
        discord.ChannelType.forum,
        discord.ChannelType.voice,
    )
    most = MAX_CHOICES
    none = "all"
    replying = True
    """Whether members are answered there."""

    def value(self, situation: Situation) -> str:
        """Name the channels."""
        return _mentioned(self.set_to(situation)) or self.none

    def caution(self, situation: Situation) -> str:
        """Say which channels the bot cannot use, and why."""
        return " ".join(
            f"{_mentioned(channels)}: {why}"
            for why, channels in self._hindered(situation, self.set_to(situation))
        )

    def menu(self, situation: Situation, custom_id: str) -> Menu:
        """Return a menu of the server's channels; Discord keeps it up to date."""
        kind = discord.SelectDefaultValueType.channel
        there = [one for one in self.set_to(situation) if self._hindrance(situation, one) != GONE]
        return discord.ui.ChannelSelect(
            custom_id=custom_id,
            channel_types=list(self.types),
            placeholder=self.none.capitalize(),
            min_values=0,
            max_values=self.most,
            default_values=[discord.SelectDefaultValue(id=one, type=kind) for one in there[: self.most]],
        )

    def chosen(self, values: Sequence[str], now: Situation) -> str | None:
        """Return the channels, which have to be this server's."""
        if any(self._hindrance(now, int(value)) == GONE for value in values):
            raise NoChoiceError(f"Nothing is changed. {GONE}")
        return " ".join(values) or None

    def set_to(self, situation: Situation) -> Sequence[int]:
        """Return the channels that are set."""
        channels: Sequence[int] = self.read(situation.settings)
        return channels

    def _hindrance(self, situation: Situation, channel: int) -> str:
        return hindrance(situation.guild, channel, replying=self.replying)

    def _hindered(self, situation: Situation, channels: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
        """Yield what keeps the bot out, with the channels that it keeps it out of."""

        def why(channel: int) -> str:
            return self._hindrance(situation, channel)

        for reason, kept_out in groupby(sorted(channels, key=why), why):
            if reason:
                yield reason, list(kept_out)


class OneChannel(Channels):
    """One channel, in which the bot has to be able to write, or none."""

    most = 1
    none = "none"

    def chosen(self, values: Sequence[str], now: Situation) -> str | None:
        """Return the channel, once it is certain that the bot can use it."""
        for why, _channels in self._hindered(now, [int(value) for value in values]):
            raise NoChoiceError(f"Nothing is changed. {why}")
        return super().chosen(values, now)


class LogChannel(OneChannel):
    """The channel that is told each change."""

    types = (discord.ChannelType.text, discord.ChannelType.news)
    replying = False


class AutoChannel(OneChannel):
    """The channel whose every question is answered, for which the bot has to read all messages."""

    types = (discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum)

    def caution(self, situation: Situation) -> str:
        """Say whether the bot may read messages that are not for it, and write there."""
        hindered = super().caution(situation)
        return f"{HAS_INTENT if situation.reads_messages else NO_INTENT} {hindered}".rstrip()

    def menu(self, situation: Situation, custom_id: str) -> Menu:
        """Return the menu, of no use without the intent."""
        menu = super().menu(situation, custom_id)
        menu.disabled = not situation.reads_messages
        return menu

    def chosen(self, values: Sequence[str], now: Situation) -> str | None:
        """Return the channel, once it is certain that the bot can read and write in it."""
        if values and not now.reads_messages:
            raise NoChoiceError(
                "Nothing is changed. I need the Message Content intent for that, which whoever runs me has not turned"
                " on."
            )
        return super().chosen(values, now)


def _mentioned(channels: Sequence[int]) -> str:
    return ", ".join(f"<#{channel}>" for channel in channels)
