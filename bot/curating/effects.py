"""What a change does to the questions that a server knows, as lines of a preview."""

from collections.abc import Iterator

from bot.curating.showing import MAX_LINE
from bot.render.escape import escape, fit, one_line
from knowledge.effect import Change, Effect, Said, Turn
from knowledge.model import Entry, Outcome

WORKING_OUT = "-# What else changes is still being worked out: press Look again in a moment to see it."
NOTHING_ELSE = "**What else changes**: nothing, of all questions that this server knows."

_MOST = 4
"""Questions that are shown of each turn."""
_MAX_SAID = 60
_TURNS = {
    Turn.LOST: "Lost: no longer answered, or not rightly",
    Turn.WON: "Won: now answered, or now rightly",
    Turn.OTHER: "Answered otherwise",
}


def effect_lines(effect: Effect | None, entry: Entry) -> Iterator[str]:
    """Yield what else an entry changes, lost answers first; its own phrasings are counted apart."""
    if effect is None:
        yield WORKING_OUT
        return
    own = [change for change in effect.changed if change.question in entry.phrasings]
    others = [change for change in effect.changed if change.question not in entry.phrasings]
    if lost := [change for change in own if change.turn is Turn.LOST]:
        yield f"**Mind**: {len(lost)} of its own phrasings would not be answered with it."
    if not others:
        yield NOTHING_ELSE
        return
    known = "1 known question" if len(others) == 1 else f"{len(others)} known questions"
    yield f"**What else changes**: {known} would be answered otherwise"
    for turn, told in _TURNS.items():
        changes = [change for change in others if change.turn is turn]
        if changes:
            yield f"{told} ({len(changes)})"
            yield from map(_line, changes[:_MOST])
        if len(changes) > _MOST:
            yield f"- and {len(changes) - _MOST} more"


def _line(change: Change) -> str:
    question = fit(one_line(change.question), MAX_LINE)
    return f"- {question}: {_said(change.before)} → {_said(change.after)}"


def _said(said: Said) -> str:
    """Return in a few words what members read."""
    if said.outcome is Outcome.ANSWER:
        return f"“{fit(one_line(said.text), _MAX_SAID)}”"
    if said.source is not None and said.source.kind == "gap":
        return f"not in the story (**{escape(said.source.id)}**)"
    return {
        Outcome.CHOICES: "choices",
        Outcome.CLOSEST: "the nearest lines",
        Outcome.UNKNOWN: "nothing found",
    }[said.outcome]
