"""The buttons on an answer."""

import pytest

from .loopback import Json, LoopbackDiscord, Member
from .loopback.members import buttons
from .reading import STORY, excerpts, read

QUESTION = "who won the first women's Ballon d'Or?"

VAGUE = (
    "what did he say",
    "what about her",
    "how did they react",
    "how many",
    "when was that",
    "which club and country",
    "what was said on stage",
    "why did he do that",
    "how long",
    "what happened then",
)
"""Questions that could mean several things; which of them the bot sees as such depends on the matching."""


async def test_context_shows_the_paragraph_around_the_line_to_whoever_pressed(
    alice: Member, bob: Member
) -> None:
    answer = await alice.mention(QUESTION)
    pressed = await bob.click(answer, "Context")
    line, paragraph = excerpts(answer)[0], excerpts(pressed.answer)[0]
    assert line in paragraph
    assert paragraph in STORY
    assert pressed.ephemeral


async def test_the_asker_can_dismiss_an_answer(alice: Member, discord: LoopbackDiscord) -> None:
    answer = await alice.mention(QUESTION)
    await alice.click(answer, "Dismiss")
    await is_gone(discord, answer)


async def test_a_moderator_can_dismiss_an_answer(
    alice: Member, moderator: Member, discord: LoopbackDiscord
) -> None:
    answer = await alice.mention(QUESTION)
    await moderator.click(answer, "Dismiss")
    await is_gone(discord, answer)


async def test_another_member_cannot_dismiss_an_answer(
    alice: Member, bob: Member, discord: LoopbackDiscord
) -> None:
    answer = await alice.mention(QUESTION)
    pressed = await bob.click(answer, "Dismiss")
    assert "Only whoever asked" in read(pressed.answer)
    assert pressed.ephemeral
    assert answer["id"] in discord.world.messages


async def is_gone(discord: LoopbackDiscord, message: Json) -> None:
    await discord.until(lambda: message["id"] not in discord.world.messages, "the message to be deleted")


async def test_a_question_to_begin_with_is_answered_below(alice: Member) -> None:
    card = await alice.mention("")
    question = buttons(card)[0]["label"]
    pressed = await alice.click(card, question)
    assert question.removesuffix("[…]").strip() in read(pressed.answer)
    assert "I am" in read(pressed.answer)
    assert pressed.answer is not card


async def test_a_button_of_an_older_version_is_answered_kindly(
    alice: Member, discord: LoopbackDiscord
) -> None:
    old = {"type": 2, "style": 1, "label": "Old", "custom_id": "pq0:forgotten:1"}
    row = {"components": [{"type": 1, "components": [old]}]}
    message = discord.world.add_message(discord.world.bot, alice.channel, row)
    pressed = await alice.click(message, "Old")
    assert "older version" in read(pressed.answer)
    assert pressed.ephemeral


async def test_the_asker_picks_one_of_the_choices_and_has_it_answered_in_place(alice: Member) -> None:
    card = await choices(alice)
    picked = buttons(card)[0]["label"].removesuffix("[…]").strip()
    pressed = await alice.click(card, picked)
    assert pressed.answer is card
    assert picked in read(card)
    assert excerpts(card)


async def test_another_member_picks_one_of_the_choices_without_changing_the_card(
    alice: Member, bob: Member
) -> None:
    card = await choices(alice)
    before = read(card)
    pressed = await bob.click(card, buttons(card)[0]["label"])
    assert excerpts(pressed.answer)
    assert pressed.ephemeral
    assert read(card) == before


async def choices(member: Member) -> Json:
    """Return a card that asks which of two or three questions was meant."""
    for question in VAGUE:
        card = await member.mention(question)
        if len(buttons(card)) > 2 and not excerpts(card):
            return card
    pytest.fail("none of the vague questions was answered with choices")
