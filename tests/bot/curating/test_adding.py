"""The dialogue of `/qa add`, as a moderator goes through it."""

import pytest
import simcord
from tests.bot.conftest import World, buttons, texts

from bot.curating.drafts import KEPT_SECONDS
from knowledge.library import Library
from knowledge.model import Outcome, Question

QUESTION = "Which boots did she wear that night?"
ANSWER = "The golden ones."
EXCERPT = "Ada Hegerberg"


async def fill_in(world: World, **typed: str) -> simcord.InteractionResult:
    """Fill in and send the form; return the reply."""
    form = await world.moderator.slash(world.channel, "qa add")
    return await world.moderator.submit_modal(form, {"question": QUESTION, "answer": ANSWER, **typed})


async def press(world: World, result: simcord.InteractionResult, label: str) -> simcord.InteractionResult:
    return await world.moderator.click(result.response, label=label)


async def own(world: World) -> list[str]:
    """Return the ids of the server's own entries."""
    return [entry.id for entry in (await world.bot.library.base(world.guild.id)).own]


async def test_the_form_asks_for_all_that_an_entry_is_made_of(world: World) -> None:
    form = await world.moderator.slash(world.channel, "qa add")

    labels = [component["label"] for component in form.modal["components"]]
    assert labels == ["Question", "Answer", "Excerpt", "Other phrasings"]


async def test_the_preview_is_for_the_moderator_alone_and_saves_nothing(world: World) -> None:
    preview = await fill_in(world)

    assert preview.response.ephemeral
    assert "Nothing is saved yet" in texts(preview.response)
    assert ANSWER in texts(preview.response)
    assert list(buttons(preview.response)) == ["Confirm", "Edit", "Cancel"]
    assert await own(world) == []


async def test_a_confirmed_entry_answers_the_next_question(world: World) -> None:
    saved = await press(world, await fill_in(world), "Confirm")
    assert "**Saved**" in texts(saved.response or (await fill_in(world)).response)
