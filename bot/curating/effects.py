"""What else an entry changes, as a moderator reads it on a preview. Pure: what is foreseen in, lines or a file out."""

from collections.abc import Iterator, Sequence

import discord

from bot.counting import counted
from bot.curating.showing import text_file, within
from bot.render.escape import escape, fit, one_line
from knowledge.effect import Change, Foreseen, Said, Turn
from knowledge.model import Outcome, SourceKind

MOST_SHOWN = 4
"""Questions of each turn that stand on the card; a file has all."""

_ROOM = 1800
"""Code points of a card that the effect may take."""
_MAX_QUESTION = 100
_MAX_SAID = 60

WORKING_OUT = (
    "**What else changes** is being worked out: it will stand here {when} at the latest. You need not wait."
)
NOT_KNOWN = "**What else changes** could not be worked out: {why}"

_TURNS = {
    Turn.LOST: ("lost", "Lost: no longer answered, or not rightly"),
    Turn.WON: ("won", "Won: now answered, or now rightly"),
    Turn.OTHER: ("otherwise", "Answered otherwise"),
}
_OUTCOMES = {
    Outcome.CHOICES: "choices",
    Outcome.CLOSEST: "the nearest lines",
    Outcome.UNKNOWN: "nothing found",
}


def effect_lines(foreseen: Foreseen) -> tuple[Sequence[str], bool]:
    """Return what else changes, lost answers first, and whether something of it had to be left out."""
    text, is_cut = within([_heading(foreseen), _own(foreseen), *_changes(foreseen)], _ROOM)
    is_short = all(len(_of(foreseen, turn)) <= MOST_SHOWN for turn in Turn)
    return list(filter(None, text.splitlines())), is_cut or not is_short


def effect_file(foreseen: Foreseen) -> discord.File:
    """Return all that else changes as a plain text file."""
    parts = [
        (f"{_TURNS[change.turn][1]}\n{one_line(change.question)}", _in_full(change))
        for change in foreseen.changed
    ]
    return text_file(parts, "what-else-changes.txt")


def _heading(foreseen: Foreseen) -> str:
    changed, known = len(foreseen.changed), counted(foreseen.known, "known question")
    if not changed:
        return f"**What else changes**: nothing, of {known}."
    counts = [f"{len(of):,} {_TURNS[turn][0]}" for turn in _TURNS if (of := _of(foreseen, turn))]
    return f"**What else changes**: {changed:,} of {known} ({', '.join(counts)})"


def _own(foreseen: Foreseen) -> str:
    told = f"{foreseen.own_answered} of {foreseen.own} of its own phrasings will be answered with it."
    return f"-# {told}" if foreseen.own_answered == foreseen.own else f"**Mind**: {told}"


def _changes(foreseen: Foreseen) -> Iterator[str]:
    for turn, (_word, label) in _TURNS.items():
        changes = _of(foreseen, turn)
        if changes:
            yield label
        for change in changes[:MOST_SHOWN]:
            question = fit(one_line(change.question), _MAX_QUESTION)
            yield f"- {question}: {_shown(change.before)} → {_shown(change.after)}"
        if len(changes) > MOST_SHOWN:
            yield f"- and {len(changes) - MOST_SHOWN:,} more"


def _of(foreseen: Foreseen, turn: Turn) -> Sequence[Change]:
    return [change for change in foreseen.changed if change.turn is turn]


def _shown(said: Said) -> str:
    is_answer = said.outcome is Outcome.ANSWER
    return f"“{fit(one_line(said.text), _MAX_SAID)}”" if is_answer else escape(_in_words(said))


def _in_words(said: Said) -> str:
    """Return what members read, of all but an answer in a few words; not escaped."""
    if said.outcome is Outcome.ANSWER:
        return one_line(said.text)
    if said.source is not None and said.source.kind is SourceKind.GAP:
        return f"not in the story ({said.source.id})"
    return _OUTCOMES[said.outcome]


def _in_full(change: Change) -> str:
    return f"  before: {_in_words(change.before)}\n  after: {_in_words(change.after)}"
