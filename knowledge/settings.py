"""What moderators can set for their server, each with its type and with what holds where nobody set it.

A setting is kept as a row of its own, a key and a text, so that another one needs no other table: it needs a key and a
property here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import Setting, Strictness

STRICTNESS = "strictness"
MISSES_DAYS = "misses_days"
PACKS_OFF = "packs_off"
CHANNELS = "channels"
AUTO_CHANNEL = "auto_channel"
LOG_CHANNEL = "log_channel"
LANGUAGE = "language"

DAYS = (0, 7, 30, 90)
"""How long misses may be kept; 0: not at all."""
DEFAULT_DAYS = 30
DEFAULT_LANGUAGE = "en"

MAX_ID = 2**64 - 1
"""The greatest id that a channel can have."""
_LONGEST_ID = len(str(MAX_ID))


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of a server.

    A value that this version does not know, as a later one may have written it, counts as not set.
    """

    kept: tuple[Setting, ...] = ()
    """What was ever set, each key once."""

    @property
    def strictness(self) -> Strictness:
        """How sure an answer has to be."""
        kept = self.of(STRICTNESS)
        return next((one for one in Strictness if kept and kept.value == one), Strictness.BALANCED)

    @property
    def misses_days(self) -> int:
        """How many days misses are kept; 0: they are not."""
        kept = self.of(MISSES_DAYS)
        return next((days for days in DAYS if kept and kept.value == str(days)), DEFAULT_DAYS)

    @property
    def packs_off(self) -> frozenset[str]:
        """The names of the packs that are turned off, kept one a line."""
        kept = self.of(PACKS_OFF)
        return frozenset(filter(None, kept.value.split("\n") if kept else ()))

    @property
    def channels(self) -> tuple[int, ...]:
        """The channels in which members are answered; none: in all of them."""
        return self._ids(CHANNELS)

    @property
    def auto_channel(self) -> int | None:
        """The channel in which members are answered without being asked to; None: in no channel."""
        return next(iter(self._ids(AUTO_CHANNEL)), None)

    @property
    def log_channel(self) -> int | None:
        """The channel that is told of every change; None: no channel."""
        return next(iter(self._ids(LOG_CHANNEL)), None)

    @property
    def language(self) -> str:
        """The language of the bot's own words to members, ISO 639-1."""
        kept = self.of(LANGUAGE)
        return kept.value if kept and kept.value else DEFAULT_LANGUAGE

    def _ids(self, key: str) -> tuple[int, ...]:
        kept = self.of(key)
        texts = kept.value.split() if kept else ()
        ids = (int(one) for one in texts if one.isdecimal() and len(one) <= _LONGEST_ID)
        return tuple(one for one in ids if 0 < one <= MAX_ID)

    def of(self, key: str) -> Setting | None:
        """Return a setting as it is kept, with who set it; None where nobody did."""
        return next((setting for setting in self.kept if setting.key == key), None)

    def changed(self, setting: Setting) -> "ServerSettings":
        """Return the settings with another value for one of them."""
        return ServerSettings((*(other for other in self.kept if other.key != setting.key), setting))


def in_lines(names: Iterable[str]) -> str:
    """Return the names of packs as the one text of a setting, always in the same order."""
    return "\n".join(sorted(names))
