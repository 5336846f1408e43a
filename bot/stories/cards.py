"""The cards about stories. Texts in, components out; the buttons below them come from the caller."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.curating.showing import MAX_LINE, first_phrasing, within
from bot.render.escape import cut, escape, fit, one_line
from bot.render.excerpts import block_quote
from bot.stories.proposals import Proposal
from knowledge.answering import Base
from knowledge.model import Citation, Entry, OwnStory, Source, Story
from knowledge.stories import place_of
from knowledge.stories.budget import MOST_WORDS, SHARE, budget_words, used_words, word_spans
from knowledge.stories.replacing import Affected, Fate, Relocated
from knowledge.text.languages import NAMES

Buttons = Sequence[discord.ui.Item[Any]]

NOTHING_SAVED = "**Preview**: nothing is saved yet."

CHANGED = (
    "**Not saved yet**: meanwhile somebody changed entries that cite this story. Look again, then confirm."
)

SAVED = (
    "**Saved.** From the next question on I look here, too, for lines and quotations. Answers of your own that rest on"
    " it come with /qa add."
)

REPLACED = "**Saved.** From the next question on I go by the corrected text."

_LISTED = "I no longer answer with the stale ones: /qa list shows them first, for you to mend or remove."

_MAX_TITLE = 200
_FIRST_LINES = 400
"""Code points of a story's beginning in its preview."""


def preview_card(proposal: Proposal, base: Base, buttons: Buttons, notice: str) -> Card:
    """Return what a story is like, and what becomes of the entries that cite the one it takes the place of."""
    story = proposal.story
    entries = {entry.id: entry for entry in base.known} | {a.entry.id: a.entry for a in proposal.affected}
    cited = [citation for entry in entries.values() for citation in entry.citations]
    head = [f"**{escape(_name(story))}**", *_source(story.source), f"{language_of(story)}; {_sizes(story)}."]
    blocks = [*head, budget_line(story, cited), _beginning(story), *_fates(proposal)]
    text, _is_cut = within(blocks, MAX_TEXT - len(notice))
    return _card(
        [discord.ui.TextDisplay(notice), discord.ui.Container(discord.ui.TextDisplay(text))], buttons
    )


def saved_card(proposal: Proposal) -> Card:
    """Return what was saved, with the entries that became stale."""
    heading = SAVED if proposal.before is None else REPLACED
    named = f"**{escape(_name(proposal.story))}** ({escape(proposal.kept.slug)})"
    text, _is_cut = within([heading, named, *_fates(proposal)], MAX_TEXT)
    return _card([discord.ui.TextDisplay(text)], ())


def removal_card(kept: OwnStory, stale: Sequence[Entry], buttons: Buttons, heading: str) -> Card:
    """Return a story that is about to be removed or is, with the entries that become stale by that."""
    words = sum(1 for _ in word_spans(kept.text))
    blocks = [heading, f"**{escape(_name(kept))}** ({escape(kept.slug)}), {counted(words, 'word')}"]
    if stale:
        blocks.append(f"**Stale by that: {len(stale)}.** {_LISTED}")
        blocks += [_entry_line(entry) for entry in stale]
    else:
        blocks.append("No entry cites it.")
    text, _is_cut = within(blocks, MAX_TEXT)
    return _card([discord.ui.TextDisplay(text)], buttons)


def budget_line(story: Story, cited: Iterable[Citation]) -> str:
    """Return in a sentence how much of a story may be shown, and is."""
    licence = fit(one_line(story.source.licence), MAX_LINE)
    budget = budget_words(story)
    if budget is None:
        return f"Its licence ({licence}) lets all of it be shown."
    stated = f"Its licence ({licence}) does not say" if licence else "No licence says"
    return (
        f"{stated} that all of it may be shown, so at most {counted(budget, 'word')} are, in excerpts and pages"
        f" together (one in {SHARE}, and {MOST_WORDS} at most); entries quote {used_words(story, cited)}. If more"
        " may be shown, state it: own, public-domain, permission, or one of Creative Commons such as cc-by-4.0."
    )


def language_of(story: Story) -> str:
    """Return what a story's language is called."""
    return NAMES.get(story.language, story.language)


def counted(number: int, one: str, more: str = "") -> str:
    """Return a number with what is counted."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def _name(story: Story | OwnStory) -> str:
    return cut(one_line(story.source.title) or story.slug, _MAX_TITLE)


def _source(source: Source) -> list[str]:
    told = [source.publisher, source.author, source.published, source.url]
    line = ", ".join(fit(one_line(each), _MAX_TITLE) for each in told if each)
    return [line] if line else ["Its source is not known: members will see no more than its title."]


def _sizes(story: Story) -> str:
    counts = [
        counted(len(story.passages), "passage"),
        counted(sum(1 for _ in word_spans(story.text)), "word"),
        counted(len(story.quotations), "quotation"),
    ]
    return ", ".join(counts)


def _beginning(story: Story) -> str:
    return f"It begins:\n{block_quote(fit(story.text.strip(), _FIRST_LINES))}"


def _fates(proposal: Proposal) -> Iterator[str]:
    """Yield what became of the entries that cite a replaced story, the stale ones first."""
    if proposal.before is None:
        return
    affected = proposal.affected
    fates = [each.fate for one in affected for each in one.relocated]
    if not fates:
        yield "No entry cites it."
        return
    yield f"**Citations of this server's entries: {', '.join(f'{fates.count(fate)} {fate}' for fate in Fate)}.**"
    stale = [one for one in affected if one.is_stale]
    if stale:
        yield _LISTED
    for one in stale:
        yield _entry_line(one.entry)
        yield from (_stale(each, proposal.story) for each in one.relocated if each.now is None)
    for fate in (Fate.MOVED, Fate.KEPT):
        named = [_moves(one, fate, proposal) for one in affected if not one.is_stale and _fate(one) is fate]
        if named:
            yield f"**{fate.capitalize()}**: {', '.join(named)}"


def _fate(one: Affected) -> Fate:
    return Fate.MOVED if any(each.fate is Fate.MOVED for each in one.relocated) else Fate.KEPT


def _moves(one: Affected, fate: Fate, proposal: Proposal) -> str:
    places = dict.fromkeys(
        place_of(proposal.story, each.now.start) for each in one.relocated if each.now and each.fate is fate
    )
    return f"{escape(one.entry.id)} ({', '.join(places)})"


def _stale(each: Relocated, story: Story) -> str:
    gone = f"no longer there: {fit(one_line(each.before.excerpt), 2 * MAX_LINE)}"
    if each.nearest is None:
        return f"{gone}\nNothing in the new text is like it."
    place = place_of(story, each.nearest.start)
    return f"{gone}\nthe nearest, in {place}:\n{block_quote(escape(each.nearest.excerpt))}"


def _entry_line(entry: Entry) -> str:
    return f"- **{escape(entry.id)}**: {fit(first_phrasing(entry), MAX_LINE)}"


def _card(items: Iterable[discord.ui.Item[Any]], buttons: Buttons) -> Card:
    return Card(*items, *([discord.ui.ActionRow(*buttons)] if buttons else []))
