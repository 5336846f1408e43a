"""Which story a moderator means, and what is offered while they type."""

from collections.abc import Iterable
from typing import TypeVar

from discord import app_commands

from bot.bases import base_while_typing
from bot.components import MAX_CHOICE, MAX_CHOICES, Interaction, is_moderator
from bot.render.escape import cut, one_line
from knowledge.answering import Base
from knowledge.errors import UnknownStoryError
from knowledge.model import OwnStory, Story
from knowledge.owned import Owned

AnyStory = TypeVar("AnyStory", Story, OwnStory)


def own_story(owned: Owned, wanted: str) -> OwnStory:
    """Return the server's own story of a slug or title; raises `UnknownStoryError`."""
    return _find(owned.stories, wanted, "This server has no such story of its own.")


def any_story(base: Base, wanted: str) -> Story:
    """Return the story of a slug or title, a pack's too; raises `UnknownStoryError`."""
    return _find(base.stories, wanted, "There is no such story here.")


def is_own(base: Base, story: Story) -> bool:
    """Return whether a story is the server's own, and not a pack's."""
    return all(known.slug != story.slug for pack in base.packs for known in pack.stories)


def title_of(base: Base, story: Story) -> str:
    """Return what to call a story, as one line: its title, or else the name of its pack, or its slug."""
    return one_line(story.source.title) or one_line(base.compiled.names.get(story.slug, "")) or story.slug


async def complete(interaction: Interaction, typed: str, *, own: bool) -> list[app_commands.Choice[str]]:
    """Return the stories whose slug or title holds what was typed; `own`: only those of the server's own."""
    if not is_moderator(interaction):
        return []
    base = await base_while_typing(interaction)
    wanted = typed.strip().casefold()
    named = {story.slug: title_of(base, story) for story in base.stories if not own or is_own(base, story)}
    return [
        app_commands.Choice(name=cut(f"{title} ({slug})" if title != slug else slug, MAX_CHOICE), value=slug)
        for slug, title in named.items()
        if (wanted in slug.casefold() or wanted in title.casefold()) and len(slug) <= MAX_CHOICE
    ][:MAX_CHOICES]


def _find(stories: Iterable[AnyStory], wanted: str, otherwise: str) -> AnyStory:
    known = {story.slug: story for story in stories}
    if found := known.get(wanted.strip()):
        return found
    folded = one_line(wanted).casefold()
    for story in known.values():
        if one_line(story.source.title).casefold() == folded:
            return story
    raise UnknownStoryError(
        f"{otherwise} Choose one from the list that opens while you type, or see them all with /story list."
    )
