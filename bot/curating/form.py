"""The form for a new entry, empty or filled in with what was typed before."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot import sending
from bot.components import Form, Interaction, require_moderator
from bot.curating.drafts import KEPT_SECONDS, Draft
from bot.render.escape import cut, one_line
from knowledge.model import MAX_ANSWER, MAX_EXCERPT, MAX_QUESTION, Story

MOST_STORIES = 25
"""A menu of Discord holds no more options."""

MAX_OPTION = 100


class EntryForm(Form):
    """Asks for all that an entry is made of; what was typed goes to `then` as a draft.

    No input has a limit of its own below Discord's 4,000: it would cut off silently what is pasted. What is
    too long is told, and can be edited.
    """

    def __init__(
        self,
        draft: Draft,
        stories: Sequence[Story],
        then: Callable[[Interaction, Draft], Awaitable[None]],
    ) -> None:
        super().__init__(title="An entry: a question and its answer")
        self.timeout = KEPT_SECONDS  # who looks for the right line takes longer than with other forms
        self._draft = draft
        self._then = then
        self._question = _line("question", draft.question)
        self._answer = _lines("answer", draft.answer)
        self._excerpt = _lines("excerpt", draft.excerpt, required=False)
        self._phrasings = _lines("phrasings", draft.phrasings, required=False)
        self._story = _menu_of(stories, draft.story) if len(stories) > 1 else None
        self._ask("Question", f"As a member would ask it; {MAX_QUESTION} characters at most.", self._question)
        self._ask("Answer", f"In your own words; {MAX_ANSWER:,} characters at most.", self._answer)
        self._ask(
            "Excerpt",
            f"The line of the story that it rests on, word for word; {MAX_EXCERPT} characters at most.",
            self._excerpt,
        )
        self._ask("Other phrasings", "Other ways to ask the same, one a line.", self._phrasings)
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
                answer=_clean(self._answer.value),
                excerpt=_clean(self._excerpt.value),
                phrasings=_clean(self._phrasings.value),
                story=chosen[0] if chosen else None,
            ),
        )

    def _ask(self, text: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=text, description=description, component=component))


async def open_form(
    interaction: Interaction, draft: Draft, then: Callable[[Interaction, Draft], Awaitable[None]]
) -> None:
    """Open the form with the draft in it, as the answer to a command or button."""
    # A form can only be the first answer: there is no time to read what a large server owns.
    library = interaction.client.library
    base = await library.base(draft.server if library.is_loaded(draft.server) else None)
    await sending.ask_with(interaction, EntryForm(draft, base.stories, then))


def _clean(text: str) -> str:
    """Return what was typed without what no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


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
