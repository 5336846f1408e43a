"""Undo, `/qa revert` and `/qa restore`: what was changed is taken back, which is a change itself."""

import dataclasses

import pytest
import simcord

from bot.render.escape import unescape
from knowledge.model import Alias, Author, OwnStory
from knowledge.owned import drop, put
from knowledge.stories import cite
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import ANSWER, QUESTION, TOWER, Desk, entry

MIA = Author(5, "Mia")


def shown(card: object) -> str:
    return unescape(texts(getattr(card, "response", card)))


async def revert(desk: Desk, number: int) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa revert", change=number)


async def restore(desk: Desk, wanted: str) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa restore", entry=wanted)


async def remove(desk: Desk, wanted: str) -> simcord.InteractionResult:
    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry=wanted)
    await desk.press(asked, "Remove it")
    return asked


# Undo


async def test_a_saved_entry_is_gone_after_undo_and_back_after_undoing_that(desk: Desk) -> None:
    card = await desk.fill_in(excerpt=TOWER)
    await desk.press(card, "Confirm")
    (saved,) = await desk.own()

    await desk.press(card, "Undo")
    assert "**Taken back.**" in shown(card)
    assert f"- Answer: ~~{ANSWER}~~" in shown(card)
    assert await desk.own() == ()
    asked = await desk.world.alice.slash(desk.world.channel, "ask", question=QUESTION)
    assert ANSWER not in shown(asked)

    await desk.press(card, "Undo")
    assert await desk.own() == (saved,)


async def test_a_removed_entry_is_back_after_undo(desk: Desk) -> None:
    await desk.keep(entry(1))
    card = await remove(desk, "rule-01")

    await desk.press(card, "Undo")

    assert await desk.own() == (entry(1),)


async def test_undo_works_after_a_restart(desk: Desk) -> None:
    await desk.keep(entry(1))
    card = await remove(desk, "rule-01")
    await desk.world.restart()

    await desk.press(card, "Undo")

    assert await desk.own() == (entry(1),)


async def test_undo_pressed_twice_takes_back_once(desk: Desk) -> None:
    await desk.keep(entry(1))
    card = await remove(desk, "rule-01")
    custom_id = buttons(card.response)["Undo"]["custom_id"]

    _first, second = await desk.press_twice_at_once(card, custom_id)

    assert await desk.own() == (entry(1),)
    assert "Taken back already" in texts(second.followups[0])


async def test_what_was_changed_since_is_not_taken_back(desk: Desk) -> None:
    card = await desk.fill_in()
    await desk.press(card, "Confirm")
    (saved,) = await desk.own()
    later = dataclasses.replace(saved, answer="Later.")
    await desk.world.bot.library.save(desk.world.guild.id, [later], MIA)

    pressed = await desk.press(card, "Undo")

    (refusal,) = pressed.followups
    assert refusal.ephemeral
    assert "Not taken back" in texts(refusal)
    assert "changed again since, by **Mia**" in texts(refusal)
    assert await desk.own() == (later,)
    history = await desk.press(refusal, "History")
    assert "~~The golden ones, says the moderator.~~ **Later.**" in shown(history)


# Revert


async def test_a_change_is_shown_before_it_is_taken_back(desk: Desk) -> None:
    await desk.keep(entry(1))
    await desk.keep(entry(1, answer="Other."))

    asked = await revert(desk, 2)

    assert asked.response.ephemeral
    assert "Nothing has happened yet" in shown(asked)
    assert "- Answer: ~~Rule 1.~~ **Other.**" in shown(asked)
    assert "**moderator** took back change 2: changed the entry **rule-01**: answer" in shown(asked)
    assert list(buttons(asked.response)) == ["Take it back", "Leave it"]
    assert (await desk.own())[0].answer == "Other."
    await desk.press(asked, "Take it back")
    assert await desk.own() == (entry(1),)


