"""Questions that a member picks instead of typing them: what is picked is an entry, however much of it was shown."""

import re

from discord import app_commands

from bot.bases import Known
from bot.components import MAX_CHOICE, MAX_CHOICES, MAX_LABEL
from bot.render.escape import cut, one_line
from knowledge.answering import Base
from knowledge.errors import SafeError
from knowledge.model import MAX_QUESTION, Answer, AnswerSource, SourceKind, Suggestion

_PICKED = re.compile(r"#(?P<phrasing>[0-9]{1,3}):(?P<id>.+)", re.DOTALL)
"""The value of a choice: which phrasing of which entry. A text of its own could be cut, and find something else."""


class GoneError(SafeError):
    """What an old button or choice stands for is not there: no longer, or just now."""


def choices(base: Base, typed: str) -> list[app_commands.Choice[str]]:
    """Return the curated questions that what was typed so far may become, each once."""
    offered = (_choice(base, suggestion) for suggestion in base.suggest(typed[:MAX_QUESTION]))
    by_name = {choice.name: choice for choice in offered if choice.name}
    return list(by_name.values())[:MAX_CHOICES]


def _choice(base: Base, suggestion: Suggestion) -> app_commands.Choice[str]:
    name = cut(one_line(suggestion.question), MAX_CHOICE)
    entry = base.entry(suggestion.source.id)
    if entry is None or suggestion.question not in entry.phrasings:
        return app_commands.Choice(name=name, value=name)
    value = f"#{entry.phrasings.index(suggestion.question)}:{entry.id}"
    return app_commands.Choice(name=name, value=value if len(value) <= MAX_CHOICE else name)


def picked(known: Known, typed: str) -> Answer | None:
    """Return the answer of the choice that was picked, None for text that somebody typed; raises `GoneError`."""
    match = _PICKED.fullmatch(typed)
    if match is None:
        return None
    entry = known.base.entry(match["id"])
    kind = SourceKind(entry.kind.value) if entry else SourceKind.ENTRY
    phrasings = entry.phrasings[int(match["phrasing"]) :] if entry else ()
    return answer_from(known, AnswerSource(kind, match["id"]), next(iter(phrasings), ""))


def answer_from(known: Known, source: AnswerSource, question: str) -> Answer:
    """Return the answer of what was picked; raises `GoneError` where it is no longer there."""
    answer = known.base.answer_from(source, question) if question else None
    if answer is None and known.notice:
        raise GoneError("Right now I cannot look up that answer. Please try again in a minute.")
    if answer is None:
        raise GoneError("That answer has been taken away since. Please ask again.")
    return answer


def label(question: str) -> str:
    """Return as much of a question as fits a button."""
    return cut(one_line(question), MAX_LABEL)


def in_full(base: Base, source: AnswerSource, shown: str) -> str:
    """Return the question that a button's label is cut from; the label itself where its entry no longer has it."""
    entry = base.entry(source.id)
    phrasings = entry.phrasings if entry else ()
    return next((phrasing for phrasing in phrasings if label(phrasing) == shown), shown)
