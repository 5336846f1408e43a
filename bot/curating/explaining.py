"""Why a question is answered as it is: how it is read, and what speaks for and against each candidate."""

from collections.abc import Iterator

import discord

from bot import sending
from bot.bases import base_of
from bot.components import MAX_TEXT, Card, Interaction
from bot.curating.showing import MAX_LINE, within
from bot.reasons import evidence_in_words, fate, name_of, reading, thresholds
from bot.render.escape import escape, fit, one_line
from knowledge.answering import Considered, Explanation
from knowledge.model import Question

_MAX_READING = 500
_STRONGEST = 4
"""Kinds of evidence that are shown for a candidate, and as many against it."""
_LEAST_ADDED = 0.05
"""Log-odds below which evidence is not worth a word."""


async def explain(interaction: Interaction, question: str) -> None:
    """Answer a command with why the bot answers a question as it does."""
    base = await base_of(interaction, ephemeral=True)
    await sending.respond(interaction, explanation_card(base.explain(Question(question))), ephemeral=True)


def explanation_card(explanation: Explanation) -> Card:
    """Return an explanation as a card; the last of what it cannot hold is left out."""
    text, _is_cut = within(_blocks(explanation), MAX_TEXT)
    return Card(discord.ui.Container(discord.ui.TextDisplay(text)))


def _blocks(explanation: Explanation) -> Iterator[str]:
    answer = explanation.answer
    yield f"**Why I answer so: {answer.outcome}**\n{fit(one_line(answer.question), MAX_LINE)}"
    yield from (fit(sentence, _MAX_READING) for sentence in reading(explanation))
    for number, candidate in enumerate(explanation.candidates, start=1):
        yield _candidate(explanation, candidate, number)
    for near in explanation.lines[:1]:
        line = fit(one_line(near.passage.text), MAX_LINE)
        yield f"**Nearest line** ({near.nearness:.0%} near, {escape(near.passage.place)})\n{line}"
    yield f"-# {escape(thresholds(explanation))}"


def _candidate(explanation: Explanation, candidate: Considered, number: int) -> str:
    became = escape(fate(explanation, candidate))
    lines = [
        f"**{number}. {escape(name_of(candidate))}**: {candidate.confidence:.0%} sure; {became}",
        f"Nearest phrasing: {fit(one_line(candidate.phrasing), MAX_LINE)}",
    ]
    if candidate.uncovered:
        lines.append(f"Does not meet: {fit(', '.join(candidate.uncovered), MAX_LINE)}")
    lines += [
        line for line in (_strongest(candidate, 1, "For"), _strongest(candidate, -1, "Against")) if line
    ]
    return "\n".join(lines)


def _strongest(candidate: Considered, sign: int, label: str) -> str:
    """Return the strongest evidence on one side, with the log-odds it adds; "" where there is none."""
    added = sorted(
        (w for w in candidate.evidence if sign * w.adds >= _LEAST_ADDED), key=lambda w: -sign * w.adds
    )
    named = [f"{evidence_in_words(w.field)} {w.value:.2f} ({w.adds:+.1f})" for w in added[:_STRONGEST]]
    return f"-# {label}: {escape(', '.join(named))}" if named else ""
