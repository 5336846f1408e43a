"""The inbox: what nobody could answer, most asked first, worked off by moderators alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import simcord

from bot import asking, curating, inbox
from bot.client import Feature
from bot.inbox.cards import EMPTY
from knowledge.curating import MAX_PHRASINGS
from knowledge.library import Library
from knowledge.model import AnswerSource, Author, Ended, Entry, EntryKind, Graded, Miss, Pack, SourceKind
from tests.bot.conftest import World, buttons, texts
from tests.bot.curating.conftest import Desk

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BUS = "Which bus goes from the harbour to the museum?"
DOG = "What is the name of her dog?"
PASSWORD = Entry(
    "password",
    ("What is the password of the watch party?", "watch party password"),
    "Swordfish.",
    author=Author(1, "Mia"),
)


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    return (Pack("nothing", "en", ()),)


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install, inbox.install)


def miss(
    question: str, times: int = 1, ended: Ended = Ended.UNKNOWN, source: AnswerSource | None = None
) -> Miss:
    return Miss(question, ended, times, NOON, NOON, source)


async def waiting(world: World, *misses: Miss) -> None:
    await world.bot.library.writable().misses.add(world.guild.id, misses)


async def opened(world: World) -> simcord.InteractionResult:
    return await world.moderator.slash(world.channel, "inbox")


async def press(world: World, card: simcord.InteractionResult, label: str) -> simcord.InteractionResult:
    return await world.moderator.click(card.response, label=label)


async def own(world: World) -> tuple[Entry, ...]:
    return (await world.bot.library.base(world.guild.id)).own


async def graded(world: World) -> tuple[Graded, ...]:
    return (await world.bot.library.owned(world.guild.id)).graded


def inputs_of(form: simcord.InteractionResult) -> dict[str, str]:
    """Return what stands in the inputs of a form."""
    assert form.modal is not None
    inputs = [label["component"] for label in form.modal["components"]]
    return {one["custom_id"]: one["value"] for one in inputs if one.get("value")}


async def test_an_empty_inbox_says_what_it_is_for(world: World) -> None:
    assert texts((await opened(world)).response) == EMPTY


async def test_what_was_asked_most_comes_first_and_nobody_is_named(world: World) -> None:
    await waiting(world, miss(DOG), miss(BUS, 3), miss("which bus goes from harbour to the museum", 2))
    card = await opened(world)
    assert card.response.ephemeral
    shown = texts(card.response)
    assert BUS in shown
    assert "Asked 5 times" in shown
    assert "which bus goes from harbour" in shown
    assert "2 questions waiting, 1 of 2" in shown
    turned = await press(world, card, "Next")
    assert DOG in texts(turned.response)
    assert BUS in texts((await press(world, turned, "Previous")).response)


async def test_a_wording_that_ended_in_two_ways_is_shown_once(world: World) -> None:
    alike = "which bus goes from harbour to the museum"
    await waiting(
        world, miss(BUS, 3), miss(alike), miss(alike, 1, Ended.CLOSEST), miss(BUS, 1, Ended.CLOSEST)
    )
    shown = texts((await opened(world)).response)
    assert shown.count(BUS) == shown.count(alike) == 1
    assert "I found nothing or I showed the nearest lines" in shown


async def test_a_new_entry_answers_its_question_which_then_waits_no_more(world: World) -> None:
    await waiting(world, miss(BUS, 2))
    form = await press(world, await opened(world), "New entry")
    preview = await world.moderator.submit_modal(form, {"question": BUS, "answer": "Line 4.", "excerpt": ""})
    assert await graded(world) == ()
    saved = await press(world, preview, "Confirm")
    [entry] = await own(world)
    assert entry.answer == "Line 4."
    assert [(one.question, one.entry) for one in await graded(world)] == [(BUS, entry.id)]
    assert texts((await opened(world)).response) == EMPTY
    await press(world, saved, "Undo")
    assert (await own(world), await graded(world)) == ((), ())


async def test_the_form_for_a_question_has_its_other_wordings_too(world: World) -> None:
    alike = "which bus goes from harbour to the museum"
    await waiting(world, miss(BUS, 3), miss(alike))
    form = await press(world, await opened(world), "New entry")
    assert inputs_of(form) == {"question": BUS, "phrasings": alike}


async def test_the_form_opens_in_time_where_so_many_wait_that_they_cannot_be_looked_through(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await waiting(world, miss(BUS, 3), miss("which bus goes from harbour to the museum"))
    card = await opened(world)

    async def looking_through(*_all: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("bot.inbox.waiting.inbox_of", looking_through)
    monkeypatch.setattr("bot.inbox.buttons.inbox_of", looking_through)
    monkeypatch.setattr("bot.inbox.waiting.AT_ONCE_SECONDS", 0.01)
    form = await press(world, card, "New entry")
    assert inputs_of(form) == {"question": BUS}


async def test_a_question_becomes_a_phrasing_after_a_preview_and_that_can_be_undone(world: World) -> None:
    await world.bot.library.save(world.guild.id, [PASSWORD])
    asked = "which word lets me in to the party on saturday"
    await waiting(world, miss(asked))
    card = await opened(world)
    label = next(one for one in buttons(card.response) if one.startswith("Same as: What is the password"))
    preview = await press(world, card, label)
    assert asked in texts(preview.response)
    assert "Swordfish." in texts(preview.response)
    assert await own(world) == (PASSWORD,)
    saved = await press(world, preview, "Confirm")
    assert "Saved" in texts(saved.response)
    [entry] = await own(world)
    assert entry.phrasings == (*PASSWORD.phrasings, asked)
    assert [(one.question, one.entry) for one in await graded(world)] == [(asked, "password")]
    undone = await press(world, saved, "Undo the last action")
    assert asked in texts(undone.response)
    assert await own(world) == (PASSWORD,)
    assert await graded(world) == ()


async def test_of_more_wordings_than_an_entry_can_have_as_many_are_taken_as_fit(world: World) -> None:
    wordings = [f"{BUS[:-1]}, number {n}?" for n in range(130)]
    await world.bot.library.save(world.guild.id, [PASSWORD])
    await waiting(world, miss(wordings[0], 9), *map(miss, wordings[1:]))
    preview = await press(world, await opened(world), "Not in the story")
    await press(world, preview, "Confirm")
    gap = (await own(world))[-1]
    assert (gap.kind, len(gap.phrasings)) == (EntryKind.GAP, MAX_PHRASINGS)


async def test_of_more_wordings_than_an_entry_has_room_for_the_rest_waits_on(world: World) -> None:
    known = (*PASSWORD.phrasings, *(f"{n} is the magic number" for n in range(MAX_PHRASINGS - 9)))
    cake = Entry("cake", ("what word is on the cake for the party",), "None.")
    await world.bot.library.save(world.guild.id, [replace(PASSWORD, phrasings=known), cake])
    words = ("saturday", "sunday", "monday", "today", "tonight", "now", "then", "later", "soon")
    asked = [f"which word lets me in to the party {when}" for when in words]
    await waiting(world, miss(asked[0], 9), *map(miss, asked[1:]))
    card = await opened(world)
    label = next(one for one in buttons(card.response) if one.startswith("Same as: What is the password"))
    preview = await press(world, card, label)
    assert "- and 2 more" in texts(preview.response)
    await press(world, preview, "Confirm")
    entry = next(one for one in await own(world) if one.id == PASSWORD.id)
    assert len(entry.phrasings) == MAX_PHRASINGS


async def test_an_entry_that_is_gone_since_is_told_from_a_question_that_waits_no_more(world: World) -> None:
    await world.bot.library.save(world.guild.id, [PASSWORD])
    await waiting(world, miss("which word lets me in to the party on saturday"))
    card = await opened(world)
    label = next(one for one in buttons(card.response) if one.startswith("Same as: What is the password"))
    await world.bot.library.remove(world.guild.id, "password")
    assert "That entry is not there any more" in (await press(world, card, label)).followups[-1].content


async def test_a_cancelled_preview_saves_nothing_and_leads_back(world: World) -> None:
    await waiting(world, miss(BUS))
    preview = await press(world, await opened(world), "Not in the story")
    back = await press(world, preview, "Cancel")
    assert "Nothing was saved" in texts(back.response)
    assert BUS in texts(back.response)
    assert await own(world) == ()


async def test_a_preview_that_was_cancelled_is_said_to_be_so_and_not_to_be_saved(
    world: World, tmp_path: Path
) -> None:
    await waiting(world, miss(BUS))
    preview = await press(world, await opened(world), "Not in the story")
    cancel = buttons(preview.response)["Cancel"]["custom_id"]
    _first, second = await Desk(world, tmp_path).press_twice_at_once(preview, cancel)
    assert "it was cancelled" in second.response.content
    assert "Nothing was saved" in texts(preview.response)
    assert await own(world) == ()


async def test_a_question_that_the_story_does_not_answer_becomes_a_gap(world: World) -> None:
    await waiting(world, miss(BUS))
    preview = await press(world, await opened(world), "Not in the story")
    assert "The story doesn't say." in texts(preview.response).replace("\\", "")
    saved = await press(world, preview, "Confirm")
    [gap] = await own(world)
    assert (gap.kind, gap.phrasings) == (EntryKind.GAP, (BUS,))
    assert [(one.question, one.entry) for one in await graded(world)] == [(BUS, gap.id)]
    assert EMPTY in texts(saved.response)
    await press(world, saved, "Undo the last action")
    assert await own(world) == ()


async def test_what_others_changed_since_is_not_taken_back_and_who_did_that_is_told(world: World) -> None:
    await waiting(world, miss(BUS))
    saved = await press(world, await press(world, await opened(world), "Not in the story"), "Confirm")
    [gap] = await own(world)
    await world.bot.library.save(world.guild.id, [replace(gap, phrasings=(BUS, "bus?"))], Author(5, "Mia"))
    refused = await press(world, saved, "Undo the last action")
    told = texts(refused.followups[-1])
    assert "Not taken back" in told
    assert "by **Mia**" in told
    assert "History" in buttons(refused.followups[-1])


async def test_undo_pressed_twice_is_said_to_be_done_already(world: World, tmp_path: Path) -> None:
    await waiting(world, miss(BUS))
    saved = await press(world, await press(world, await opened(world), "Not in the story"), "Confirm")
    undo = buttons(saved.response)["Undo the last action"]["custom_id"]
    _first, second = await Desk(world, tmp_path).press_twice_at_once(saved, undo)
    assert "Taken back already" in texts(second.followups[-1])
    assert await own(world) == ()


async def test_of_two_who_make_the_same_question_a_gap_the_second_is_led_back(world: World) -> None:
    await waiting(world, miss(BUS))
    first, second = [await press(world, await opened(world), "Not in the story") for _ in range(2)]
    await press(world, first, "Confirm")
    refused = await press(world, second, "Confirm")
    assert "press Cancel, and choose again" in refused.followups[-1].content
    assert EMPTY in texts((await press(world, second, "Cancel")).response)
    assert len(await own(world)) == 1


async def test_of_two_who_settle_the_same_question_otherwise_the_second_is_told(world: World) -> None:
    await world.bot.library.save(world.guild.id, [PASSWORD])
    asked = "which word lets me in to the party on saturday"
    await waiting(world, miss(asked))
    first, second = [await opened(world) for _ in range(2)]
    gap = await press(world, first, "Not in the story")
    label = next(one for one in buttons(second.response) if one.startswith("Same as: What is the password"))
    await press(world, await press(world, second, label), "Confirm")
    refused = await press(world, gap, "Confirm")
    assert "saved one for the same question" in refused.followups[-1].content
    assert [entry.id for entry in await own(world)] == ["password"]


async def test_a_dismissed_question_is_gone_until_that_is_undone_even_after_a_restart(world: World) -> None:
    await waiting(world, miss(BUS), miss(DOG, 2))
    dismissed = await press(world, await opened(world), "Dismiss")
    assert DOG in texts(dismissed.response)  # as what was dismissed
    assert "1 question waiting" in texts(dismissed.response)
    await world.restart()
    undone = await press(world, dismissed, "Undo the last action")
    assert "2 questions waiting" in texts(undone.response)


async def test_what_was_asked_again_since_it_was_dismissed_is_not_said_to_be_taken_back(world: World) -> None:
    await waiting(world, miss(BUS))
    dismissed = await press(world, await opened(world), "Dismiss")
    await waiting(world, miss(BUS))
    undone = texts((await press(world, dismissed, "Undo the last action")).response)
    assert "Nothing to take back" in undone
    assert BUS in undone


async def test_an_answer_that_was_no_help_waits_though_it_is_still_given(world: World) -> None:
    await world.bot.library.save(world.guild.id, [PASSWORD])
    source = AnswerSource(SourceKind.ENTRY, "password")
    await waiting(world, miss(PASSWORD.phrasings[0], 1, Ended.NOT_HELPFUL, source))
    shown = texts((await opened(world)).response)
    assert "my answer was no help" in shown
    assert "Answered with **password**" in shown


@pytest.mark.parametrize("label", ["New entry", "Not in the story", "Dismiss"])
async def test_a_button_for_a_question_that_waits_no_more_says_so(world: World, label: str) -> None:
    await waiting(world, miss(BUS))
    card = await opened(world)
    await world.bot.library.writable().misses.dismiss(world.guild.id, [miss(BUS)], NOON)
    pressed = await press(world, card, label)
    told = pressed.followups[-1] if pressed.followups else pressed.response
    assert "no longer waits" in told.content


@pytest.mark.parametrize("label", ["Next", "New entry", "Not in the story", "Dismiss"])
async def test_buttons_are_refused_once_the_role_was_taken_away(world: World, label: str) -> None:
    await waiting(world, miss(BUS), miss(DOG))
    card = await opened(world)
    world.dismiss_moderator()
    pressed = await press(world, card, label)
    assert "for moderators" in pressed.response.content
    assert len(await world.bot.library.misses(world.guild.id)) == 2


async def test_the_command_is_refused_for_members_who_see_it(world: World) -> None:
    world.let_in(world.alice, "inbox")
    result = await world.alice.slash(world.channel, "inbox")
    assert len(world.env.errors) == 1
    assert "for moderators" in result.response.content


async def test_a_preview_is_gone_after_a_restart_and_says_what_to_do(world: World) -> None:
    await waiting(world, miss(BUS))
    preview = await press(world, await opened(world), "Not in the story")
    await world.restart()
    pressed = await press(world, preview, "Confirm")
    assert "I no longer have this preview" in pressed.response.content
    assert await own(world) == ()


async def test_what_members_wrote_pings_and_formats_nothing(world: World) -> None:
    await waiting(world, miss("@everyone **look** <@123> what is her dog called https://evil.example"))
    shown = texts((await opened(world)).response)
    assert r"**\@everyone \*\*look\*\* \<\@123\>" in shown
    assert r"https\:\/\/evil.example" in shown


async def test_another_server_s_questions_are_not_shown(world: World) -> None:
    await world.bot.library.writable().misses.add(world.guild.id + 1, [miss("Where is the xyloquartz?")])
    assert texts((await opened(world)).response) == EMPTY
