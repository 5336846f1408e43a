"""The cards of the dialogue in which an entry is added. The buttons below them come from the caller."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.curating.drafts import Draft
from bot.curating.showing import MAX_LINE, within
from bot.render.answers import answer_container
from bot.render.escape import escape, fit, one_line
from bot.render.excerpts import excerpt_text
from knowledge.answering import Base, Similar
from knowledge.model import Answer, AnswerSource, Cited, Entry, Outcome, SourceKind

Buttons = Iterable[discord.ui.Item[Any]]

NOTHING_SAVED = "Nothing is saved yet. Members would see this:"


def preview_card(
    entry: Entry, base: Base, similar: Sequence[Similar], buttons: Buttons, *, notice: str = NOTHING_SAVED
) -> Card:
    """Return the answer as members will see it, with what else the moderator needs to know to confirm it."""
    lines = [*_phrasings(entry), *_similar(similar)]
    return _around_answer(f"**Preview**\n{notice}", entry, base, lines, buttons)


def saved_card(entry: Entry, base: Base) -> Card:
    """Return the acknowledgement of an entry that is on the disk."""
    notice = f"**Saved** as **{escape(entry.id)}**. It is found from the next question on:"
    return _around_answer(notice, entry, base, _phrasings(entry), ())


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


def as_members_see_it(entry: Entry, base: Base) -> Answer:
    """Return the answer that the entry gives to its own question."""
    return Answer(
        question=entry.phrasings[0],
        outcome=Outcome.ANSWER,
        confidence=1.0,
        text=entry.answer,
        citations=tuple(base.cited(citation) for citation in entry.citations),
        source=AnswerSource(SourceKind.ENTRY, entry.id),
        author=entry.author,
    )


def _around_answer(notice: str, entry: Entry, base: Base, lines: Sequence[str], buttons: Buttons) -> Card:
    """Return the notice, the answer as members see it, and as many of the lines as there is room for."""
    answer = answer_container(as_members_see_it(entry, base), with_question=True)
    room = MAX_TEXT - _length(answer) - len(notice)
    below, _is_cut = within(lines, room)
    return _card([discord.ui.TextDisplay(notice), answer, *_text(below)], buttons)


def _card(items: Iterable[discord.ui.Item[Any]], buttons: Buttons) -> Card:
    row = list(buttons)
    return Card(*items, *([discord.ui.ActionRow(*row)] if row else []))


def _text(text: str) -> list[discord.ui.Item[Any]]:
    """Return a text as a component; Discord takes no empty ones."""
    return [discord.ui.TextDisplay(text)] if text else []


def _length(container: discord.ui.Container[Any]) -> int:
    return sum(
        len(item.content) for item in container.walk_children() if isinstance(item, discord.ui.TextDisplay)
    )


def _phrasings(entry: Entry) -> list[str]:
    others = [f"- {fit(one_line(phrasing), MAX_LINE)}" for phrasing in entry.phrasings[1:]]
    return ["**Other phrasings**", *others] if others else []


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
