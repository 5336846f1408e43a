"""`/quote`, as a member uses it, on the bundled story."""

import pytest

from bot.render.escape import unescape
from knowledge.answering import Base
from knowledge.library import Library
from knowledge.model import Pack
from tests.bot.conftest import World, buttons, texts

HOSTILE = [
    "@everyone",
    "[x](https://evil.example)",
    "**",
    "\u202ex",
    "be\0fore",
    "half \ud83d",
    "x" * 100,
    "  ",
]


@pytest.fixture
async def base(packs_alone: Library) -> Base:
    return await packs_alone.base(None)


def quoted(message: object) -> list[str]:
    """Return the block quotes of a card."""
    return [
        unescape(line.removeprefix("> ")) for line in texts(message).splitlines() if line.startswith("> ")
    ]


async def test_without_arguments_somebody_says_something(world: World, base: Base) -> None:
    result = await world.alice.slash(world.channel, "quote")

    assert not result.response.ephemeral
    (said,) = quoted(result.response)
    assert said in {quotation.citation.excerpt for quotation in base.quotations()}


async def test_a_quotation_has_its_speaker_and_place(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", about="respect")

    card = texts(result.response)
    assert "**Ada Hegerberg**:" in card
    assert "paragraph 8" in card


async def test_the_best_quotation_about_something_comes_first(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", about="respect")

    assert "respect" in quoted(result.response)[0]


async def test_quotations_of_somebody_are_that_persons(world: World, base: Base) -> None:
    result = await world.alice.slash(world.channel, "quote", who="hegerberg")

    of_her = {quotation.citation.excerpt for quotation in base.quotations("Ada Hegerberg")}
    assert 1 <= len(quoted(result.response)) <= 3
    assert set(quoted(result.response)) <= of_her


async def test_everything_quoted_is_verbatim_in_the_story(world: World, packs: tuple[Pack, ...]) -> None:
    text = packs[0].stories[0].text
    for options in ({}, {"about": "football"}, {"who": "Ada Hegerberg"}, {"who": "Kylian Mbappe"}):
        result = await world.alice.slash(world.channel, "quote", **options)
        assert quoted(result.response)
        assert all(said in text for said in quoted(result.response))


async def test_context_shows_the_paragraph_to_the_one_who_pressed(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote")

    pressed = await world.bob.click(result.response, label="Context")

    assert pressed.response.ephemeral
    assert "paragraph" in texts(pressed.response)


async def test_each_quotation_has_its_own_context(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", who="Ada Hegerberg")

    ids = [part["custom_id"] for part in _all_buttons(result.response.components)]
    assert len(set(ids)) == len(quoted(result.response)) + 1


def _all_buttons(components: list[dict[str, object]]) -> list[dict[str, object]]:
    found = [part for part in components if part["type"] == 2]
    for part in components:
        found += _all_buttons(part.get("components") or [])
    return found


async def test_whoever_asked_can_dismiss_it(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote")

    refused = await world.bob.click(result.response, label="Dismiss")
    assert "Only whoever asked" in refused.response.content
    await world.alice.click(result.response, label="Dismiss")
    assert result.response is None


async def test_the_buttons_work_after_a_restart(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote")
    await world.restart()

    pressed = await world.alice.click(result.response, label="Context")

    assert pressed.response.ephemeral


async def test_it_works_in_direct_messages(world: World) -> None:
    result = await world.alice.user.slash("quote", who="Ada Hegerberg")

    assert "**Ada Hegerberg**:" in texts(result.response)


# Where there is nothing to quote


async def test_of_somebody_who_is_not_quoted_the_story_is_quoted(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", who="Kylian Mbapp\u00e9")

    assert "is not quoted in any story" in texts(result.response)
    assert any("Mbapp\u00e9" in line for line in quoted(result.response))
    assert "Context" in buttons(result.response)


async def test_of_somebody_unknown_the_speakers_are_named(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", who="Cristiano Ronaldinho Junior")

    assert "No story quotes or mentions Cristiano Ronaldinho Junior" in texts(result.response)
    assert "Quoted are: Ada Hegerberg" in texts(result.response)
    assert list(buttons(result.response)) == ["Dismiss"]


async def test_what_somebody_does_not_speak_about_is_said_with_what_they_do_say(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", who="Ada Hegerberg", about="xylophones")

    assert "nothing that Ada Hegerberg says about xylophones" in texts(result.response)
    assert quoted(result.response)


async def test_what_nobody_speaks_about_is_said(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", about="xylophones")

    assert "Nobody is quoted about xylophones" in texts(result.response)


@pytest.mark.parametrize("option", ["who", "about"])
@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_words_get_an_orderly_answer(world: World, option: str, hostile: str) -> None:
    result = await world.alice.slash(world.channel, "quote", **{option: hostile})

    card = texts(result.response)
    assert card
    for mark in ("x](http", "\0", "\ud83d", "\u202e"):
        assert mark not in card
    assert "@everyone" not in card.replace("\\@everyone", "")


# Suggestions while typing


async def test_speakers_are_suggested(world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "quote", "who", "HEGER")

    assert [choice["value"] for choice in choices] == ["Ada Hegerberg"]


async def test_themes_are_suggested_beginning_with_what_is_typed(world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "quote", "about", "res")

    assert "respect" in [choice["value"] for choice in choices]


async def test_no_more_are_suggested_than_discord_shows(world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "quote", "about", "")

    assert 0 < len(choices) <= 25
