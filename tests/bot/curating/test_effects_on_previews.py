"""Every preview tells what else changes: at once or a little later, and only as long as it is still the preview."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
import simcord

from bot import asking, curating, inbox
from bot.client import Feature
from knowledge.effect import Foreseen, Foresight, StoppedError, Tried
from knowledge.errors import StorageError
from knowledge.library import Library
from tests.bot.conftest import World, buttons, texts
from tests.bot.curating.conftest import Desk, entry
from tests.knowledge.inbox.misses import miss

CAKE = {"question": "Is there cake in the tower?", "answer": "On Sundays."}
ASKED = "is there any cake in the tower"
TOLD = "of its own phrasings"


class Held(Foresight):
    """Foresees nothing before it is let."""

    def __init__(self, library: Library) -> None:
        super().__init__(library, rest=0)
        self.may = asyncio.Event()
        self.may.set()
        self.error: Exception | None = None
        self.env: Any = None

    async def foresee(self, server: int, tried: Tried) -> Foreseen:
        if not self.may.is_set():
            await self.env.external_wait(self.may.wait(), reason="held by the test")
        if self.error:
            raise self.error
        return await super().foresee(server, tried)


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install, inbox.install)


@pytest.fixture
def foresight(kept_library: Library, monkeypatch: pytest.MonkeyPatch) -> Held:
    monkeypatch.setattr("bot.curating.foreseeing._PAUSES", (0.0, 0.0))
    held = Held(kept_library)
    kept_library.foresight = held
    return held


@pytest.fixture
def held(foresight: Held, world: World, monkeypatch: pytest.MonkeyPatch) -> Held:
    """What is foreseen comes only once the test lets it."""
    monkeypatch.setattr("bot.curating.foreseeing.PATIENCE_SECONDS", 0.0)
    foresight.env = world.env
    foresight.may.clear()
    return foresight


async def let(held: Held, desk: Desk) -> None:
    held.may.set()
    await desk.world.env.settle()


async def waiting(world: World, *questions: str) -> None:
    misses = [miss(question) for question in questions]
    await world.bot.library.writable().misses.add(world.guild.id, misses)


async def preview_of(desk: Desk, **typed: str) -> simcord.InteractionResult:
    return await desk.fill_in(**{**CAKE, **typed})


async def test_the_preview_tells_which_known_questions_are_won_and_from_what_to_what(desk: Desk) -> None:
    await waiting(desk.world, ASKED)
    preview = await preview_of(desk, phrasings="do they sell cake")
    shown = texts(preview.response)
    assert "**What else changes**: 1 of " in shown
    assert "(1 won)" in shown
    assert f"- {ASKED}: " in shown
    assert "→ “On Sundays.”" in shown
    assert f"2 of 2 {TOLD}" in shown


async def test_it_says_so_where_nothing_else_changes(desk: Desk) -> None:
    assert "**What else changes**: nothing, of " in texts((await preview_of(desk)).response)


async def test_a_phrasing_more_tells_it_too(desk: Desk) -> None:
    await desk.keep(entry(1))
    await waiting(desk.world, ASKED)
    world = desk.world
    preview = await world.moderator.slash(
        world.channel, "qa phrase", entry="rule-01", phrasing="any cake in the tower"
    )
    assert f"- {ASKED}: " in texts(preview.response)


async def test_what_members_asked_pings_and_formats_nothing(desk: Desk) -> None:
    await waiting(desk.world, "is there any **cake** in @the tower")
    shown = texts((await preview_of(desk)).response)
    assert r"- is there any \*\*cake\*\* in \@the tower: " in shown


async def test_what_does_not_fit_the_card_is_in_a_file(desk: Desk) -> None:
    there_is = ("is there any", "is there some", "is there a", "there is", "is", "", "is there really")
    asked = [f"{words} cake in the tower" for words in there_is]
    await waiting(desk.world, *asked)
    preview = await preview_of(desk)
    assert "- and " in texts(preview.response)
    (file,) = preview.followups[-1].attachments
    assert file.filename == "what-else-changes.txt"
    assert preview.followups[-1].ephemeral


async def test_the_card_is_there_before_the_effect_which_is_put_in_later(desk: Desk, held: Held) -> None:
    await waiting(desk.world, ASKED)
    preview = await preview_of(desk)
    assert "being worked out: it will stand here <t:" in texts(preview.response)
    assert "Confirm" in buttons(preview.response)
    await let(held, desk)
    assert "(1 won)" in texts(preview.response)
    assert "being worked out" not in texts(preview.response)
    assert "Confirm" in buttons(preview.response)


async def test_a_phrasing_that_the_effect_leaves_no_room_for_is_given_in_a_file_then(
    desk: Desk, held: Held
) -> None:
    long = [f"is there any cake {'of the very best kind ' * 9}in tower {n}" for n in range(12)]
    await waiting(desk.world, *long)
    phrasings = "\n".join(f"{n} {'do they sell cake ' * 7}" for n in range(26))
    preview = await preview_of(desk, phrasings=phrasings)
    assert preview.followups == []
    await let(held, desk)
    names = [sent.attachments[0].filename for sent in preview.followups]
    assert names == ["what-you-typed.txt", "what-else-changes.txt"]


@pytest.mark.parametrize(("label", "then"), [("Confirm", "Saved"), ("Cancel", "nothing was saved")])
async def test_a_card_that_is_no_preview_any_more_is_left_alone(
    desk: Desk, held: Held, label: str, then: str
) -> None:
    preview = await preview_of(desk)
    await desk.press(preview, label)
    await let(held, desk)
    shown = texts(preview.response)
    assert then in shown
    assert "What else changes" not in shown


async def test_a_form_that_is_opened_and_dismissed_leaves_the_preview_to_its_effect(
    desk: Desk, held: Held
) -> None:
    preview = await preview_of(desk)
    await desk.press(preview, "Edit")
    await let(held, desk)
    assert TOLD in texts(preview.response)


async def test_a_press_that_comes_to_nothing_leaves_the_preview_to_its_effect(desk: Desk, held: Held) -> None:
    preview = await preview_of(desk)
    desk.dismiss_moderator()
    await desk.press(preview, "Confirm")
    await let(held, desk)
    assert TOLD in texts(preview.response)


async def test_the_effect_of_what_was_typed_before_does_not_replace_a_later_preview(
    desk: Desk, held: Held
) -> None:
    preview = await preview_of(desk)
    form = await desk.press(preview, "Edit")
    await desk.world.moderator.submit_modal(form, {**CAKE, "answer": "Every day."})
    await let(held, desk)
    assert "Every day." in texts(preview.response)
    assert "On Sundays." not in texts(preview.response)
    assert TOLD in texts(preview.response)


async def test_an_effect_is_put_in_again_where_discord_fails_at_first(desk: Desk, held: Held) -> None:
    preview = await preview_of(desk)
    desk.world.env.inject_error("PATCH", "/webhooks/*", status=500, times=2)
    await let(held, desk)
    assert TOLD in texts(preview.response)


async def test_a_file_of_what_was_typed_that_could_not_be_sent_comes_with_the_effect(
    desk: Desk, held: Held
) -> None:
    desk.world.env.inject_error("POST", "/webhooks/*", status=500)
    preview = await preview_of(desk, phrasings="do they sell cake " * 12)
    assert preview.followups == []
    await let(held, desk)
    assert TOLD in texts(preview.response)
    assert [sent.attachments[0].filename for sent in preview.followups] == ["what-you-typed.txt"]


async def test_where_it_cannot_be_put_in_at_all_the_card_tells_until_when_it_was_to_be_expected(
    desk: Desk, held: Held
) -> None:
    preview = await preview_of(desk)
    desk.world.env.inject_error("PATCH", "/webhooks/*", status=404, code=10008)
    await let(held, desk)
    assert "it will stand here <t:" in texts(preview.response)
    await desk.press(preview, "Confirm")
    assert len(await desk.own()) == 1


async def test_an_effect_that_takes_too_long_is_given_up(
    desk: Desk, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.curating.foreseeing.LONGEST_SECONDS", 0.01)
    preview = await preview_of(desk)
    await asyncio.sleep(0.05)
    await desk.world.env.settle()
    assert "could not be worked out: it took too long" in texts(preview.response)
    await let(held, desk)


async def test_nothing_is_put_in_while_the_bot_stops(desk: Desk, held: Held) -> None:
    preview = await preview_of(desk)
    held.error = StoppedError()
    await let(held, desk)
    assert "being worked out" in texts(preview.response)


async def test_an_entry_can_be_saved_where_nothing_can_be_foreseen(desk: Desk, foresight: Held) -> None:
    foresight.error = StorageError("It broke.")
    preview = await preview_of(desk)
    assert "could not be worked out" in texts(preview.response)
    await desk.press(preview, "Confirm")
    assert [entry.answer for entry in await desk.own()] == ["On Sundays."]


async def test_a_proposal_of_the_inbox_tells_it_too(desk: Desk, held: Held) -> None:
    await waiting(desk.world, ASKED)
    world = desk.world
    opened = await world.moderator.slash(world.channel, "inbox")
    preview = await desk.press(opened, "Not in the story")
    assert "being worked out" in texts(preview.response)
    await let(held, desk)
    assert f"1 of 1 {TOLD}" in texts(preview.response)


async def test_the_inbox_that_comes_back_is_left_alone(desk: Desk, held: Held) -> None:
    await waiting(desk.world, ASKED)
    opened = await desk.world.moderator.slash(desk.world.channel, "inbox")
    back = await desk.press(await desk.press(opened, "Not in the story"), "Cancel")
    await let(held, desk)
    assert "Nothing was saved" in texts(back.response)
    assert "What else changes" not in texts(back.response)


async def test_what_was_asked_of_another_server_is_not_told(desk: Desk) -> None:
    await desk.world.bot.library.writable().misses.add(desk.world.guild.id + 1, [miss(ASKED)])
    assert ASKED not in texts((await preview_of(desk)).response)
