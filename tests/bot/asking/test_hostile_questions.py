"""Whatever is sent: an orderly reply, nobody pinged, no trace of an error. On the real answering."""

import json

import pytest

from bot.asking.questions import question_in
from knowledge.library import Library
from knowledge.model import MAX_QUESTION
from tests.bot.conftest import World, texts
from tests.bot.render.test_escape import what_is_active

HOSTILE = {
    "long": "why " * 480,
    "emoji": "😀🏆👩‍⚽️",
    "custom emoji": "<:goal:123> <a:run:4>",
    "everyone": "@everyone @here who won?",
    "other mentions": "<@1> <@&2> <#3> </ask:4> <t:1700000000:R> who won?",
    "markdown": "**who** __won__ ~~the~~ ||ball|| `or` > ```x``` \n# big\n- list\n1. one\n-# small",
    "masked link": "[click](https://evil.example) https://evil.example[x](https://evil.example) who won?",
    "right to left": "\u202ewho won?\u202c \u2067x\u2069",
    "zalgo": "w" + "\u0301\u0489" * 120 + "ho won?",
    "NUL": "who\x00 won?\x1b[31m",
    "template": "{0.__class__} %s ${x} {{7*7}} who won?",
    "zero width": "w\u200bh\u200do w\ufeffon?",
    "backslashes": "\\" * 100 + "who won?",
    "punctuation": "?!.,;:" * 20,
    "regex": "(a+)+$" + "a" * 60 + "!",
}


@pytest.fixture
def library(packs_alone: Library) -> Library:
    return packs_alone


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_mention_gets_an_orderly_reply(question: str, world: World) -> None:
    await world.alice.send(world.channel, f"{world.mention} {question}")
    assert world.last.author.id == world.bot.user.id
    assert texts(world.last)
    assert world.last.mentions == []
    assert not world.last.mention_everyone


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_question_to_ask_is_shown_and_does_nothing(question: str, world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question=question[:MAX_QUESTION])
    shown = texts(result.response)
    assert "\x00" not in shown
    assert "\u202e" not in shown
    question_shown = shown.splitlines()[0].removeprefix("**").removesuffix("**")
    assert what_is_active(question_shown) == []


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_typing_gets_suggestions_or_none(question: str, world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "ask", "question", question[:6000])
    assert len(choices) <= 25


async def test_six_thousand_characters_are_cut_before_anything_looks_at_them(world: World) -> None:
    message = await world.alice.send(world.channel, "hello")
    message.content, message.mentions = f"{world.mention} {'why ' * 1500}", [world.bot.user]
    world.bot.dispatch("message", message)
    await world.env.settle()
    assert texts(world.last)


async def test_a_lone_surrogate_gets_an_orderly_reply_that_can_be_sent(world: World) -> None:
    message = await world.alice.send(world.channel, "hello")
    message.content, message.mentions = f"{world.mention} who \ud800 won?", [world.bot.user]
    world.bot.dispatch("message", message)
    await world.env.settle()
    result = await world.alice.context_menu(world.channel, "Answer this", await surrogate_message(world))
    for card in (world.last, result.response):
        json.dumps(texts(card), ensure_ascii=False).encode()


async def test_only_the_mentions_of_the_bot_are_taken_out_of_a_question(world: World) -> None:
    message = await world.alice.send(world.channel, f"{world.mention} did <@1> meet <@{world.bot.user.id}0>?")
    assert question_in(message, world.bot.user) == f"did <@1> meet <@{world.bot.user.id}0>?"


async def surrogate_message(world: World) -> object:
    message = await world.bob.send(world.channel, "who won?")
    world.env.backend.get_message(world.channel.id, message.id).content = "who \ud800 won?"
    return message
