"""Whoever greets or asks for help gets help, and not "the story doesn't say"."""

import pytest

from bot.wording import asks_nothing
from knowledge.library import Library
from knowledge.model import Author, Entry
from tests.bot.conftest import World, buttons, texts

GREETINGS = [
    "hello",
    "Hi there!",
    "HELP",
    "help me, please",
    "who are you?",
    "What can you do?",
    "Bonjour",
    "hey bot",
]


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.mark.parametrize("said", [*GREETINGS, "", "👋", "?!", "<@123456789012345678>", "https://example.org"])
def test_a_greeting_asks_nothing(said: str) -> None:
    assert asks_nothing(said)


@pytest.mark.parametrize(
    "said",
    [
        "who won?",
        "who are they?",
        "hello, who won?",
        "who helped her?",
        "what is this award?",
        "how are the rules?",
        "谁赢了",
        "185",
    ],
)
def test_a_question_asks_something(said: str) -> None:
    assert not asks_nothing(said)


@pytest.mark.parametrize("said", [*GREETINGS, "👋", "<@123456789012345678>"])
async def test_a_greeting_gets_help_in_a_mention_and_in_a_command(said: str, world: World) -> None:
    await world.alice.send(world.channel, f"{world.mention} {said}")
    asked = await world.alice.slash(world.channel, "ask", question=said)
    for card in (world.last, asked.response):
        assert "Ask me something" in texts(card)
        assert len(buttons(card)) == 3


async def test_a_greeting_gets_help_from_the_menu_of_a_message(world: World) -> None:
    message = await world.bob.send(world.channel, "hello")
    result = await world.alice.context_menu(world.channel, "Answer this", message)
    assert "Ask me something" in texts(result.response)


async def test_what_moderators_taught_the_bot_to_say_to_it_comes_first(world: World) -> None:
    entry = Entry("help", ("help",), "Ask the moderators in #help.", author=Author(1, "mia"))
    await world.bot.library.save(world.guild.id, [entry])
    await world.alice.send(world.channel, f"{world.mention} help")
    assert "Ask the moderators" in texts(world.last)
