"""The settings of a server, in the order in which people see them."""

from collections.abc import Mapping

from bot.adjusting.channels import AutoChannel, Channels, LogChannel
from bot.adjusting.kinds import OneOf, PacksOff, Section
from bot.texts import LANGUAGES, texts_in
from knowledge.answering.strictness import in_words
from knowledge.model import Strictness
from knowledge.settings import (
    AUTO_CHANNEL,
    CHANNELS,
    DAYS,
    LANGUAGE,
    LOG_CHANNEL,
    MISSES_DAYS,
    PACKS_OFF,
    STRICTNESS,
)

SECTIONS: Mapping[str, Section] = {
    section.key: section
    for section in (
        PacksOff(
            PACKS_OFF,
            "Packs",
            "What I answer from, beside this server's own stories and entries.",
            lambda settings: settings.packs_off,
        ),
        OneOf(
            STRICTNESS,
            "Strictness",
            "How sure I have to be to give an answer. The stricter, the fewer answers are wrong, and the more questions"
            " end with choices or the nearest lines instead.",
            lambda settings: settings.strictness,
            {one.value: (one.value, in_words(one)) for one in Strictness},
        ),
        Channels(
            CHANNELS,
            "Channels",
            "Where I answer members; threads belong to their channel. Elsewhere I leave messages alone, and /ask says"
            " where to ask. Moderators' commands work everywhere.",
            lambda settings: settings.channels,
        ),
        AutoChannel(
            AUTO_CHANNEL,
            "Auto-answer channel",
            "Where I answer questions that nobody put to me, too: only those of which I am sure.",
            lambda settings: () if settings.auto_channel is None else (settings.auto_channel,),
        ),
        LogChannel(
            LOG_CHANNEL,
            "Log channel",
            "A channel that gets one line for each change by a moderator.",
            lambda settings: () if settings.log_channel is None else (settings.log_channel,),
        ),
        OneOf(
            MISSES_DAYS,
            "Unanswered questions are kept",
            "How long questions that I could not answer wait in /inbox, without who asked them.",
            lambda settings: settings.misses_days,
            {str(days): (f"{days} days" if days else "not at all", "") for days in DAYS},
        ),
        OneOf(
            LANGUAGE,
            "Language",
            "What I speak to members in my own words. Entries and stories stay as they were written; moderators' tools"
            " and errors are in English.",
            lambda settings: texts_in(settings.language).language,
            {code: (texts.name, "") for code, texts in LANGUAGES.items()},
        ),
    )
}
"""The settings by their keys, in the order of the card."""
