"""Entries as moderators see them: all that is known about one, or one line for each."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord

from bot import sending
from bot.components import MAX_CUSTOM_ID, MAX_TEXT, Card, Interaction
from bot.counting import counted
from bot.curating.telling import when, who
from bot.render.escape import CUT, escape, fit, one_line
from bot.render.excerpts import block_quote, excerpt_text
from knowledge.answering import Base
from knowledge.model import Citation, Entry, EntryKind, Votes
from knowledge.owned import Change
from knowledge.stories import closest_span

MAX_LINE = 150
"""Code points of a question where entries are listed one a line."""


def entry_card(
    entry: Entry,
    base: Base,
    heading: str = "",
    buttons: Sequence[discord.ui.Item[Any]] = (),
    changes: Sequence[Change] = (),
    votes: Votes | None = None,
) -> tuple[Card, bool]:
    """Return all that is known about an entry, and whether something had to be left out.

    `changes` are the last ones of this entry, the very last first; `votes` what members said of it, if they did.
    """
    text, is_cut = within(_blocks(entry, base, changes, votes), MAX_TEXT - len(heading) - 1)
    card = Card(discord.ui.Container(discord.ui.TextDisplay(f"{heading}\n{text}".strip())))
    shown = [button for button in buttons if len(getattr(button, "custom_id", "")) <= MAX_CUSTOM_ID]
    if shown:
        card.add_item(discord.ui.ActionRow(*shown))
    return card, is_cut


def entry_line(entry: Entry, base: Base) -> str:
    """Return the entry's id, its first phrasing and what is remarkable about it, as one line."""
    remarks = []
    if len(entry.phrasings) > 1:
        remarks.append(f"{len(entry.phrasings)} phrasings")
    if entry.kind is EntryKind.GAP:
        remarks.append("not in the story")
    if not all(map(base.holds, entry.citations)):
        remarks.append("**stale**")
    ending = f" ({', '.join(remarks)})" if remarks else ""
    return f"- **{escape(entry.id)}**: {fit(first_phrasing(entry), MAX_LINE)}{ending}"


def within(blocks: Iterable[str], room: int) -> tuple[str, bool]:
    """Return as many of the blocks, in lines, as there is room for, and whether some were left out."""
    kept: list[str] = []
    left = room - len(CUT) - 1
    for block in blocks:
        left -= len(block) + 1
        if left < 0:
            return ("\n".join([*kept, CUT]) if room >= len(CUT) else ""), True
        kept.append(block)
    return "\n".join(kept), False


def first_phrasing(entry: Entry) -> str:
    """Return the entry's first question as one plain line."""
    return one_line(next(iter(entry.phrasings), ""))


def text_file(parts: Iterable[tuple[str, str]], name: str) -> discord.File:
    """Return labelled texts as a plain text file, for what a card cannot hold."""
    text = "\n\n".join(f"{label}:\n{value}" for label, value in parts if value)
    return discord.File(io.BytesIO(text.encode("utf-8", "replace")), name)


def entry_file(entry: Entry) -> discord.File:
    """Return all that an entry was made of as a plain text file."""
    return text_file(
        [
            ("Question", next(iter(entry.phrasings), "")),
            ("Answer", entry.answer),
            *(("Excerpt", citation.excerpt) for citation in entry.citations),
            ("Other phrasings", "\n".join(entry.phrasings[1:])),
        ],
        "entry.txt",
    )


async def respond_with_file(interaction: Interaction, entry: Entry, *, is_cut: bool) -> None:
    """Send the whole entry as a file, where its card had to leave something out."""
    if is_cut:
        await sending.respond(interaction, text="The whole entry:", file=entry_file(entry), ephemeral=True)


def _blocks(entry: Entry, base: Base, changes: Sequence[Change], votes: Votes | None) -> Iterator[str]:
    """Yield the parts, those that may be many last: they are the ones to be left out."""
    yield f"**{escape(entry.id)}**"
    yield f"-# Question\n{escape(first_phrasing(entry))}"
    yield f"-# Answer\n{escape(entry.answer) or 'The story does not say this.'}"
    yield f"-# Written by\n{_author(entry, base)}"
    if changes:
        yield "\n".join(_dates(entry, changes))
    if votes is not None:
        helped, helped_not = counted(votes.helpful, "time"), counted(votes.not_helpful, "time")
        yield f"-# Members found it\nhelpful {helped}, not helpful {helped_not}"
    for citation in entry.citations:
        yield _citation(citation, base)
    if not entry.citations:
        yield "-# Excerpt\nNone: the answer is shown as its author's own."
    for number, phrasing in enumerate(entry.phrasings[1:]):
        yield f"{'' if number else '-# Other phrasings' + chr(10)}- {escape(one_line(phrasing))}"


def _author(entry: Entry, base: Base) -> str:
    theirs = base.compiled.entries.get(entry.id)
    is_own = any(own.id == entry.id for own in base.own)
    if theirs == entry and not is_own:
        pack = next(pack.name for pack in base.packs if entry in pack.entries)
        is_hidden = " It is hidden on this server." if entry.id in base.hidden else ""
        return f"Comes with the pack {escape(one_line(pack))}.{is_hidden}"
    name = f"{escape(one_line(entry.author.name))} ({entry.author.id})" if entry.author else "Imported."
    return f"{name}\nIt replaces the pack's entry of the same id." if theirs and is_own else name


def _dates(entry: Entry, changes: Sequence[Change]) -> Iterator[str]:
    """Yield when the entry was last changed, and when it was made, if the changes go back so far."""
    last, first = changes[0], changes[-1]
    yield f"-# Last changed\n{when(last.at, 'f')} by {who(last.author)}"
    if any(item.key == entry.id and item.before is None for item in first.items):
        yield f"-# Made\n{when(first.at, 'f')} by {who(first.author)}"


def _citation(citation: Citation, base: Base) -> str:
    """Return a citation with its source; of a stale one what it was, and the line that comes nearest now."""
    if base.holds(citation):
        return f"-# Excerpt\n{excerpt_text(base.cited(citation))}"
    if not citation.excerpt:
        return f"**Excerpt: gone**\nThe story {escape(one_line(citation.story))} was removed, and its words with it."
    text = (
        "**Excerpt: stale**\nThe story has changed and no longer says this, so it is never quoted:\n"
        + block_quote(escape(citation.excerpt))
    )
    story = base.story(citation.story)
    nearest = closest_span(story, citation.excerpt) if story else None
    return f"{text}\nThe nearest line now:\n{excerpt_text(base.cited(nearest))}" if nearest else text
