"""The form of `/qa add` on a server with several stories."""

import pytest

from knowledge.model import Entry, Fact, Pack, Source
from knowledge.stories import build_story, cite
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import ANSWER, QUESTION, Desk

BOTH = "The tower is painted white every spring."


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    """Two stories that share a sentence; one of them has a long title."""
    first = build_story(
        "north", f"{BOTH} Its lamp is green.", "en", Source(title="North " * 40, licence="own")
    )
    second = build_story("south", f"The sea is near. {BOTH} Its lamp is red.", "en", Source(licence="own"))
    entry = Entry("lamp", ("Which colour has the lamp in the north?",), "Green.")
    fact = Fact("sea", "the sea", "nearness", "near", "text", (cite(second, "The sea is near."),))
    return (Pack("towers", "en", (first, second), (entry,), (fact,)),)


async def test_the_form_asks_which_story(desk: Desk) -> None:
    form = await desk.world.moderator.slash(desk.world.channel, "qa add")

    menu = form.modal["components"][4]["component"]
    assert [option["value"] for option in menu["options"]] == ["north", "south"]
    assert all(len(option["label"]) <= 100 for option in menu["options"])
    assert menu["required"] is False


async def test_the_chosen_story_is_cited(desk: Desk) -> None:
    preview = await desk.fill_in(excerpt=BOTH, story=["south"])
    await desk.press(preview, "Confirm")

    (kept,) = await desk.own()
    assert [citation.story for citation in kept.citations] == ["south"]


async def test_without_a_choice_the_first_story_that_holds_it_is_cited(desk: Desk) -> None:
    await desk.press(await desk.fill_in(excerpt="Its lamp is red."), "Confirm")

    (kept,) = await desk.own()
    assert [citation.story for citation in kept.citations] == ["south"]


async def test_the_choice_stands_when_the_form_is_opened_again(desk: Desk) -> None:
    preview = await desk.fill_in(excerpt=BOTH, story=["south"])

    form = await desk.press(preview, "Edit")

    options = form.modal["components"][4]["component"]["options"]
    assert [option["value"] for option in options if option.get("default")] == ["south"]


async def test_an_excerpt_of_the_other_story_is_answered_with_the_closest_line(desk: Desk) -> None:
    refused = await desk.fill_in(excerpt="Its lamp is red.", story=["north"])

    assert "Its lamp is green." in texts(refused.response)
    await desk.press(refused, "Take this line")
    assert "Confirm" in buttons(refused.response)


async def test_a_form_with_four_thousand_characters_in_each_input_can_be_opened_again(desk: Desk) -> None:
    long = {"answer": "a" * 4000, "excerpt": "e" * 4000, "phrasings": "p" * 4000}
    refused = await desk.fill_in(**long)

    form = await desk.press(refused, "Edit again")

    inputs = [component["component"] for component in form.modal["components"][:4]]
    assert [part["value"] for part in inputs] == [QUESTION, *long.values()]
    assert ANSWER not in texts(refused.response)
