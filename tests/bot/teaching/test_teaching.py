"""A message becomes a question, and a wrong answer is put right, by moderators alone."""

from collections.abc import Sequence

import discord
import pytest
import simcord

from bot import asking, curating, teaching
from bot.client import Feature
from knowledge.library import Library
from knowledge.model import (
    AnswerSource,
    Author,
    Entry,
    EntryKind,
    Graded,
    Outcome,
    Pack,
    Question,
    SourceKind,
)
from tests.bot.conftest import World, texts

ASKED = ("What is the password of the watch party?", "watch party password")
PASSWORD = Entry("password", ASKED, "Swordfish.", author=Author(1, "Mia"))
DOOR = Entry(
    "door", ("Which door is open for the party?", "party door"), "The back door.", author=Author(1, "Mia")
)
UNCLEAR = "what lets me into the watch party"


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    return (Pack("nothing", "en", ()),)


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install, teaching.install)


@pytest.fixture
async def answered(world: World) -> discord.Message:
    await world.bot.library.save(world.guild.id, [PASSWORD, DOOR])
    await world.alice.send(world.channel, f"{world.mention} {UNCLEAR}")
    return world.last


async def menu(world: World, name: str, message: discord.Message) -> simcord.InteractionResult:
    return await world.moderator.context_menu(world.channel, name, message)


async def own(world: World) -> dict[str, Entry]:
    return {entry.id: entry for entry in (await world.bot.library.base(world.guild.id)).own}


async def test_a_message_becomes_the_question_of_a_new_entry(world: World) -> None:
    await world.alice.send(world.channel, "does anybody know when the doors open")
    form = await menu(world, "Teach from this", world.last)
    preview = await world.moderator.submit_modal(
        form, {"question": "does anybody know when the doors open", "answer": "At six.", "excerpt": ""}
    )
    await world.moderator.click(preview.response, label="Confirm")
    [entry] = (await own(world)).values()
    assert entry.phrasings == ("does anybody know when the doors open",)


async def test_taught_from_an_answer_its_question_is_taken(world: World, answered: discord.Message) -> None:
    form = await menu(world, "Teach from this", answered)
    assert form.modal is not None
    assert UNCLEAR in str(form.modal)


async def test_a_wrong_answer_is_put_right_by_picking_the_right_entry(
    world: World, answered: discord.Message
) -> None:
    card = await menu(world, "Wrong answer", answered)
    assert card.response.ephemeral
    assert UNCLEAR in texts(card.response)
    preview = await world.moderator.select(card.response, ["door"], custom_id="pq1:right")
    assert "The back door." in texts(preview.response)
    assert (await own(world))["door"] == DOOR
    saved = await world.moderator.click(preview.response, label="Confirm")
    assert "Saved" in texts(saved.response)
    assert (await own(world))["door"].phrasings == (*DOOR.phrasings, UNCLEAR)
    base = await world.bot.library.base(world.guild.id)
    assert base.answer(Question(UNCLEAR)).source == AnswerSource(SourceKind.ENTRY, "door")
    graded = (await world.bot.library.owned(world.guild.id)).graded
    author = Author(world.moderator.id, world.moderator.name)
    assert graded == (Graded(UNCLEAR, "door", author),)
    await world.moderator.click(saved.response, label="Undo")
    assert (await own(world))["door"] == DOOR
    assert (await world.bot.library.owned(world.guild.id)).graded == ()


async def test_a_question_that_the_story_does_not_answer_becomes_a_gap(
    world: World, answered: discord.Message
) -> None:
    card = await menu(world, "Wrong answer", answered)
    preview = await world.moderator.click(card.response, label="Not in the story")
    await world.moderator.click(preview.response, label="Confirm")
    gaps = [entry for entry in (await own(world)).values() if entry.kind is EntryKind.GAP]
    assert [gap.phrasings for gap in gaps] == [(UNCLEAR,)]
    base = await world.bot.library.base(world.guild.id)
    assert base.answer(Question(UNCLEAR)).outcome is not Outcome.ANSWER


async def test_a_cancelled_preview_leads_back_to_the_card(world: World, answered: discord.Message) -> None:
    card = await menu(world, "Wrong answer", answered)
    preview = await world.moderator.click(card.response, label="Not in the story")
    back = await world.moderator.click(preview.response, label="Cancel")
    assert "Which entry is right" in texts(back.response)
    assert len(await own(world)) == 2


async def test_the_card_works_after_a_restart(world: World, answered: discord.Message) -> None:
    card = await menu(world, "Wrong answer", answered)
    await world.restart()
    preview = await world.moderator.select(card.response, ["door"], custom_id="pq1:right")
    await world.moderator.click(preview.response, label="Confirm")
    assert UNCLEAR in (await own(world))["door"].phrasings


async def test_only_an_answer_of_the_bot_can_be_wrong(world: World) -> None:
    await world.alice.send(world.channel, "nobody asked the bot")
    refused = await menu(world, "Wrong answer", world.last)
    assert len(world.env.errors) == 1
    assert "no answer of mine" in refused.response.content


@pytest.mark.parametrize("label", ["New entry", "Not in the story"])
async def test_buttons_are_refused_once_the_role_was_taken_away(
    world: World, answered: discord.Message, label: str
) -> None:
    card = await menu(world, "Wrong answer", answered)
    world.dismiss_moderator()
    refused = await world.moderator.click(card.response, label=label)
    assert "for moderators" in refused.response.content
    picked = await world.moderator.select(card.response, ["door"], custom_id="pq1:right")
    assert "for moderators" in picked.response.content
    assert len(await own(world)) == 2


async def test_members_do_not_see_the_commands_and_are_refused_where_they_do(
    world: World, answered: discord.Message
) -> None:
    for name in ("Teach from this", "Wrong answer"):
        with pytest.raises(simcord.SetupError, match="not visible"):
            await world.alice.context_menu(world.channel, name, answered)


async def test_a_preview_shows_what_else_changes(world: World, answered: discord.Message) -> None:
    card = await menu(world, "Wrong answer", answered)
    preview = await world.moderator.select(card.response, ["door"], custom_id="pq1:right")
    assert "What else changes" in texts(preview.response)
    assert "being worked out" not in texts(preview.response)
