"""Every command, button, form and suggestion of `/story` is for moderators, whoever Discord lets in."""

import pytest
import simcord

from knowledge.model import OwnStory
from tests.bot.conftest import texts
from tests.bot.stories.conftest import STORY, TEXT, Shelf

FILE = ("balloon.txt", TEXT.encode())
COMMANDS = {
    "add": {"file": FILE},
    "replace": {"story": "the-balloon", "file": FILE},
    "remove": {"story": "the-balloon"},
    "list": {},
    "read": {"story": "the-balloon"},
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_members_do_not_see_the_commands(shelf: Shelf, command: str) -> None:
    with pytest.raises(simcord.SetupError, match="not visible"):
        await shelf.do(command, shelf.world.alice, **COMMANDS[command])


async def test_nobody_sees_them_in_direct_messages(shelf: Shelf) -> None:
    assert not any(one.startswith("story") for one in shelf.world.moderator.user.available_commands())


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_member_whom_the_settings_let_in_is_refused(shelf: Shelf, command: str) -> None:
    await shelf.keep(STORY)
    shelf.world.let_in(shelf.world.alice, "story")
    refused = await shelf.do(command, shelf.world.alice, **COMMANDS[command])
    assert refused.modal is None
    assert refused.response.ephemeral
    assert "for moderators" in refused.response.content
    assert len(shelf.world.env.errors) == 1


@pytest.mark.parametrize("command", ["replace", "remove", "read"])
async def test_such_a_member_gets_no_suggestions(shelf: Shelf, command: str) -> None:
    await shelf.keep(STORY)
    world = shelf.world
    world.let_in(world.alice, "story")
    assert await world.alice.autocomplete(world.channel, f"story {command}", "story", "ball") == []


@pytest.mark.parametrize("label", ["Confirm", "Edit", "Cancel"])
async def test_the_buttons_of_a_preview_check_again(shelf: Shelf, label: str) -> None:
    preview = await shelf.paste(await shelf.do("add"))
    before = texts(preview.response)
    shelf.world.dismiss_moderator()
    refused = await shelf.press(preview, label)
    assert "for moderators" in refused.response.content
    assert refused.modal is None
    assert texts(preview.response) == before
    assert (await shelf.owned()).stories == ()


@pytest.mark.parametrize("label", ["Remove it", "Keep it"])
async def test_the_buttons_below_a_story_check_again(shelf: Shelf, label: str) -> None:
    await shelf.keep(STORY)
    asked = await shelf.do("remove", story="the-balloon")
    shelf.world.dismiss_moderator()
    refused = await shelf.press(asked, label)
    assert "for moderators" in refused.response.content
    assert (await shelf.owned()).stories == (STORY,)


async def test_the_pages_of_the_list_and_of_a_story_check_again(shelf: Shelf) -> None:
    long = OwnStory(
        "long", "\n\n".join(f"This is sentence {n} of a long story." for n in range(200)), source=STORY.source
    )
    await shelf.keep(long, *(OwnStory(f"story-{n}", f"This is story number {n}.") for n in range(9)))
    cards = [await shelf.do("list"), await shelf.do("read", story="long")]
    shelf.world.dismiss_moderator()
    for card in cards:
        assert "for moderators" in (await shelf.press(card, "Next")).response.content


async def test_a_form_sent_after_the_role_was_taken_away_is_given_back(shelf: Shelf) -> None:
    form = await shelf.do("add")
    shelf.world.dismiss_moderator()
    refused = await shelf.paste(form)
    assert "for moderators" in shelf.refused(refused)
    assert len(refused.response.attachments) == 1
    assert (await shelf.owned()).stories == ()
