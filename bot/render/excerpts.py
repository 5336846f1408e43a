"""Shows verbatim lines of a story: as a block quote with its source, and within the paragraph around it."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.render.escape import CUT, escape, fit, one_line
from bot.texts import ENGLISH, Texts
from bot.wording import where
from knowledge.model import Cited, Story

_MAX_SOURCE = 200
_AROUND = (600, 300, 150, 50, 0)
"""Code points of a paragraph that are shown on either side of an excerpt: as many as there is room for."""


def block_quote(escaped: str) -> str:
    """Return escaped text as a block quote, empty lines too: a bare one would end it."""
    return "\n".join(f"> {line}" for line in escaped.splitlines())


def excerpt_text(cited: Cited, texts: Texts = ENGLISH) -> str:
    """Return the excerpt, whole and to the letter, and below it where it stands."""
    return f"{block_quote(escape(cited.citation.excerpt))}\n{_source_line(cited, texts)}"


def context_card(story: Story, excerpts: Sequence[Cited], texts: Texts = ENGLISH) -> Card:
    """Return the paragraphs around excerpts of a story, each excerpt whole and in bold.

    Long paragraphs are cut around their excerpts so that all fit; excerpts that still do not fit are left out.
    """
    container: discord.ui.Container[Any] = discord.ui.Container()
    room = MAX_TEXT
    for number, cited in enumerate(excerpts):
        share = room // (len(excerpts) - number)
        tried = (_in_context(story, cited, around, texts) for around in _AROUND)
        text = next((text for text in tried if len(text) <= share), "")
        if text:
            container.add_item(discord.ui.TextDisplay(text))
            room -= len(text)
    return Card(container)


def _in_context(story: Story, cited: Cited, around: int, texts: Texts) -> str:
    citation = cited.citation
    touched = [part for part in story.paragraphs if part.start < citation.end and citation.start < part.end]
    start = min([citation.start, *(part.start for part in touched)])
    end = max([citation.end, *(part.end for part in touched)])
    before = escape(_last_words(story.text[start : citation.start], around))
    after = escape(_first_words(story.text[citation.end : end], around))
    return f"{block_quote(before + _bold(escape(citation.excerpt)) + after)}\n{_source_line(cited, texts)}"


def _source_line(cited: Cited, texts: Texts) -> str:
    return f"-# {fit(one_line(where(cited, texts)), _MAX_SOURCE)}"


def _bold(escaped: str) -> str:
    """Bold each line by itself: in a block quote, bold does not go over a line's end."""
    return "\n".join(f"**{line}**" if line.strip() else line for line in escaped.splitlines())


def _last_words(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    _part, _space, words = text[len(text) - most :].partition(" ")
    return f"{CUT} {words}"


def _first_words(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    words, _space, _part = text[:most].rpartition(" ")
    return f"{words} {CUT}"
