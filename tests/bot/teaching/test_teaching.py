"""*Teach from this* and *Wrong answer*: what happens in a channel teaches the bot, by moderators alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord
from simcord.results import ResponseMessage

from bot import asking, curating, inbox, teaching
from bot.client import Feature
from bot.teaching.commands import NO_ANSWER, NO_TEXT
from knowledge.library import Library
from knowledge.model import Author, Entry, EntryKind, Graded, Pack, Setting
from knowledge.owned import put
from knowledge.settings import PACKS_OFF
from tests.bot.conftest import World, buttons, texts
from tests.bot.curating.conftest import packs as small_packs

packs = small_packs

TEACH, WRONG = "Teach from this", "Wrong answer"
CAKE = Entry("cake", ("Is there cake at the watch party?",), "On Sundays.", author=Author(1, "Mia"))
TEA = Entry("tea", ("Is there tea at the watch party?",), "Every day.", author=Author(1, "Mia"))
ASKED = "is there green tea and cake at the watch party"


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install, inbox.install, teaching.install)


async def use(
    world: World, name: str, message: object, who: simcord.MemberActor | None = None
) -> simcord.InteractionResult:
    return await (who or world.moderator).context_menu(world.channel, name, message)


async def answered(world: World, question: str = CAKE.phrasings[0]) -> simcord.InteractionResult:
    await world.bot.library.save(world.guild.id, [CAKE, TEA])
    return await world.alice.slash(world.channel, "ask", question=question)


async def wrong(world: World, question: str = CAKE.phrasings[0]) -> simcord.InteractionResult:
    return await use(world, WRONG, (await answered(world, question)).response)


async def press(world: World, card: simcord.InteractionResult, label: str) -> simcord.InteractionResult:
    return await world.moderator.click(card.response, label=label)


async def pick(world: World, card: simcord.InteractionResult, entry: str) -> simcord.InteractionResult:
    return await world.moderator.select(card.response, [entry], custom_id=menu_of(card.response)["custom_id"])


def menu_of(message: discord.Message | ResponseMessage) -> dict[str, Any]:
    rows = [part if isinstance(part, dict) else part.to_dict() for part in message.components]
    parts = [part for row in rows for part in row.get("components") or []]
    return next(part for part in parts if part["type"] == discord.ComponentType.select.value)


async def own(world: World) -> dict[str, Entry]:
    return {entry.id: entry for entry in (await world.bot.library.base(world.guild.id)).own}


async def graded(world: World) -> dict[str, str | None]:
    return {one.question: one.entry for one in await world.bot.library.graded(world.guild.id)}


def question_in(form: simcord.InteractionResult) -> str:
    assert form.modal is not None
    first = form.modal["components"][0]["component"]
    assert first["custom_id"] == "question"
    return str(first["value"])


async def test_a_message_becomes_the_question_of_a_new_entry(world: World) -> None:
    message = await world.alice.send(world.channel, "where do we meet\n  on saturday?")
    form = await use(world, TEACH, message)
    assert question_in(form) == "where do we meet on saturday?"
    preview = await world.moderator.submit_modal(
        form, {"question": "Where do we meet on Saturday?", "answer": "At the harbour."}
    )
    await press(world, preview, "Confirm")
    assert [entry.answer for entry in (await own(world)).values()] == ["At the harbour."]


async def test_of_an_answer_of_the_bot_s_its_question_is_taken(world: World) -> None:
    assert question_in(await use(world, TEACH, (await answered(world)).response)) == CAKE.phrasings[0]


async def test_of_an_answer_to_a_mention_the_question_is_found(world: World) -> None:
    await world.bot.library.save(world.guild.id, [CAKE])
    await world.alice.send(world.channel, f"{world.mention} {CAKE.phrasings[0]}")
    assert question_in(await use(world, TEACH, world.last)) == CAKE.phrasings[0]


async def test_a_message_that_is_too_long_is_cut_at_a_word_and_that_is_said(world: World) -> None:
    message = await world.alice.send(world.channel, "why " * 100)
    form = await use(world, TEACH, message)
    question = question_in(form)
    assert len(question) <= 300
    assert question.endswith("why")
    assert "399 characters" in form.followups[-1].content


async def test_a_message_without_text_teaches_nothing(world: World) -> None:
    message = await world.alice.send(world.channel, "?!")
    assert (await use(world, TEACH, message)).response.content == NO_TEXT
    assert len(world.env.errors) == 1


async def test_a_wrong_answer_is_shown_with_the_entries_that_may_be_right(world: World) -> None:
    card = await wrong(world)
    assert card.response.ephemeral
    shown = texts(card.response)
    assert CAKE.phrasings[0] in shown
    assert "On Sundays." in shown
    assert "From **cake**" in shown
    offered = [option["value"] for option in menu_of(card.response)["options"]]
    assert offered[0] == "tea"
    assert "cake" not in offered
    assert len(offered) <= 25


async def test_the_chosen_entry_gets_the_question_and_is_kept_as_right_for_it(world: World) -> None:
    preview = await pick(world, await wrong(world, ASKED), "tea")
    assert ASKED in texts(preview.response)
    assert await own(world) == {"cake": CAKE, "tea": TEA}
    saved = await press(world, preview, "Confirm")
    assert "Saved" in texts(saved.response)
    assert (await own(world))["tea"].phrasings == (*TEA.phrasings, ASKED)
    assert await graded(world) == {ASKED: "tea"}
    again = await world.alice.slash(world.channel, "ask", question=ASKED)
    assert "Every day." in texts(again.response)
    await press(world, saved, "Undo")
    assert await own(world) == {"cake": CAKE, "tea": TEA}
    assert await graded(world) == {}


async def test_a_question_that_the_story_does_not_answer_becomes_a_gap(world: World) -> None:
    preview = await press(world, await wrong(world, ASKED), "Not in the story")
    assert "The story doesn't say." in texts(preview.response).replace("\\", "")
    await press(world, preview, "Confirm")
    [gap] = [entry for entry in (await own(world)).values() if entry.kind is EntryKind.GAP]
    assert gap.phrasings == (ASKED,)
    assert await graded(world) == {ASKED: gap.id}


async def test_a_new_entry_has_the_question_filled_in_and_is_kept_as_right_for_it(world: World) -> None:
    form = await press(world, await wrong(world, ASKED), "New entry")
    assert question_in(form) == ASKED
    preview = await world.moderator.submit_modal(
        form, {"question": "Is there green tea and cake?", "answer": "Both."}
    )
    assert await graded(world) == {}
    saved = await press(world, preview, "Confirm")
    [made] = [entry for entry in (await own(world)).values() if entry.answer == "Both."]
    assert made.phrasings == ("Is there green tea and cake?",)
    assert await graded(world) == {ASKED: made.id}
    await press(world, saved, "Undo")
    assert await graded(world) == {}


async def test_a_new_entry_that_becomes_a_phrasing_instead_is_graded_as_that(world: World) -> None:
    form = await press(world, await wrong(world, ASKED), "New entry")
    preview = await world.moderator.submit_modal(
        form, {"question": "Is there tea at the watch party then?", "answer": "Yes."}
    )
    instead = await press(world, preview, "Make it a phrasing of tea instead")
    await press(world, instead, "Confirm")
    assert await graded(world) == {ASKED: "tea"}


async def find(world: World, card: simcord.InteractionResult, search: str) -> simcord.InteractionResult:
    form = await press(world, card, "Another entry")
    return await world.moderator.submit_modal(form, {"search": search})


async def test_an_entry_that_the_menu_has_no_room_for_is_found_by_its_words(world: World) -> None:
    many = [Entry(f"rule-{n}", (f"What is rule {n} of this club?",), f"Rule {n}.") for n in range(30)]
    boots = Entry("boots", ("Which boots did the keeper wear?",), "The golden ones.")
    await world.bot.library.save(world.guild.id, [*many, boots])
    card = await wrong(world)
    assert "boots" not in [option["value"] for option in menu_of(card.response)["options"]]
    await world.restart()

    found = await find(world, card, "boots the keeper wore")

    assert "most like “boots the keeper wore”" in texts(found.response)
    assert "On Sundays." in texts(found.response)
    assert menu_of(found.response)["options"][0]["value"] == "boots"
    await press(world, await pick(world, found, "boots"), "Confirm")
    assert await graded(world) == {CAKE.phrasings[0]: "boots"}


async def test_a_gap_is_found_by_its_id_and_what_is_like_nothing_is_told_unformatted(world: World) -> None:
    gap = Entry("no-dogs", ("Are there any dogs?",), kind=EntryKind.GAP)
    await world.bot.library.save(world.guild.id, [gap])
    found = await find(world, await wrong(world), "no-dogs")
    assert menu_of(found.response)["options"][0]["value"] == "no-dogs"

    found = await find(world, found, "@everyone **zzz**")

    assert r"No entry is like “\@everyone \*\*zzz\*\*”" in texts(found.response)
    assert "Another entry" in buttons(found.response)


async def test_a_search_is_refused_once_the_role_was_taken_away(world: World) -> None:
    form = await press(world, await wrong(world), "Another entry")
    world.dismiss_moderator()
    refused = await world.moderator.submit_modal(form, {"search": "tea"})
    assert len(world.env.errors) == 1
    assert "for moderators" in refused.response.content


async def test_what_was_said_then_is_shown_though_something_else_is_said_now(world: World) -> None:
    told = await answered(world)
    await world.bot.library.save(world.guild.id, [replace(CAKE, answer="Never.")])
    card = await use(world, WRONG, told.response)
    assert "On Sundays." in texts(card.response)
    assert "Never." not in texts(card.response)


async def test_the_preview_tells_what_else_changes(world: World) -> None:
    preview = await pick(world, await wrong(world, ASKED), "tea")
    assert "**What else changes**" in texts(preview.response)
    assert "of its own phrasings" in texts(preview.response)


async def test_a_cancelled_preview_leads_back_to_the_card(world: World) -> None:
    preview = await pick(world, await wrong(world), "tea")
    back = await press(world, preview, "Cancel")
    shown = texts(back.response)
    assert "Nothing was saved." in shown
    assert "On Sundays." in shown
    assert await graded(world) == {}
    assert menu_of(back.response)["options"][0]["value"] == "tea"


async def test_an_entry_of_a_pack_becomes_the_server_s_own(world: World, packs: tuple[Pack, ...]) -> None:
    [height] = packs[0].entries
    card = await wrong(world, "is the cake at the watch party as high as the tower")
    await press(world, await pick(world, card, height.id), "Confirm")
    assert (await own(world))[height.id].phrasings[: len(height.phrasings)] == height.phrasings


async def test_an_answer_to_a_mention_can_be_put_right(world: World) -> None:
    await world.bot.library.save(world.guild.id, [CAKE, TEA])
    await world.alice.send(world.channel, f"{world.mention} {CAKE.phrasings[0]}")
    card = await use(world, WRONG, world.last)
    assert CAKE.phrasings[0] in texts(card.response)
    assert "From **cake**" in texts(card.response)


async def test_what_was_not_answered_can_be_put_right_as_well(world: World) -> None:
    card = await wrong(world, "which boots did she wear that night")
    preview = await pick(world, card, "tea")
    await press(world, preview, "Confirm")
    assert await graded(world) == {"which boots did she wear that night": "tea"}


async def test_a_message_that_is_no_answer_of_the_bot_s_is_refused(world: World) -> None:
    message = await world.alice.send(world.channel, "She scored 185 goals.")
    assert (await use(world, WRONG, message)).response.content == NO_ANSWER
    assert len(world.env.errors) == 1


async def test_an_entry_that_is_gone_meanwhile_is_told(world: World) -> None:
    card = await wrong(world)
    await world.bot.library.remove(world.guild.id, "tea")
    told = await pick(world, card, "tea")
    assert "not there any more" in (told.followups[-1] if told.followups else told.response).content


async def test_the_card_works_after_a_restart(world: World) -> None:
    card = await wrong(world, ASKED)
    await world.restart()
    preview = await pick(world, card, "tea")
    await press(world, preview, "Confirm")
    assert await graded(world) == {ASKED: "tea"}


async def test_a_preview_is_gone_after_a_restart_and_says_what_to_do(world: World) -> None:
    preview = await pick(world, await wrong(world), "tea")
    await world.restart()
    pressed = await press(world, preview, "Confirm")
    assert "I no longer have this preview" in pressed.response.content
    assert await graded(world) == {}


async def test_an_entry_that_others_changed_while_its_preview_was_open_is_chosen_anew(world: World) -> None:
    preview = await pick(world, await wrong(world, ASKED), "tea")
    changed = replace(TEA, answer="Never.")
    await world.bot.library.save(world.guild.id, [changed])
    refused = await press(world, preview, "Confirm")
    assert "press Cancel, and choose again" in refused.followups[-1].content
    assert (await own(world))["tea"] == changed
    card = await press(world, preview, "Cancel")
    await press(world, await pick(world, card, "tea"), "Confirm")
    assert (await own(world))["tea"].phrasings == (*TEA.phrasings, ASKED)


async def test_what_no_story_says_any_more_is_not_saved_though_its_preview_is_open(
    world: World, packs: tuple[Pack, ...]
) -> None:
    [height] = packs[0].entries
    card = await wrong(world, "is the cake at the watch party as high as the tower")
    preview = await pick(world, card, height.id)
    await world.bot.library.change(world.guild.id, [put(Setting(PACKS_OFF, packs[0].name))])
    refused = await press(world, preview, "Confirm")
    assert "cites stands in no story here any more" in refused.followups[-1].content
    assert height.id not in await own(world)


@pytest.mark.parametrize("label", ["Another entry", "Not in the story", "New entry"])
async def test_the_buttons_are_refused_once_the_role_was_taken_away(world: World, label: str) -> None:
    card = await wrong(world)
    world.dismiss_moderator()
    refused = await press(world, card, label)
    assert "for moderators" in refused.response.content
    assert refused.modal is None


async def test_the_menu_is_refused_once_the_role_was_taken_away(world: World) -> None:
    card = await wrong(world)
    world.dismiss_moderator()
    assert "for moderators" in (await pick(world, card, "tea")).response.content
    assert await own(world) == {"cake": CAKE, "tea": TEA}


async def test_a_preview_is_refused_once_the_role_was_taken_away(world: World) -> None:
    preview = await pick(world, await wrong(world), "tea")
    world.dismiss_moderator()
    assert "for moderators" in (await press(world, preview, "Confirm")).response.content
    assert await graded(world) == {}


@pytest.mark.parametrize("name", [TEACH, WRONG])
async def test_members_do_not_see_the_commands(world: World, name: str) -> None:
    message = await world.alice.send(world.channel, "hello there")
    with pytest.raises(simcord.SetupError, match="not visible"):
        await use(world, name, message, world.alice)


@pytest.mark.parametrize("name", [TEACH, WRONG])
async def test_a_member_whom_the_settings_let_in_is_refused(world: World, name: str) -> None:
    message = await world.alice.send(world.channel, "hello there")
    command = world.env.backend.find_command(name, world.guild.id, type=3)
    world.guild.set_command_permissions(int(command["id"]), {world.alice: True})
    refused = await use(world, name, message, world.alice)
    assert len(world.env.errors) == 1
    assert "for moderators" in refused.response.content
    assert refused.modal is None


async def test_what_members_wrote_pings_and_formats_nothing(world: World) -> None:
    card = await wrong(world, "is there **cake** at the watch party @everyone https://evil.example")
    shown = texts(card.response)
    assert r"\*\*cake\*\*" in shown
    assert r"\@everyone" in shown
    assert "https://" not in shown


async def test_another_server_s_entries_are_not_offered(world: World) -> None:
    secret = Entry("secret", ("Is there a xyloquartz at the watch party?",), "Yes.")
    await world.bot.library.save(world.guild.id + 1, [secret])
    offered = menu_of((await wrong(world)).response)["options"]
    assert "secret" not in [option["value"] for option in offered]


@pytest.mark.parametrize("before", [ASKED, f"{ASKED.upper()}?"])
async def test_a_question_that_was_graded_before_is_graded_anew(world: World, before: str) -> None:
    await world.bot.library.change(world.guild.id, [put(Graded(before, "cake"))])
    await press(world, await pick(world, await wrong(world, ASKED), "tea"), "Confirm")
    assert await graded(world) == {before: "tea"}


async def test_a_new_entry_for_a_question_that_was_graded_before_is_right_for_it_now(world: World) -> None:
    await world.bot.library.change(world.guild.id, [put(Graded(f"{ASKED}?", "cake"))])
    form = await press(world, await wrong(world, ASKED), "New entry")
    typed = {"question": "Is there green tea and cake?", "answer": "Both."}
    await press(world, await world.moderator.submit_modal(form, typed), "Confirm")
    [made] = [entry for entry in (await own(world)).values() if entry.answer == "Both."]
    assert await graded(world) == {f"{ASKED}?": made.id}
