import dataclasses

import discord
import pytest

from bot.asking.buttons import AskingControls, ChoiceButton, ContextButton
from bot.components import Card
from bot.render.escape import unescape
from knowledge.answering import Base
from knowledge.model import AnswerSource, Citation, Cited, Source, SourceKind
from tests.bot.asking.conftest import NOWHERE, VAGUE, SettledBase
from tests.bot.conftest import World, buttons, texts


async def ask(world: World, text: str = "who won?") -> discord.Message:
    await world.alice.send(world.channel, f"{world.mention} {text}")
    return world.last


async def show(world: World, button: discord.ui.Item) -> discord.Message:
    """Send a card with one button, as an earlier version or a cleverer Discord might have."""
    return await world.bot.get_channel(world.channel.id).send(view=Card(discord.ui.ActionRow(button)))


async def test_context_shows_the_paragraph_around_the_line_to_the_one_who_pressed(
    world: World, settled: SettledBase
) -> None:
    result = await world.bob.click(await ask(world), label="Context")
    citation = settled.known[0].citations[0]
    assert result.ephemeral
    assert f"**{citation.excerpt}**" in unescape(texts(result.response))


async def test_context_shows_the_paragraphs_around_all_lines_of_an_answer(
    world: World, settled: SettledBase
) -> None:
    result = await world.bob.click(await ask(world, NOWHERE), label="Context")
    shown = unescape(texts(result.response))
    assert all(f"**{entry.citations[0].excerpt}**" in shown for entry in settled.known)


async def test_context_still_works_after_a_restart(world: World, settled: SettledBase) -> None:
    card = await ask(world)
    await world.restart()
    result = await world.bob.click(card, label="Context")
    assert settled.known[0].citations[0].excerpt in unescape(texts(result.response))


@pytest.mark.parametrize(
    ("story", "start", "end", "text_hash"),
    [
        ("another-story", 0, 10, "d1d136a7"),
        ("ballon-dor-2018", 0, 10, "0000aaaa"),
        ("ballon-dor-2018", 10, 10, "d1d136a7"),
        ("ballon-dor-2018", 20, 10, "d1d136a7"),
        ("ballon-dor-2018", 0, 4000, "d1d136a7"),
        ("ballon-dor-2018", 9_999_990, 9_999_999, "d1d136a7"),
    ],
)
async def test_context_of_what_is_no_longer_there_says_so(
    story: str, start: int, end: int, text_hash: str, world: World
) -> None:
    card = await show(world, ContextButton(story, [(start, end)], text_hash))
    result = await world.bob.click(card, label="Context")
    assert result.ephemeral
    assert "changed or taken away" in result.response.content


async def test_context_of_a_story_that_may_no_longer_be_shown_whole_is_not_given(
    world: World, settled: SettledBase
) -> None:
    card = await ask(world)
    (story,) = settled.stories
    closed = dataclasses.replace(story, source=dataclasses.replace(story.source, licence=""))
    settled.compiled = settled.compiled.with_stories([closed])
    result = await world.bob.click(card, label="Context")
    assert "changed or taken away" in result.response.content


async def test_the_asker_can_dismiss_an_answer(world: World) -> None:
    card = await ask(world)
    await world.alice.click(card, label="Dismiss")
    assert card.id not in [message.id for message in world.channel.history()]


async def test_a_moderator_can_dismiss_an_answer_after_a_restart_too(world: World) -> None:
    card = await ask(world)
    await world.restart()
    await world.moderator.click(card, label="Dismiss")
    assert card.id not in [message.id for message in world.channel.history()]


async def test_another_member_cannot_dismiss_it(world: World) -> None:
    card = await ask(world)
    result = await world.bob.click(card, label="Dismiss")
    assert result.ephemeral
    assert "Only whoever asked" in result.response.content
    assert world.last.id == card.id


async def test_an_answer_to_ask_can_be_dismissed(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question="who won?")
    await world.alice.click(result.response, label="Dismiss")
    assert world.channel.history() == []


@pytest.mark.parametrize("restart", [False, True])
async def test_a_choice_puts_its_answer_in_place_of_the_card(
    restart: bool,  # noqa: FBT001  a parameter of the test
    world: World,
    settled: SettledBase,
) -> None:
    card = await ask(world, VAGUE)
    chosen = settled.known[1]
    if restart:
        await world.restart()
    await world.alice.click(card, label=chosen.phrasings[0])
    assert world.last.id == card.id
    assert unescape(texts(world.last)).startswith(f"**{chosen.phrasings[0]}**\n{chosen.answer}")


