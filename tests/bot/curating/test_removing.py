"""Looking at entries, and removing them."""

import dataclasses

import pytest

from bot.render.escape import unescape
from knowledge.model import MAX_ID, EntryKind
from knowledge.stories import cite
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import TOWER, Desk, entry


async def show(desk: Desk, wanted: str) -> str:
    shown = await desk.world.moderator.slash(desk.world.channel, "qa show", entry=wanted)
    assert shown.response.ephemeral
    return unescape(texts(shown.response))


async def test_show_tells_everything_about_an_entry(desk: Desk) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    await desk.keep(entry(1, phrasings=("Rule one?", "first rule?"), citations=(cite(story, TOWER),)))

    shown = await show(desk, "rule-01")

    for part in ("rule-01", "Rule one?", "first rule?", "Rule 1.", f"> {TOWER}", "A lamp at sea", "Ada"):
        assert part in shown
    assert "stale" not in shown


async def test_an_entry_is_found_by_one_of_its_questions_too(desk: Desk) -> None:
    await desk.keep(entry(1, phrasings=("Rule one?", "first rule?")))

    assert "rule-01" in await show(desk, " FIRST rule? ")


async def test_a_stale_excerpt_is_told_as_stale_and_not_quoted_as_the_storys(desk: Desk) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    old = dataclasses.replace(cite(story, TOWER), text_hash="0" * 64)
    await desk.keep(entry(1, citations=(old,)))

    shown = await show(desk, "rule-01")

    stale, nearest = shown.split("The nearest line now:")
    assert "stale" in stale
    assert "A lamp at sea" not in stale
    assert "A lamp at sea" in nearest


async def test_an_excerpt_of_a_story_that_is_gone_is_stale(desk: Desk) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    await desk.keep(entry(1, citations=(dataclasses.replace(cite(story, TOWER), story="gone"),)))

    assert "stale" in await show(desk, "rule-01")


async def test_a_gap_and_an_imported_entry_are_shown_as_such(desk: Desk) -> None:
    await desk.keep(entry(1, kind=EntryKind.GAP, answer="", author=None))

    shown = await show(desk, "rule-01")

    assert "The story does not say this." in shown
    assert "Imported." in shown


async def test_what_the_card_cannot_hold_comes_as_a_file(desk: Desk) -> None:
    await desk.keep(entry(1, phrasings=tuple(f"{number} {'x' * 250}?" for number in range(30))))

    shown = await desk.world.moderator.slash(desk.world.channel, "qa show", entry="rule-01")

    (more,) = shown.followups
    assert more.ephemeral
    assert [file.filename for file in more.attachments] == ["entry.txt"]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("qa show", "no such entry here"),
        ("qa edit", "no such entry here"),
        ("qa remove", "no such entry of its own"),
        ("qa hide", "No pack has such an entry"),
        ("qa unhide", "No such entry is hidden"),
        ("qa restore", "No such entry was removed"),
    ],
)
async def test_an_unknown_entry_is_one_kind_sentence(desk: Desk, command: str, sentence: str) -> None:
    await desk.keep(entry(1))

    refused = await desk.world.moderator.slash(desk.world.channel, command, entry="rule-99")

    assert len(desk.world.env.errors) == 1
    assert refused.response.ephemeral
    assert sentence in refused.response.content


async def test_entries_of_packs_are_not_the_servers_own(desk: Desk) -> None:
    refused = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="height")

    assert len(desk.world.env.errors) == 1
    assert "no such entry of its own" in refused.response.content


# Suggestions


@pytest.mark.parametrize(
    ("command", "also"), [("qa show", ["height"]), ("qa edit", ["height"]), ("qa remove", [])]
)
async def test_suggestions_are_the_servers_own_entries_first(
    desk: Desk, command: str, also: list[str]
) -> None:
    await desk.keep(entry(1), entry(2))

    choices = await desk.world.moderator.autocomplete(desk.world.channel, command, "entry", "")

    assert [choice["value"] for choice in choices] == ["rule-01", "rule-02", *also]
    assert "What is rule 1 of this server?" in choices[0]["name"]


