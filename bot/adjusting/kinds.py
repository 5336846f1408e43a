"""The kinds of settings as people see them: what each means, its value in words, and the menu that sets it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import discord

from bot.adjusting.situation import Situation
from bot.components import MAX_CHOICE, MAX_CHOICES
from bot.render.escape import cut, fit, one_line
from knowledge.errors import SafeError
from knowledge.settings import ServerSettings, in_lines

Menu: TypeAlias = "discord.ui.Select[Any] | discord.ui.ChannelSelect[Any]"

DEFAULTS = ServerSettings()
_MAX_NAMES = 300
"""Code points of the packs' names together."""


class NoChoiceError(SafeError):
    """What was chosen from a menu cannot be set."""


class Section:
    """A setting. A subclass gives it its menu, and reads a choice from that."""

    def __init__(self, key: str, title: str, meaning: str, read: Callable[[ServerSettings], Any]) -> None:
        """Take the key under which it is kept, how it is told to people, and what reads its value."""
        self.key, self.title, self.meaning, self.read = key, title, meaning, read

    def is_set(self, settings: ServerSettings) -> bool:
        """Return whether what holds was set by somebody: not where this version does not know what is kept."""
        kept, now = settings.of(self.key), self.read(settings)
        return kept is not None and (now != self.read(DEFAULTS) or kept.value == str(now))

    def value(self, _situation: Situation) -> str:
        """Return what holds now, escaped, to stand behind the title; a second line tells what that means."""
        raise NotImplementedError

    def caution(self, _situation: Situation) -> str:
        """Return why it does not work, or what it needs; "" where there is nothing to say."""
        return ""

    def menu(self, _situation: Situation, _custom_id: str) -> Menu:
        """Return the menu, with what holds now chosen in it."""
        raise NotImplementedError

    def chosen(self, _values: Sequence[str], _now: Situation) -> str | None:
        """Return what to keep for a choice, None for the default; raises `NoChoiceError`."""
        raise NotImplementedError


class OneOf(Section):
    """A setting with a few values, each with its label and what it means ("" where the label says it)."""

    def __init__(
        self,
        key: str,
        title: str,
        meaning: str,
        read: Callable[[ServerSettings], Any],
        values: Mapping[str, tuple[str, str]],
    ) -> None:
        """Take what `Section` does, and the values as they are kept."""
        super().__init__(key, title, meaning, read)
        self.values = values

    def value(self, situation: Situation) -> str:
        """Return the label, and what it means."""
        label, meaning = self.values[str(self.read(situation.settings))]
        return f"{label}\n-# Now: {meaning}." if meaning else label

    def menu(self, situation: Situation, custom_id: str) -> Menu:
        """Return a menu of the values."""
        now, default = str(self.read(situation.settings)), str(self.read(DEFAULTS))
        options = [
            discord.SelectOption(
                label=f"{label} (the default)" if value == default else label,
                value=value,
                description=meaning or None,
                default=value == now,
            )
            for value, (label, meaning) in self.values.items()
        ]
        return discord.ui.Select(custom_id=custom_id, options=options)

    def chosen(self, values: Sequence[str], _now: Situation) -> str:
        """Return the value."""
        return _known(values, self.values)[0]


class PacksOff(Section):
    """Which packs the server is answered from. Kept is what is off, so that a pack which comes later is on."""

    def value(self, situation: Situation) -> str:
        """Name the packs that are on."""
        on = [name for name in situation.packs if name not in situation.settings.packs_off]
        return fit(", ".join(map(one_line, on)), _MAX_NAMES) or "none"

    def caution(self, situation: Situation) -> str:
        """Say where nothing is left, or not all packs are in the menu."""
        if situation.settings.packs_off.issuperset(situation.packs):
            return "I answer from what this server's moderators taught me, and from nothing else."
        left_out = len(situation.packs) - len(_named(situation.packs))
        return f"The menu has no room for {left_out} more, which stay as they are." if left_out else ""

    def menu(self, situation: Situation, custom_id: str) -> Menu:
        """Return a menu of the packs, with those that are on chosen."""
        off = situation.settings.packs_off
        options = [
            discord.SelectOption(
                label=cut(one_line(name), MAX_CHOICE) or "-", value=value, default=name not in off
            )
            for value, name in _named(situation.packs).items()
        ]
        return discord.ui.Select(
            custom_id=custom_id,
            placeholder="No pack is on",
            min_values=0,
            max_values=max(len(options), 1),
            options=options or [discord.SelectOption(label="There are no packs")],
            disabled=not options,
        )

    def chosen(self, values: Sequence[str], now: Situation) -> str | None:
        """Return the packs that are off; those that the menu does not have stay as they are."""
        named = _named(now.packs)
        on = {named[value] for value in _known(values, named)} if values else set()
        off = (now.settings.packs_off | set(named.values())) - on
        return in_lines(off) or None


def _known(values: Sequence[str], offered: Mapping[str, Any]) -> Sequence[str]:
    """Return what was chosen; raises `NoChoiceError` where the menu was of another version or is out of date."""
    if not values or any(value not in offered for value in values):
        raise NoChoiceError("That choice is not there any more. Please call /pullquote settings again.")
    return values


def _named(packs: Iterable[str]) -> dict[str, str]:
    """Return the packs that a menu has room for, by the values of its options."""
    return dict([(name[:MAX_CHOICE], name) for name in packs if name][:MAX_CHOICES])