LONG = f"Which of the {'very ' * 30}golden trophies did she win?"


@pytest.fixture
def long_question(settled: SettledBase, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the second entry a question that fits no button."""
    entry = settled.known[1]
    longer = dataclasses.replace(entry, phrasings=(LONG, *entry.phrasings))
    settled.known = [settled.known[0], longer, settled.known[2]]
    monkeypatch.setitem(settled.compiled.entries, entry.id, longer)
    return LONG


@pytest.mark.parametrize("asked", [VAGUE, "who won?"], ids=["choice", "next"])
async def test_a_question_that_fits_no_button_is_asked_in_full(
    asked: str, world: World, settled: SettledBase, long_question: str
) -> None:
    card = await ask(world, asked)
    label = next(label for label in buttons(card) if label.startswith("Which of the very"))
    await world.alice.click(card, label=label)
    assert len(label) <= 80
    assert unescape(texts(world.last)).startswith(f"**{long_question}**\n{settled.known[1].answer}")
    # A reply to it is read with the whole question, and not with what a button had room for.
    await world.alice.send(world.channel, f"{world.mention} and how many?", reply_to=world.last)
    assert settled.asked[-1].after[-1] == long_question


async def test_a_choice_by_somebody_else_leaves_the_askers_card_as_it_is(
    world: World, settled: SettledBase
) -> None:
    card = await ask(world, VAGUE)
    result = await world.bob.click(card, label=settled.known[1].phrasings[0])
    assert result.ephemeral
    assert settled.known[1].answer in unescape(texts(result.response))
    assert len(buttons(world.last)) == 4


async def test_a_choice_that_was_taken_away_since_says_so(world: World) -> None:
    gone = ChoiceButton(world.alice.id, AnswerSource(SourceKind.ENTRY, "gone"), "Who won?")
    result = await world.alice.click(await show(world, gone), label="Who won?")
    assert result.ephemeral
    assert "taken away" in result.response.content


async def test_a_question_to_ask_next_is_answered_below(world: World, settled: SettledBase) -> None:
    card = await ask(world)
    following = settled.known[1]
    result = await world.alice.click(card, label=following.phrasings[0])
    assert not result.ephemeral
    assert following.answer in unescape(texts(result.response))
    assert settled.known[0].answer in unescape(texts(card))


async def test_a_question_to_ask_next_is_answered_to_others_alone(world: World, settled: SettledBase) -> None:
    result = await world.bob.click(await ask(world), label=settled.known[1].phrasings[0])
    assert result.ephemeral


async def test_what_follows_a_private_answer_is_private(world: World, settled: SettledBase) -> None:
    first = await world.alice.slash(world.channel, "ask", question="who won?", private=True)
    result = await world.alice.click(first.response, label=settled.known[1].phrasings[0])
    assert result.ephemeral


@pytest.mark.parametrize(
    "custom_id", ["pq0:context:1", "pq1:context:x", "pq99:choice:e:1", "pq1:choice:1:z:a"]
)
async def test_a_button_of_another_version_says_so(custom_id: str, world: World) -> None:
    card = await world.bot.get_channel(world.channel.id).send(
        view=discord.ui.View().add_item(discord.ui.Button(label="Old", custom_id=custom_id))
    )
    await world.restart()
    result = await world.alice.click(card, label="Old")
    assert result.ephemeral
    assert "older version" in result.response.content


async def test_the_buttons_of_all_messages_together_keep_nothing_in_memory(world: World) -> None:
    for _ in range(5):
        await ask(world)
    assert world.bot.persistent_views == []
    assert world.bot._connection._view_store._views == {}  # noqa: SLF001  where discord.py keeps views


@pytest.mark.simcord(check_errors=False)
async def test_a_button_that_fails_gives_a_reference_and_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await ask(world)
    monkeypatch.setattr(Base, "cited", None)
    result = await world.alice.click(card, label="Context")
    assert result.ephemeral
    assert "reference" in result.response.content
    assert "NoneType" not in result.response.content


def test_no_paragraph_is_shown_around_the_excerpt_of_a_story_that_may_not_be_shown_whole() -> None:
    citation = Citation("story", 0, 2, "Hi", "a" * 64)
    closed, own = (Cited(citation, "paragraph 1", Source(licence=one), "en") for one in ("", "own"))
    assert AskingControls(1).context(closed) is None
    assert AskingControls(1).context(own) is not None
