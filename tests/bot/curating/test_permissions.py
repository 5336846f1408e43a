"""Every command, button, form and suggestion of `/qa` is for moderators, whoever Discord lets in."""

import pytest
import simcord

from knowledge.model import Alias, Hidden
from knowledge.owned import put
from tests.bot.conftest import World, texts
from tests.bot.curating.conftest import ANSWER, QUESTION, TOWER, Desk, entry

COMMANDS = {
    "qa add": {},
    "qa show": {"entry": "rule-01"},
    "qa list": {},
    "qa remove": {"entry": "rule-01"},
    "qa gap": {},
    "qa edit": {"entry": "rule-01"},
    "qa phrase": {"entry": "rule-01", "phrasing": "Which rule is it?"},
    "qa restore": {"entry": "rule-01"},
    "qa hide": {"entry": "height"},
    "qa unhide": {"entry": "height"},
    "qa history": {},
    "qa revert": {"change": 1},
    "qa explain": {"question": "What is rule 1?"},
    "qa alias add": {"alias": "twr", "means": "the tower"},
    "qa alias remove": {"alias": "twr"},
    "qa alias list": {},
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_members_do_not_see_the_commands(world: World, command: str) -> None:
    with pytest.raises(simcord.SetupError, match="not visible"):
        await world.alice.slash(world.channel, command, **COMMANDS[command])


async def test_nobody_sees_them_in_direct_messages(world: World) -> None:
    assert not any(command.startswith("qa") for command in world.moderator.user.available_commands())
    assert any(command.startswith("qa") for command in world.moderator.available_commands(world.channel))


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_member_whom_the_settings_let_in_is_refused(desk: Desk, command: str) -> None:
    await desk.keep(entry(1))
    desk.let_in(desk.world.alice)

    refused = await desk.world.alice.slash(desk.world.channel, command, **COMMANDS[command])

    assert len(desk.world.env.errors) == 1
    assert refused.modal is None
    assert refused.response.ephemeral
    assert "for moderators" in refused.response.content


SUGGESTIONS = {
    "qa show": "entry",
    "qa edit": "entry",
    "qa phrase": "entry",
    "qa remove": "entry",
    "qa restore": "entry",
    "qa hide": "entry",
    "qa unhide": "entry",
    "qa history": "entry",
    "qa revert": "change",
}


@pytest.mark.parametrize(("command", "option"), SUGGESTIONS.items())
async def test_such_a_member_gets_no_suggestions(desk: Desk, command: str, option: str) -> None:
    library, server = desk.world.bot.library, desk.world.guild.id
    await desk.keep(entry(1), entry(2))
    await library.remove(server, "rule-02")
    if command == "qa unhide":
        await library.change(server, [put(Hidden("height"))])
    desk.let_in(desk.world.alice)

    assert await desk.world.alice.autocomplete(desk.world.channel, command, option, "") == []
    assert await desk.world.moderator.autocomplete(desk.world.channel, command, option, "") != []


async def test_such_a_member_gets_no_aliases_suggested(desk: Desk) -> None:
    await desk.world.bot.library.change(desk.world.guild.id, [put(Alias("twr", "the tower"))])
    desk.let_in(desk.world.alice)

    assert await desk.world.alice.autocomplete(desk.world.channel, "qa alias remove", "alias", "t") == []
    assert await desk.world.moderator.autocomplete(desk.world.channel, "qa alias remove", "alias", "t") != []


async def test_a_form_sent_after_the_role_was_taken_away_saves_nothing_and_is_given_back(desk: Desk) -> None:
    form = await desk.world.moderator.slash(desk.world.channel, "qa add")
    desk.dismiss_moderator()

    refused = await desk.world.moderator.submit_modal(form, {"question": QUESTION, "answer": ANSWER})

    assert "for moderators" in refused.response.content
    assert len(refused.response.attachments) == 1
    assert len(desk.world.env.errors) <= 1
    assert await desk.own() == ()


@pytest.mark.parametrize("label", ["Confirm", "Edit", "Cancel"])
async def test_the_buttons_of_a_preview_check_again(desk: Desk, label: str) -> None:
    preview = await desk.fill_in()
    before = texts(preview.response)
    desk.dismiss_moderator()

    refused = await desk.press(preview, label)

    assert "for moderators" in refused.response.content
    assert refused.modal is None
    assert texts(preview.response) == before
    assert await desk.own() == ()


async def test_the_button_of_an_offered_line_checks_again(desk: Desk) -> None:
    offered = await desk.fill_in(excerpt=TOWER.upper())
    desk.dismiss_moderator()

    refused = await desk.press(offered, "Take this line")

    assert "for moderators" in refused.response.content


@pytest.mark.parametrize("label", ["Remove it", "Keep it"])
async def test_the_buttons_below_an_entry_check_again(desk: Desk, label: str) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")
    desk.dismiss_moderator()

    refused = await desk.press(asked, label)

    assert "for moderators" in refused.response.content
    assert await desk.own() == (entry(1),)


async def test_the_pages_of_the_list_check_again(desk: Desk) -> None:
    await desk.keep(*map(entry, range(11)))
    listed = await desk.world.moderator.slash(desk.world.channel, "qa list")
    desk.dismiss_moderator()

    refused = await desk.press(listed, "Next")

    assert "for moderators" in refused.response.content


@pytest.mark.parametrize(
    ("command", "options", "label"),
    [
        ("qa show", {"entry": "rule-01"}, "Edit"),
        ("qa show", {"entry": "rule-01"}, "Remove"),
        ("qa show", {"entry": "rule-01"}, "History"),
        ("qa revert", {"change": 1}, "Take it back"),
        ("qa revert", {"change": 1}, "Leave it"),
        ("qa hide", {"entry": "height"}, "Undo"),
        ("qa history", {}, "Older"),
    ],
)
async def test_the_other_buttons_check_again(
    desk: Desk, command: str, options: dict[str, object], label: str
) -> None:
    library, server = desk.world.bot.library, desk.world.guild.id
    for number in range(6):
        await desk.keep(entry(1, answer=str(number)))
    card = await desk.world.moderator.slash(desk.world.channel, command, **options)
    before, version = texts(card.response), await library.writable().version(server)
    desk.dismiss_moderator()

    refused = await desk.press(card, label)

    assert "for moderators" in refused.response.content
    assert refused.modal is None
    assert texts(card.response) == before
    assert await library.writable().version(server) == version


@pytest.mark.parametrize("label", ["Make it a phrasing of rule-01 instead", "Back to the new entry"])
async def test_the_buttons_about_a_near_duplicate_check_again(desk: Desk, label: str) -> None:
    await desk.keep(entry(1, phrasings=("Which boots did she wear on that night?",)))
    preview = await desk.fill_in()
    if label.startswith("Back"):
        await desk.press(preview, "Make it a phrasing of rule-01 instead")
    desk.dismiss_moderator()

    refused = await desk.press(preview, label)

    assert "for moderators" in refused.response.content


async def test_the_form_of_an_entry_checks_again(desk: Desk) -> None:
    await desk.keep(entry(1))
    form = await desk.world.moderator.slash(desk.world.channel, "qa edit", entry="rule-01")
    desk.dismiss_moderator()

    refused = await desk.world.moderator.submit_modal(form, {"question": QUESTION, "answer": ANSWER})

    assert "for moderators" in refused.response.content
    assert len(desk.world.env.errors) <= 1
    assert await desk.own() == (entry(1),)


async def test_another_moderator_cannot_take_over_a_draft(desk: Desk) -> None:
    world = desk.world
    preview = await desk.fill_in()
    message = world.env.backend.get_message(world.channel.id, preview.response.id)
    message.flags &= ~64  # as if it were visible to all
    other = world.guild.add_member(world.env.create_user("second"), roles=[world.guild.roles["Moderators"]])

    refused = await desk.press(preview, "Confirm", other)

    assert "no longer have this draft" in refused.response.content
    assert await desk.own() == ()
