"""The cards of the dialogue in which an entry is added or changed. The buttons below them come from the caller."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.curating.differences import entry_difference
from bot.curating.drafts import Draft
from bot.curating.previewing import Preview
from bot.curating.showing import MAX_LINE, within
from bot.render.answers import answer_container
from bot.render.escape import escape, fit, one_line, unescape
from bot.render.excerpts import excerpt_text
from bot.texts import texts_in
from knowledge.answering import Similar
from knowledge.model import AnswerSource, Cited, Entry, Outcome, SourceKind

Buttons = Iterable[discord.ui.Item[Any]]

OTHERWISE = (
    "**Mind**: even in these very words, I would not give the answer that you wrote. Change the question so"
    " that it differs more from the others, or remove the entry that stands in its way."
)

INSTEAD_OF_PACKS = "It replaces the pack's entry for this server. After /qa remove the pack's counts again."


def preview_card(
    preview: Preview, buttons: Buttons, notice: str, effect: Sequence[str] = ()
) -> tuple[Card, bool]:
    """Return the answer that members will get, with what else the moderator needs to know to confirm it.

    `effect` are lines about what else changes. The second value is whether something of what was typed does not stand
    on the card as it was.
    """
    entry = preview.entry
    texts = texts_in(preview.tried.after.settings.language)
    room = MAX_TEXT - len(notice)
    shown = answer_container(preview.will_say, with_question=True, texts=texts, room=room)
    is_said = preview.will_say.source == AnswerSource(SourceKind(entry.kind.value), entry.id)
    lines = [
        *([] if is_said else [OTHERWISE]),
        *([INSTEAD_OF_PACKS] if preview.is_copy else []),
        *_until_now(preview),
        *_changes(preview),
        *effect,
        *_similar(preview.similar),
        *(_phrasings(entry) if preview.before is None else []),
    ]
    below, _is_cut = within(lines, MAX_TEXT - _length(shown) - len(notice))
    card = _card([discord.ui.TextDisplay(notice), shown, *_text(below)], buttons)
    on_card = _unquoted(unescape("\n".join(_texts(card))))
    return card, not all(_unquoted(typed) in on_card for typed in _typed(entry, preview.before))


def typed_card(
    sentence: str, draft: Draft, buttons: Buttons, *, closest: Cited | None = None
) -> tuple[Card, bool]:
    """Return why a draft is not saved, with what was typed, and whether some of that had to be left out.

    `sentence` is escaped; `closest` is the line of the story that the excerpt may have meant.
    """
    said = sentence[:1].upper() + sentence[1:]
    if closest is not None:
        said += f"\nThe nearest line in the story:\n{excerpt_text(closest)}"
    parts = typed_parts(draft)
    room = MAX_TEXT - len(said) - sum(len(f"**{label}**\n\n") for label, _value in parts)
    is_cut = sum(len(escape(value)) for _label, value in parts) > room
    each = room // max(len(parts), 1) if is_cut else room
    typed = "\n".join(f"**{label}**\n{fit(value, each)}" for label, value in parts)
    return _card([*_text(said), *_text(typed)], buttons), is_cut


def typed_parts(draft: Draft) -> list[tuple[str, str]]:
    """Return what was typed, each with the label of its input; inputs left empty are left out."""
    parts = [
        ("Question", draft.question),
        ("Answer", draft.answer),
        ("Excerpt", draft.excerpt),
        ("Other phrasings", draft.phrasings),
    ]
    return [(label, value) for label, value in parts if value.strip()]


def _card(items: Iterable[discord.ui.Item[Any]], buttons: Buttons) -> Card:
    row = list(buttons)
    return Card(*items, *([discord.ui.ActionRow(*row)] if row else []))


def _text(text: str) -> list[discord.ui.Item[Any]]:
    """Return a text as a component; Discord takes no empty ones."""
    return [discord.ui.TextDisplay(text)] if text else []


def _length(container: discord.ui.Container[Any]) -> int:
    return sum(map(len, _texts(container)))


def _unquoted(text: str) -> str:
    """Return a text without the marks of block quotes, which stand at the start of each line of an excerpt."""
    return text.replace("\n> ", "\n")


def _texts(within: discord.ui.Container[Any] | Card) -> list[str]:
    return [item.content for item in within.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def _typed(entry: Entry, before: Entry | None) -> Iterator[str]:
    """Yield what was typed of an entry: of one that is changed, what is new."""
    excerpts = [citation.excerpt for citation in entry.citations]
    known = [before.answer, *before.phrasings, *(c.excerpt for c in before.citations)] if before else []
    return (typed for typed in (*entry.phrasings, entry.answer, *excerpts) if typed not in known)


def _until_now(preview: Preview) -> list[str]:
    """Tell what was answered before, where that does not stand among the changes."""
    said = preview.said
    if said.outcome is not Outcome.ANSWER or (preview.before and not preview.is_added):
        return []
    return [f"**Until now I answered**\n{fit(one_line(said.text), MAX_LINE)}"]


def _changes(preview: Preview) -> list[str]:
    if preview.before is None:
        return []
    return ["**What changes**", *(list(entry_difference(preview.before, preview.entry)) or ["Nothing."])]


def _phrasings(entry: Entry) -> list[str]:
    others = [f"- {fit(one_line(phrasing), MAX_LINE)}" for phrasing in entry.phrasings[1:]]
    return ["-# Other phrasings", *others] if others else []


def _similar(similar: Sequence[Similar]) -> list[str]:
    if not similar:
        return ["No other entry asks anything like it."]
    return [
        "**Similar entries there are already** (100: the same question)",
        *(
            f"- {near.score:.0f}: {fit(one_line(near.phrasing), MAX_LINE)} (**{escape(near.entry.id)}**)"
            for near in similar
        ),
    ]
