"""What the bot says to members in its own words, in each language that it speaks.

Errors and the tools of moderators are in English. A sentence with a `{name}` in it gets that filled in.
"""

from bot.texts.english import ENGLISH
from bot.texts.french import FRENCH
from bot.texts.german import GERMAN
from bot.texts.norwegian import NORWEGIAN
from bot.texts.sentences import Texts
from bot.texts.spanish import SPANISH

__all__ = ["ENGLISH", "LANGUAGES", "Texts", "texts_in"]

LANGUAGES = {texts.language: texts for texts in (ENGLISH, GERMAN, SPANISH, FRENCH, NORWEGIAN)}
"""By codes of ISO 639-1."""


def texts_in(language: str) -> Texts:
    """Return what the bot says in a language; in English where it does not speak that one."""
    return LANGUAGES.get(language, ENGLISH)
