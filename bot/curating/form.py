"""The form for an entry or a gap, empty or filled in."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot import sending
from bot.components import Form, Interaction, require_moderator
from bot.curating.drafts import KEPT_SECONDS, Draft
from bot.render.escape import cut, one_line
from knowledge.curating import blocks
from knowledge.model import MAX_ANSWER, MAX_EXCERPT, MAX_QUESTION, EntryKind, Story

MOST_STORIES = 25
"""A menu of Discord holds no more options."""

MAX_OPTION = 100

MAX_INPUT = 4000
"""Code points that an input of Discord holds."""

_BETWEEN_EXCERPTS = "\n\n"

_TITLES = {
    EntryKind.ENTRY: "An entry: a question and its answer",
    EntryKind.GAP: "A gap: what the story does not say",
}
_QUESTIONS = {
    EntryKind.ENTRY: f"As a member would ask it; {MAX_QUESTION} characters at most.",
    EntryKind.GAP: f"What the story does not say, as a member asks it ({MAX_QUESTION} characters). It needs no answer.",
}
_EXCERPTS = {
    EntryKind.ENTRY: f"What it rests on, word for word; {MAX_EXCERPT} characters each, an empty line between two.",
    EntryKind.GAP: f"What the story says instead, word for word; {MAX_EXCERPT} characters each.",
}


class EntryForm(Form):
    """Asks for all that an entry is made of; what was typed goes to `then` as a draft.

    No input has a limit of its own below Discord's 4,000: it would cut off silently what is pasted. What is
    too long is told, and can be edited. What an input cannot hold of a large entry stays as it is.
    """

    def __init__(
        self,
        draft: Draft,
        stories: Sequence[Story],
        then: Callable[[Interaction, Draft], Awaitable[None]],
    ) -> None:
        super().__init__(title=_TITLES[draft.kind])
        self.timeout = KEPT_SECONDS  # who looks for the right line takes longer than with other forms
        self._draft = draft
        self._then = then
        excerpts, self._more_excerpts = _fitting(draft.excerpt, blocks, _BETWEEN_EXCERPTS)
        phrasings, self._more_phrasings = _fitting(draft.phrasings, str.splitlines, "\n")
        self._question = _line("question", draft.question)
        self._answer = _lines("answer", draft.answer) if draft.kind is EntryKind.ENTRY else None
        self._excerpt = _lines("excerpt", excerpts, required=False)
        self._phrasings = _lines("phrasings", phrasings, required=False)
        self._story = _menu_of(stories, draft.story) if len(stories) > 1 else None
        self._ask("Question", _QUESTIONS[draft.kind], self._question)
        if self._answer is not None:
            self._ask("Answer", f"In your own words; {MAX_ANSWER:,} characters at most.", self._answer)
        self._ask("Excerpt", _and_more(_EXCERPTS[draft.kind], self._more_excerpts), self._excerpt)
        told = _and_more("Other ways to ask the same, one a line.", self._more_phrasings)
        self._ask("Other phrasings", told, self._phrasings)
        if self._story is not None:
            self._ask(
                "Story", "Where the excerpt stands, if you want only that one to be looked at.", self._story
            )

    async def submitted(self, interaction: Interaction) -> None:
        """Check the permission again, and hand over what was typed."""
        require_moderator(interaction)
        chosen = self._story.values if self._story is not None else []
        await self._then(
            interaction,
            dataclasses.replace(
                self._draft,
                question=_clean(self._question.value),
                answer=_clean(self._answer.value) if self._answer is not None else "",
                excerpt=_BETWEEN_EXCERPTS.join([*self._more_excerpts, _clean(self._excerpt.value)]),
                phrasings="\n".join([*self._more_phrasings, _clean(self._phrasings.value)]),
                story=chosen[0] if chosen else None,
            ),
        )

    def _ask(self, text: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=text, description=description, component=component))


async def open_form(
    interaction: Interaction, draft: Draft, then: Callable[[Interaction, Draft], Awaitable[None]]
) -> None:
    """Open the form with the draft in it, as the answer to a command or button; what it does can soon be foreseen."""
    interaction.client.library.foresight.prepare(draft.server)
    # A form can only be the first answer: there is no time to read what a large server owns.
    library = interaction.client.library
    base = await library.base(draft.server if library.is_loaded(draft.server) else None)
    await sending.ask_with(interaction, EntryForm(draft, base.stories, then))


def _clean(text: str) -> str:
    """Return what was typed without what no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _fitting(text: str, parts_of: Callable[[str], list[str]], between: str) -> tuple[str, list[str]]:
    """Return the last parts of a text that an input can hold together, and those before them."""
    if len(text) <= MAX_INPUT:
        return text, []
    parts = parts_of(text)
    kept = next(n for n in range(len(parts) + 1) if len(between.join(parts[n:])) <= MAX_INPUT)
    return between.join(parts[kept:]), parts[:kept]


def _and_more(description: str, more: Sequence[str]) -> str:
    return f"{len(more)} more stay as they are; here come the last ones." if more else description


def _line(name: str, value: str) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(custom_id=name, default=value or None, style=discord.TextStyle.short)


def _lines(name: str, value: str, *, required: bool = True) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=name, default=value or None, style=discord.TextStyle.paragraph, required=required
    )


def _menu_of(stories: Sequence[Story], chosen: str | None) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=cut(one_line(story.source.title) or story.slug, MAX_OPTION),
            value=story.slug,
            default=story.slug == chosen,
        )
        for story in stories[:MOST_STORIES]
    ]
    return discord.ui.Select(custom_id="story", options=options, min_values=0, required=False)
