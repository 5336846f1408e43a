"""The sentences that each language has to have. Plain text, but for what is marked as a card's own markup."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """All that the bot says to members in one language."""

    language: str
    """ISO 639-1."""
    name: str
    """What the language calls itself."""

    very_sure: str
    fairly_sure: str
    not_quite_sure: str
    not_sure: str
    """How sure the bot is, from 0.9, 0.75, 0.5 and below."""

    choices: str
    closest: str
    unknown: str
    gap: str
    gap_with_lines: str
    """What is said first where there is no answer."""

    by_moderator: str
    """With `{name}`."""
    source_in: str
    """With `{languages}`."""
    and_: str
    languages: Mapping[str, str]
    """What languages are called, as far as they differ from their English names; by codes of ISO 639-1."""
    places: Mapping[str, str]
    """`paragraph` and `bullet`, as they stand before a number."""

    context: str
    dismiss: str
    read_at: str
    """With `{host}`."""
    helpful: str
    not_helpful: str

    thanks: str
    thanks_for_not: str
    voted: str

    help: str
    how_to_ask: str
    withheld: str
    how_to_ask_instead: str
