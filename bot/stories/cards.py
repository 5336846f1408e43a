"""The cards about stories. Texts in, components out; the buttons below them come from the caller."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.counting import counted
from bot.curating.showing import MAX_LINE, first_phrasing, within
from bot.render.escape import cut, escape, fit, one_line
from bot.render.excerpts import block_quote
from bot.stories.proposals import Proposal
from bot.stories.proposals import cut as cut_story
from knowledge.answering import Base
from knowledge.model import Citation, Entry, OwnStory, Source, Story
from knowledge.stories import place_of
from knowledge.stories.budget import MOST_WORDS, SHARE, budget_words, used_words, word_spans
from knowledge.stories.replacing import Fate, Relocated
from knowledge.text.languages import NAMES

Buttons = Sequence[discord.ui.Item[Any]]

NOTHING_SAVED = "**Preview**: nothing is saved yet."

CHANGED = (
    "**Not saved yet**: meanwhile somebody changed entries that cite this story. Look again, then confirm."
)

SAVED = (
    "**Saved.** From the next question on I look here, too, for lines and quotations. To answer in words of your"
    " own, add entries that cite it: /qa add."
)

REPLACED = "**Saved.** From the next question on I go by the corrected text."

_LISTED = "With stale entries I do not answer: /qa list shows them first, for you to mend or remove."

_MAX_TITLE = 200
_FIRST_LINES = 400
"""Code points of a story's beginning in its preview."""


def preview_card(proposal: Proposal, base: Base, buttons: Buttons, notice: str) -> tuple[Card, bool]:
    """Return what a story is like, and what becomes of the entries that cite the one it takes the place of.

    The second value is whether not all of those fit.
    """
    story = proposal.story
    entries = {entry.id: entry for entry in base.known} | {a.entry.id: a.entry for a in proposal.affected}
    cited = [citation for entry in entries.values() for citation in entry.citations]
    head = [f"**{escape(_name(story))}**", *_source(story.source), f"{language_of(story)}; {_sizes(story)}."]
    blocks = [*head, budget_line(story, cited), _beginning(story), *_fates(proposal)]
    text, is_cut = within(blocks, MAX_TEXT - len(notice))
    shown: discord.ui.Item[Any] = discord.ui.Container(discord.ui.TextDisplay(text))
    return _card([discord.ui.TextDisplay(notice), shown], buttons), is_cut


def fates_in_full(proposal: Proposal) -> list[tuple[str, str]]:
    """Return for each entry that cites a replaced story what becomes of its citations, as plain text."""
    if proposal.before is None:
        return []
    old, new = cut_story(proposal.before), proposal.story
    return [
        (one.entry.id, "\n".join(_told(each, old, new) for each in one.relocated))
        for one in sorted(proposal.affected, key=lambda one: not one.is_stale)
    ]


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
        blocks.append(f"**Entries that this makes stale: {len(stale)}.** {_LISTED}")
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
        f"{stated} that all of it may be shown, so I show at most {counted(budget, 'word')} of it, in excerpts"
        f" and pages together (one in {SHARE}, and {MOST_WORDS} at most); entries quote {used_words(story, cited)}."
        " If more may be shown, state it: own, public-domain, permission, or one of Creative Commons such as cc-by-4.0."
    )


def language_of(story: Story) -> str:
    """Return what a story's language is called."""
    return NAMES.get(story.language, story.language)


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
    citations = [(each, one.entry) for one in proposal.affected for each in one.relocated]
    if not citations:
        yield "No entry cites it."
        return
    fates = [each.fate for each, _entry in citations]
    yield f"**Citations of this server's entries: {', '.join(f'{fates.count(fate)} {fate}' for fate in Fate)}.**"
    stale: dict[Relocated, list[Entry]] = {}
    for each, entry in citations:
        if each.fate is Fate.STALE:
            stale.setdefault(each, []).append(entry)
    if stale:
        yield _LISTED
    for each, entries in stale.items():
        yield _stale(each, proposal.story)
        yield from map(_entry_line, entries)
    for fate in (Fate.MOVED, Fate.KEPT):
        if named := dict.fromkeys(entry.id for each, entry in citations if each.fate is fate):
            yield f"**{fate.capitalize()}**, in {counted(len(named), 'entry', 'entries')}: {escape(', '.join(named))}"


def _stale(each: Relocated, story: Story) -> str:
    gone = f"**No longer there**: {fit(one_line(each.before.excerpt), 2 * MAX_LINE)}"
    if each.nearest is None:
        return f"{gone}\nNothing in the new text is like it. Cited by"
    place = place_of(story, each.nearest.start)
    return f"{gone}\nThe nearest, in {place}:\n{block_quote(escape(each.nearest.excerpt))}\nCited by"


def _told(each: Relocated, old: Story, new: Story) -> str:
    told = f"{each.fate:6} {place_of(old, each.before.start)}: {one_line(each.before.excerpt)}"
    if each.now is not None:
        return told if each.fate is Fate.KEPT else f"{told} -> {place_of(new, each.now.start)}"
    if each.nearest is None:
        return told
    return f"{told}\n       nearest: {place_of(new, each.nearest.start)}: {one_line(each.nearest.excerpt)}"


def _entry_line(entry: Entry) -> str:
    return f"- **{escape(entry.id)}**: {fit(first_phrasing(entry), MAX_LINE)}"


def _card(items: Iterable[discord.ui.Item[Any]], buttons: Buttons) -> Card:
    return Card(*items, *([discord.ui.ActionRow(*buttons)] if buttons else []))
