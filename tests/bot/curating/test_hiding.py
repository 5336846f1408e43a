"""Entries of packs that a server hides from its members."""

import dataclasses

import simcord

from bot.render.escape import unescape
from knowledge.model import Pack
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import Desk, entry

HEIGHT = "How high is the tower?"
SAID = "It is 23 metres high."


async def do(desk: Desk, command: str, wanted: str = "height") -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, command, entry=wanted)


async def ask(desk: Desk) -> str:
    asked = await desk.world.alice.slash(desk.world.channel, "ask", question=HEIGHT)
    return unescape(texts(asked.response))


async def offered(desk: Desk, command: str) -> list[str]:
    choices = await desk.world.moderator.autocomplete(desk.world.channel, command, "entry", "")
    return [choice["value"] for choice in choices]


async def test_a_hidden_entry_is_no_longer_said(desk: Desk) -> None:
    assert SAID in await ask(desk)

    done = await do(desk, "qa hide", HEIGHT)

    assert done.response.ephemeral
    assert "**Hidden.**" in texts(done.response)
    assert SAID in unescape(texts(done.response))
    assert SAID not in await ask(desk)


async def test_what_was_hidden_is_said_again(desk: Desk) -> None:
    await do(desk, "qa hide")

    done = await do(desk, "qa unhide")

    assert "**No longer hidden.**" in texts(done.response)
    assert SAID in await ask(desk)


async def test_hiding_and_unhiding_can_be_undone(desk: Desk) -> None:
    hidden = await do(desk, "qa hide")
    await desk.press(hidden, "Undo")
    assert "unhid the pack's entry" in unescape(texts(hidden.response)).lower()
    assert SAID in await ask(desk)

    await do(desk, "qa hide")
    shown = await do(desk, "qa unhide")
    await desk.press(shown, "Undo")
    assert SAID not in await ask(desk)


async def test_the_history_of_an_entry_tells_that_it_was_hidden_and_shown_again(desk: Desk) -> None:
    await do(desk, "qa hide")
    await do(desk, "qa unhide")

    told = unescape(texts((await do(desk, "qa history", HEIGHT)).response))

    assert "**History of height**" in told
    assert told.index("Unhid the pack's entry **height**") < told.index("Hid the pack's entry **height**")


async def test_a_hiding_that_others_changed_since_is_named_as_what_it_is(desk: Desk) -> None:
    first = await do(desk, "qa hide")
    await do(desk, "qa unhide")

    refused = await desk.press(first, "Undo")

    told = refused.followups[-1]
    assert "the hiding of the pack's entry **height** has been changed again" in unescape(texts(told))
    opened = await desk.press(told, "History")
    assert "**History of height**" in unescape(texts(opened.response))


async def test_only_entries_of_packs_are_hidden(desk: Desk, packs: tuple[Pack, ...]) -> None:
    await desk.keep(entry(1), dataclasses.replace(packs[0].entries[0], answer="Rather high."))

    for errors, wanted in enumerate(("rule-01", "height"), start=1):
        refused = await do(desk, "qa hide", wanted)
        assert len(desk.world.env.errors) == errors
        assert "goes with /qa remove" in unescape(refused.response.content)


async def test_suggestions_are_those_that_can_be_hidden_or_shown(desk: Desk) -> None:
    await desk.keep(entry(1))
    assert await offered(desk, "qa hide") == ["height"]
    assert await offered(desk, "qa unhide") == []

    await do(desk, "qa hide")

    assert await offered(desk, "qa hide") == []
    assert await offered(desk, "qa unhide") == ["height"]


async def test_a_hidden_entry_is_shown_as_such(desk: Desk) -> None:
    shown = await do(desk, "qa show")
    assert "Comes with the pack lighthouse." in texts(shown.response)
    assert list(buttons(shown.response)) == ["Edit", "History"]
    await do(desk, "qa hide")

    shown = await do(desk, "qa show")

    assert "It is hidden on this server." in texts(shown.response)


async def test_a_hidden_entry_can_be_replaced_and_stays_hidden_behind_that(
    desk: Desk, packs: tuple[Pack, ...]
) -> None:
    await do(desk, "qa hide")
    await desk.keep(dataclasses.replace(packs[0].entries[0], answer="Rather high."))
    assert "Rather high." in await ask(desk)

    asked = await do(desk, "qa remove")

    assert "is hidden here and stays so" in unescape(texts(asked.response))
    await desk.press(asked, "Remove it")
    assert SAID not in await ask(desk)


async def test_a_hidden_entry_that_is_replaced_is_not_said_to_come_back(
    desk: Desk, packs: tuple[Pack, ...]
) -> None:
    await do(desk, "qa hide")
    own = dataclasses.replace(packs[0].entries[0], answer="Rather high.")

    form = await do(desk, "qa edit")
    preview = await desk.world.moderator.submit_modal(
        form, {"question": own.phrasings[0], "answer": own.answer}
    )

    assert "brings the pack's entry back" not in unescape(texts(preview.response))
    await desk.keep(own)
    shown = texts((await do(desk, "qa unhide")).response)
    assert "I still answer with this server's own entry" in shown
    assert "Rather high." in shown
    assert "Rather high." in await ask(desk)