async def test_a_change_can_be_left_as_it_is(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await revert(desk, 1)

    await desk.press(asked, "Leave it")

    assert "Nothing was taken back" in shown(asked)
    assert await desk.own() == (entry(1),)


async def test_the_question_can_be_answered_after_a_restart(desk: Desk) -> None:
    await desk.keep(entry(1))
    asked = await revert(desk, 1)
    await desk.world.restart()

    await desk.press(asked, "Take it back")

    assert await desk.own() == ()


async def test_a_change_of_many_things_goes_back_as_a_whole(desk: Desk) -> None:
    await desk.keep(*map(entry, range(30)))

    asked = await revert(desk, 1)
    assert "and 27 more" in shown(asked)
    await desk.press(asked, "Take it back")

    assert await desk.own() == ()


async def test_other_things_than_entries_go_back_too(desk: Desk) -> None:
    library, server = desk.world.bot.library, desk.world.guild.id
    await library.change(server, [put(Alias("twr", "the tower"))], MIA)

    await desk.press(await revert(desk, 1), "Take it back")

    assert (await library.base(server)).aliases == ()


async def test_an_unknown_change_is_one_sentence(desk: Desk) -> None:
    refused = await revert(desk, 7)

    assert len(desk.world.env.errors) == 1
    assert "There is no change 7 here" in refused.response.content


async def test_the_text_of_a_removed_story_is_not_kept(desk: Desk) -> None:
    library, server = desk.world.bot.library, desk.world.guild.id
    story = OwnStory("sea", "The sea is near.")
    await library.change(server, [put(story)])
    await library.change(server, [drop(story)])

    refused = await revert(desk, 2)

    assert len(desk.world.env.errors) == 1
    assert "is not kept" in refused.response.content


@pytest.mark.parametrize(("typed", "numbers"), [("", [3, 2, 1]), ("2", [2]), ("twr", [3]), ("nothing", [])])
async def test_suggestions_are_the_last_changes_in_words(desk: Desk, typed: str, numbers: list[int]) -> None:
    await desk.keep(entry(1))
    await desk.keep(entry(1, answer="Other."))
    await desk.world.bot.library.change(desk.world.guild.id, [put(Alias("twr", "the tower"))], MIA)

    choices = await desk.world.moderator.autocomplete(desk.world.channel, "qa revert", "change", typed)

    assert [choice["value"] for choice in choices] == numbers
    if 3 in numbers:
        assert choices[0]["name"] == "3: Mia added the alias twr, for the tower"


# Restore


async def test_a_removed_entry_is_brought_back(desk: Desk) -> None:
    await desk.keep(entry(1), entry(2))
    await remove(desk, "rule-01")

    done = await restore(desk, "What is rule 1 of this server?")

    assert done.response.ephemeral
    assert "**Restored.**" in shown(done)
    assert set(await desk.own()) == {entry(1), entry(2)}
    await desk.press(done, "Undo")
    assert await desk.own() == (entry(2),)


async def test_a_restored_entry_that_is_stale_is_not_said_to_be_answered_with(desk: Desk) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    old = dataclasses.replace(cite(story, TOWER), text_hash="0" * 64)
    await desk.keep(entry(1, citations=(old,)))
    await remove(desk, "rule-01")

    done = await restore(desk, "rule-01")

    assert "I answer with it once that is mended" in shown(done)
    assert "from the next question on" not in shown(done)


async def test_a_removal_that_is_taken_back_says_so_too_where_the_entry_is_stale(desk: Desk) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    old = dataclasses.replace(cite(story, TOWER), text_hash="0" * 64)
    await desk.keep(entry(1, citations=(old,)))
    card = await remove(desk, "rule-01")

    await desk.press(card, "Undo")

    assert "I answer once that is mended" in shown(card)
    assert "from the next question on" not in shown(card)


async def test_suggestions_are_what_was_removed_the_last_first(desk: Desk) -> None:
    await desk.keep(*map(entry, range(4)))
    for number in (1, 2):
        await remove(desk, f"rule-{number:02}")

    async def offered(typed: str) -> list[str]:
        choices = await desk.world.moderator.autocomplete(desk.world.channel, "qa restore", "entry", typed)
        return [choice["value"] for choice in choices]

    assert await offered("") == ["rule-02", "rule-01"]
    assert await offered("RULE 1 of") == ["rule-01"]


async def test_an_entry_is_restored_by_its_id_however_many_were_removed_since(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.curating.finding.REMOVED", 1)
    await desk.keep(entry(1), entry(2))
    await remove(desk, "rule-01")
    await remove(desk, "rule-02")

    await restore(desk, " rule-01 ")

    assert await desk.own() == (entry(1),)


async def test_an_entry_that_is_there_again_is_not_restored(desk: Desk) -> None:
    await desk.keep(entry(1))
    await remove(desk, "rule-01")
    await desk.keep(entry(1, answer="New."))

    refused = await restore(desk, "rule-01")

    assert len(desk.world.env.errors) == 1
    assert "No such entry was removed here" in refused.response.content
    assert (await desk.own())[0].answer == "New."


async def test_no_server_restores_what_another_removed(desk: Desk) -> None:
    library = desk.world.bot.library
    await library.save(desk.world.guild.id + 1, [entry(1)])
    await library.remove(desk.world.guild.id + 1, "rule-01")

    assert "No such entry was removed here" in (await restore(desk, "rule-01")).response.content
    assert len(desk.world.env.errors) == 1
    assert await desk.world.moderator.autocomplete(desk.world.channel, "qa restore", "entry", "") == []


# The database


async def test_a_locked_database_is_told_and_undo_works_later(desk: Desk) -> None:
    await desk.keep(entry(1))
    card = await remove(desk, "rule-01")
    with desk.locked():
        pressed = await desk.press(card, "Undo")

    assert "cannot be used just now" in pressed.followups[0].content
    await desk.press(card, "Undo")
    assert await desk.own() == (entry(1),)