@pytest.mark.parametrize("typed", ["rule-02", "what is rule 2 of this"])
async def test_suggestions_begin_with_what_is_typed(desk: Desk, typed: str) -> None:
    await desk.keep(entry(1), entry(2), entry(3))

    choices = await desk.world.moderator.autocomplete(desk.world.channel, "qa remove", "entry", typed)

    assert choices[0]["value"] == "rule-02"
    assert "height" not in [choice["value"] for choice in choices]


async def test_suggestions_keep_to_the_limits_of_discord(desk: Desk) -> None:
    await desk.keep(*(entry(number, phrasings=(f"{number} {'x' * 290}",)) for number in range(30)))

    choices = await desk.world.moderator.autocomplete(desk.world.channel, "qa show", "entry", "")

    assert len(choices) == 25
    assert all(len(choice["name"]) <= 100 for choice in choices)


# Removing


async def test_an_entry_is_shown_before_it_is_removed(desk: Desk) -> None:
    await desk.keep(entry(1))

    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")

    assert asked.response.ephemeral
    assert "Remove this entry?" in texts(asked.response)
    assert "Rule 1." in texts(asked.response)
    assert list(buttons(asked.response)) == ["Remove it", "Keep it"]
    assert await desk.own() == (entry(1),)


async def test_a_removed_entry_is_gone_and_shown_once_more(desk: Desk) -> None:
    await desk.keep(entry(1), entry(2))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")

    await desk.press(asked, "Remove it")

    assert "**Removed.**" in texts(asked.response)
    assert "Rule 1." in texts(asked.response)
    assert list(buttons(asked.response)) == ["Undo"]
    assert await desk.own() == (entry(2),)


async def test_the_next_question_no_longer_gets_the_answer(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")
    await desk.press(asked, "Remove it")

    answered = await desk.world.alice.slash(
        desk.world.channel, "ask", question="What is rule 1 of this server?"
    )

    assert "Rule 1." not in texts(answered.response)


async def test_what_somebody_changed_meanwhile_is_shown_before_it_is_removed(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")
    changed = entry(1, answer="Rule 1, as it is now.")
    await desk.keep(changed)

    await desk.press(asked, "Remove it")

    assert "somebody changed this entry" in texts(asked.response)
    assert changed.answer in texts(asked.response)
    assert await desk.own() == (changed,)
    await desk.press(asked, "Remove it")
    assert "**Removed.**" in texts(asked.response)
    assert await desk.own() == ()


async def test_the_buttons_of_the_longest_id_are_there(desk: Desk) -> None:
    await desk.keep(entry(1, id="x" * MAX_ID))

    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="x" * MAX_ID)

    assert list(buttons(asked.response)) == ["Remove it", "Keep it"]


async def test_keeping_an_entry_keeps_it(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")

    await desk.press(asked, "Keep it")

    assert "stays" in texts(asked.response)
    assert await desk.own() == (entry(1),)


async def test_the_buttons_work_after_a_restart(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")
    await desk.world.restart()

    await desk.press(asked, "Remove it")

    assert await desk.own() == ()


async def test_what_somebody_else_has_removed_is_not_there_any_more(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")
    await desk.world.bot.library.remove(desk.world.guild.id, "rule-01")

    pressed = await desk.press(asked, "Remove it")

    assert "not there any more" in pressed.followups[0].content


async def test_a_double_click_removes_once(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")
    custom_id = buttons(asked.response)["Remove it"]["custom_id"]

    await desk.press_twice_at_once(asked, custom_id)

    assert await desk.own() == ()
    assert "**Removed.**" in texts(asked.response)


async def test_a_locked_database_keeps_the_entry_and_says_so(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="rule-01")
    with desk.locked():
        pressed = await desk.press(asked, "Remove it")

    assert "cannot be used just now" in pressed.followups[0].content
    assert await desk.own() == (entry(1),)
    await desk.press(asked, "Remove it")
    assert await desk.own() == ()
