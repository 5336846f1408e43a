"""What to show for `/quote`: quotations, or the kindest thing that can be said where there are none."""

import secrets
from dataclasses import dataclass

from bot.render.escape import cut, one_line
from knowledge.answering import Base
from knowledge.answering.budgets import within_budgets
from knowledge.model import MAX_EXCERPT, Cited, Question

MOST = 3
"""Quotations or lines that are shown at once."""

_MAX_NAME = 100
_MOST_SPEAKERS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a story, and who says it: "" where it is the story itself, or nobody knows."""

    cited: Cited
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What is said first ("" where the quotations speak for themselves), and lines, best first. Plain text."""

    sentence: str
    lines: tuple[Line, ...] = ()


def find(base: Base, who: str, about: str) -> Found:
    """Find quotations of somebody, about something; without either, any one of them."""
    lines = _quotations(base, who, about)
    if not (who or about):
        return Found("", (secrets.choice(lines),)) if lines else Found("No story here quotes anyone.")
    if lines:
        return Found("", _shown(base, lines))
    name, theme = cut(one_line(who), _MAX_NAME), cut(one_line(about), _MAX_NAME)
    if not who:
        return _nearest(base, about, theme)
    if said := _quotations(base, who, ""):
        return Found(f"I found nothing that {name} says about {theme}. What they do say:", _shown(base, said))
    told = _lines(base.mentions(who))
    if told:
        return Found(f"{name} is not quoted in any story. What is said about them:", _shown(base, told))
    return Found(f"No story quotes or mentions {name}.{_speakers(base)}")


def _nearest(base: Base, about: str, theme: str) -> Found:
    """Return the lines nearest to a theme that nobody speaks about."""
    lines = _lines(base.answer(Question(about), with_candidates=False).citations)
    if lines:
        return Found(f"Nobody is quoted about {theme}. The nearest lines:", _shown(base, lines))
    return Found(f"Nobody is quoted about {theme}.{_speakers(base)}")


def _shown(base: Base, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return as many lines as one reply shows, of a story that may not be shown whole but one."""
    return tuple(within_budgets(base, lines, lambda line: line.cited.citation.story, MOST))


def _quotations(base: Base, who: str, about: str) -> tuple[Line, ...]:
    return tuple(
        Line(base.cited(quotation.citation), quotation.speaker)
        for quotation in base.quotations(who, about)
        if len(quotation.citation.excerpt) <= MAX_EXCERPT
    )


def _lines(found: tuple[Cited, ...]) -> tuple[Line, ...]:
    return tuple(Line(cited) for cited in found if len(cited.citation.excerpt) <= MAX_EXCERPT)


def _speakers(base: Base) -> str:
    speakers = [cut(one_line(speaker), _MAX_NAME) for speaker in base.speakers()[:_MOST_SPEAKERS]]
    return f" Quoted are: {', '.join(speakers)}." if speakers else ""
