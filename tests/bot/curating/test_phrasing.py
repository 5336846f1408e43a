"""One more phrasing for an entry: by `/qa phrase`, or in the place of a near-duplicate."""

import dataclasses

import simcord

from knowledge.model import EntryKind, Pack
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import TOWER, Desk, entry
from tests.bot.curating.test_editing import HEIGHT, ask, cited, phrase, shown


async def test_a_phrasing_is_previewed_with_what_it_got_until_now(desk: Desk) -> None:
    await desk.keep(entry(1, phrasings=("Which boots?",), answer="Golden."), entry(2))

    preview = await phrase(desk, "rule-01", "  What is rule 2   of this server? ")

    assert "**Until now I answered**\nRule 2." in shown(preview)
    assert "- Phrasing added: What is rule 2 of this server?" in shown(preview)
    assert "rule-02" in shown(preview)
    assert list(buttons(preview.response)) == ["Confirm", "Edit", "Cancel"]


async def test_a_confirmed_phrasing_is_answered(desk: Desk) -> None:
    (line,) = await cited(desk, TOWER)
    before = entry(1, citations=(line,), phrasings=("Which boots?", "her boots?"))
    await desk.keep(before)

    preview = await phrase(desk, "rule-01", "What did she wear on stage?")
    assert "Rule 1." in shown(preview)
    await desk.press(preview, "Confirm")

    (kept,) = await desk.own()
    assert kept == dataclasses.replace(
        before, phrasings=("Which boots?", "her boots?", "What did she wear on stage?")
    )
    assert "Rule 1." in await ask(desk, "What did she wear on stage?")


async def test_a_phrasing_that_is_there_already_is_told(desk: Desk) -> None:
    await desk.keep(entry(1, phrasings=("Which boots?",)))

    refused = await phrase(desk, "rule-01", "which BOOTS")

    assert len(desk.world.env.errors) == 1
    assert "has that phrasing already" in refused.response.content


async def test_a_phrasing_without_a_word_is_refused_and_not_silently_left_out(desk: Desk) -> None:
    await desk.keep(entry(1))

    refused = await phrase(desk, "rule-01", "🎂 \u200b?!")

    assert len(desk.world.env.errors) == 1
    assert "has no word in it" in refused.response.content


async def test_a_phrasing_of_a_packs_entry_makes_a_copy(desk: Desk, packs: tuple[Pack, ...]) -> None:
    preview = await phrase(desk, "height", "What does the tower measure?")

    assert "It replaces the pack's entry for this server" in shown(preview)
    await desk.press(preview, "Confirm")
    (copy,) = await desk.own()
    theirs = packs[0].entries[0]
    assert copy.phrasings == (*theirs.phrasings, "What does the tower measure?")
    assert (copy.answer, copy.citations, copy.author) == (theirs.answer, theirs.citations, None)
    assert HEIGHT in copy.phrasings
    assert "It is 23 metres high." in await ask(desk, HEIGHT)


async def test_a_phrasing_of_a_gap_is_not_told_by_the_story_either(desk: Desk) -> None:
    await desk.keep(entry(1, kind=EntryKind.GAP, answer="", phrasings=("Who lit the fire?",)))

    preview = await phrase(desk, "rule-01", "Which arsonist was it?")
    assert "The story doesn't say." in shown(preview)
    await desk.press(preview, "Confirm")

    assert "The story doesn't say." in await ask(desk, "Which arsonist was it?")


# Near-duplicates


async def near(desk: Desk) -> simcord.InteractionResult:
    await desk.keep(entry(1, phrasings=("Which boots did she wear on that night?",), answer="Blue ones."))
    return await desk.fill_in(phrasings="her boots?")


async def test_a_near_duplicate_can_become_a_phrasing_of_the_entry_there_is(desk: Desk) -> None:
    preview = await near(desk)

    await desk.press(preview, "Make it a phrasing of rule-01 instead")

    assert "Blue ones." in shown(preview)
    assert list(buttons(preview.response)) == ["Confirm", "Edit", "Back to the new entry", "Cancel"]
    assert len(await desk.own()) == 1
    await desk.press(preview, "Confirm")
    (kept,) = await desk.own()
    assert kept.phrasings == (
        "Which boots did she wear on that night?",
        "Which boots did she wear that night?",
        "her boots?",
    )
    assert kept.answer == "Blue ones."


async def test_nothing_is_lost_on_the_way_back(desk: Desk) -> None:
    preview = await near(desk)
    before = texts(preview.response)
    await desk.press(preview, "Make it a phrasing of rule-01 instead")

    await desk.press(preview, "Back to the new entry")

    assert texts(preview.response) == before
    await desk.press(preview, "Confirm")
    assert len(await desk.own()) == 2


async def test_without_a_near_duplicate_there_is_no_such_button(desk: Desk) -> None:
    preview = await desk.fill_in(question="Xylophones: quarterly maintenance intervals?")

    assert list(buttons(preview.response)) == ["Confirm", "Edit", "Cancel"]


async def test_a_near_duplicate_that_is_gone_is_told(desk: Desk) -> None:
    preview = await near(desk)
    await desk.world.bot.library.remove(desk.world.guild.id, "rule-01")

    pressed = await desk.press(preview, "Make it a phrasing of rule-01 instead")

    assert "not there any more" in pressed.response.content
