"""Shows verbatim lines of a story: as a block quote with its source, and within the paragraph around it."""

import discord

from bot.components import Card
from bot.render.escape import CUT, escape, fit, one_line
from bot.wording import where
from knowledge.model import Cited, Story

_MAX_SOURCE = 200
_MAX_AROUND = 600
"""Code points of a paragraph that are shown on either side of an excerpt: escaped, all of it fits a card."""


def block_quote(escaped: str) -> str:
    """Return escaped text as a block quote, empty lines too: a bare one would end it."""
    return "\n".join(f"> {line}" for line in escaped.splitlines())


def excerpt_text(cited: Cited) -> str:
    """Return the excerpt, whole and to the letter, and below it where it stands."""
    return f"{block_quote(escape(cited.citation.excerpt))}\n{_source_line(cited)}"


def context_card(story: Story, cited: Cited) -> Card:
    """Return the paragraph around an excerpt, with that whole and in bold; a long one is cut around it."""
    citation = cited.citation
    touched = [part for part in story.paragraphs if part.start < citation.end and citation.start < part.end]
    start = min((part.start for part in touched), default=citation.start)
    end = max((part.end for part in touched), default=citation.end)
    before = escape(_last_words(story.text[min(start, citation.start) : citation.start]))
    after = escape(_first_words(story.text[citation.end : max(end, citation.end)]))
    paragraph = block_quote(f"{before}{_bold(escape(citation.excerpt))}{after}")
    return Card(discord.ui.Container(discord.ui.TextDisplay(f"{paragraph}\n{_source_line(cited)}")))


def _source_line(cited: Cited) -> str:
    return f"-# {fit(one_line(where(cited)), _MAX_SOURCE)}"


def _bold(escaped: str) -> str:
    """Bold each line by itself: in a block quote, bold does not go over a line's end."""
    return "\n".join(f"**{line}**" if line.strip() else line for line in escaped.splitlines())


def _last_words(text: str) -> str:
    if len(text) <= _MAX_AROUND:
        return text
    _part, _space, words = text[-_MAX_AROUND:].partition(" ")
    return f"{CUT} {words}"


def _first_words(text: str) -> str:
    if len(text) <= _MAX_AROUND:
        return text
    words, _space, _part = text[:_MAX_AROUND].rpartition(" ")
    return f"{words} {CUT}"
