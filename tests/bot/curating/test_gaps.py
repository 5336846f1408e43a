"""What the story does not say: `/qa gap`."""

from knowledge.model import EntryKind, Setting
from knowledge.owned import put
from knowledge.settings import LANGUAGE
from tests.bot.curating.conftest import Desk, entry
from tests.bot.curating.test_editing import LINE, ask, open_entry, shown, values


async def test_the_form_of_a_gap_asks_for_no_answer(desk: Desk) -> None:
    form = await desk.world.moderator.slash(desk.world.channel, "qa gap")

    labels = [part["label"] for part in form.modal["components"]]
    assert labels == ["Question", "Excerpt", "Other phrasings"]
    assert "needs no answer" in form.modal["components"][0]["description"]


async def test_a_gap_is_previewed_saved_and_said(desk: Desk) -> None:
    form = await desk.world.moderator.slash(desk.world.channel, "qa gap")
    typed = {"question": "Was the keeper hurt?", "excerpt": LINE, "phrasings": "Did the keeper suffer?"}
    preview = await desk.world.moderator.submit_modal(form, typed)

    assert "The story doesn't say. What it does say:" in shown(preview)
    assert "**Mind**" not in shown(preview)
    await desk.press(preview, "Confirm")
    (kept,) = await desk.own()
    assert (kept.kind, kept.answer, len(kept.phrasings)) == (EntryKind.GAP, "", 2)
    assert "The story doesn't say." in await ask(desk, "Was the keeper hurt?")


async def test_it_is_previewed_in_the_language_in_which_members_get_it(desk: Desk) -> None:
    await desk.world.bot.library.change(desk.world.guild.id, [put(Setting(LANGUAGE, "de"))])
    form = await desk.world.moderator.slash(desk.world.channel, "qa gap")
    preview = await desk.world.moderator.submit_modal(form, {"question": "Was the keeper hurt?"})

    assert "Das steht nicht im Text." in shown(preview)
    await desk.press(preview, "Confirm")
    assert "Das steht nicht im Text." in await ask(desk, "Was the keeper hurt?")


async def test_a_changed_gap_stays_one(desk: Desk) -> None:
    await desk.keep(entry(1, kind=EntryKind.GAP, answer="", phrasings=("Who lit the fire?",)))

    form = await open_entry(desk, "rule-01")
    assert "answer" not in values(form)
    preview = await desk.world.moderator.submit_modal(form, {**values(form), "phrasings": "Which arsonist?"})
    await desk.press(preview, "Confirm")

    (kept,) = await desk.own()
    assert (kept.kind, kept.phrasings) == (EntryKind.GAP, ("Who lit the fire?", "Which arsonist?"))
