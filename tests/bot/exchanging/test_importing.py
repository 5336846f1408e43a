"""`/qa import`: what a file would do is shown first, all of it is saved or nothing, and all of it can be undone."""

import json

import pytest
import simcord

from bot.exchanging.cards import progress_card
from knowledge.library import Library
from knowledge.model import Entry
from tests.bot.conftest import World, buttons, texts
from tests.bot.curating.conftest import TOWER, Desk, entry


def line(entry_id: str, answer: str = "Yes.", **more: object) -> str:
    plain = {"id": entry_id, "phrasings": [f"What about the {entry_id}?"], "answer": answer, **more}
    return json.dumps(plain) + "\n"


TWO = line("harbour", "It is deep.") + line(
    "paint", "It is white.", citations=[{"story": "lighthouse", "excerpt": TOWER}]
)
BAD = line("harbour") + line("worse", citations=[{"story": "lighthouse", "excerpt": "The tower is green."}])


async def send(
    desk: Desk, content: str | bytes, name: str = "entries.jsonl", **more: str
) -> simcord.InteractionResult:
    data = content.encode() if isinstance(content, str) else content
    return await desk.world.moderator.slash(desk.world.channel, "qa import", file=(name, data), **more)


def shown(card: simcord.InteractionResult) -> str:
    return texts(card.response).replace("\\", "")


def said(result: simcord.InteractionResult) -> str:
    return (result.followups[-1] if result.followups else result.response).content


async def report(result: simcord.InteractionResult) -> str:
    (attachment,) = result.followups[-1].attachments
    return (await attachment.read()).decode()


async def test_a_preview_tells_what_becomes_of_each_row_and_nothing_is_saved(desk: Desk) -> None:
    await desk.keep(entry(1), entry(2))
    changed = line("rule-01", "Rule one.", phrasings=list(entry(1).phrasings))
    same = line("rule-02", "Rule 2.", phrasings=list(entry(2).phrasings))
    card = await send(desk, TWO + changed + same)
    assert card.response.ephemeral
    text = shown(card)
    assert "nothing is saved yet" in text
    assert "2 new, 1 changed, 1 same." in text
    assert "- line 1: harbour: What about the harbour?" in text
    assert "- line 3: rule-01: What is rule 1 of this server? (answer)" in text
    assert list(buttons(card.response)) == ["Confirm", "Cancel"]
    assert len(await desk.own()) == 2
    assert (await report(card)).splitlines() == [
        "2 new, 1 changed, 1 same.",
        "",
        "line 1: new harbour: What about the harbour?",
        "line 2: new paint: What about the paint?",
        "line 3: changed rule-01: What is rule 1 of this server? (answer)",
        "line 4: same rule-02: What is rule 2 of this server?",
    ]


async def test_confirmed_all_is_one_change_by_the_moderator_and_is_answered_from(desk: Desk) -> None:
    saved = await desk.press(await send(desk, TWO), "Confirm")
    assert "Saved" in texts(saved.response)
    assert "2 entries (change 1)" in texts(saved.response)
    assert [one.author.name if one.author else "" for one in await desk.own()] == ["moderator"] * 2
    (change,) = await desk.world.bot.library.writable().history(desk.world.guild.id)
    assert (change.size, change.author and change.author.id) == (2, desk.world.moderator.id)
    await desk.world.alice.send(desk.world.channel, f"{desk.world.mention} what about the harbour?")
    assert "It is deep." in texts(desk.world.last)


async def test_the_whole_import_is_undone_at_once_also_after_a_restart(desk: Desk) -> None:
    await desk.keep(entry(1))
    changed = line("rule-01", "Rule one.", phrasings=list(entry(1).phrasings))
    saved = await desk.press(await send(desk, TWO + changed), "Confirm")
    assert len(await desk.own()) == 3
    await desk.world.restart()
    await desk.press(saved, "Undo")
    assert await desk.own() == (entry(1),)


async def test_one_bad_row_is_named_and_nothing_can_be_confirmed(desk: Desk) -> None:
    card = await send(desk, BAD)
    text = shown(card)
    assert "Nothing of entries.jsonl can be taken** before 1 fault is mended" in text
    assert "- line 2: " in text
    assert buttons(card.response) == {}
    assert "line 2: refused" in await report(card)
    assert await desk.own() == ()


async def test_a_file_of_no_known_kind_says_which_are(desk: Desk) -> None:
    text = shown(await send(desk, "?", "entries.docx"))
    assert ".jsonl" in text
    assert "can be taken" in text


async def test_the_format_can_be_told_where_the_file_does_not(desk: Desk) -> None:
    table = "id,phrasing,answer,story,excerpt\nharbour,Is it deep?,Yes.,,\n"
    refused = await send(desk, table, "entries.yaml")
    assert "1 new" not in texts(refused.response)
    assert "1 new" in texts((await send(desk, table, "entries.yaml", format="csv")).response)


async def test_what_is_here_already_needs_no_confirmation(desk: Desk) -> None:
    await desk.press(await send(desk, TWO), "Confirm")
    again = await send(desk, TWO)
    assert "Nothing to save" in texts(again.response)
    assert buttons(again.response) == {}


async def test_an_empty_file_says_so(desk: Desk) -> None:
    assert "There are no entries" in texts((await send(desk, "")).response)


async def test_a_file_that_is_too_large_is_not_even_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.exchanging.taking.MAX_BYTES", 10)
    result = await send(desk, TWO)
    assert "at most 5,000,000: split it" in said(result)
    assert len(desk.world.env.errors) == 1


async def test_cancelled_nothing_is_saved_and_it_cannot_be_confirmed_any_more(desk: Desk) -> None:
    card = await send(desk, TWO)
    cancelled = await desk.press(card, "Cancel")
    assert "nothing was saved" in texts(cancelled.response)
    assert await desk.own() == ()


async def test_a_file_that_was_cancelled_is_not_said_to_be_saved(desk: Desk) -> None:
    card = await send(desk, TWO)
    cancel = buttons(card.response)["Cancel"]["custom_id"]
    _first, second = await desk.press_twice_at_once(card, cancel)
    assert "it was cancelled" in second.response.content


async def test_what_was_changed_meanwhile_is_shown_before_anything_is_saved(desk: Desk) -> None:
    card = await send(desk, TWO)
    await desk.keep(Entry("harbour", ("What about the harbour?",), "Shallow."))
    again = await desk.press(card, "Confirm")
    text = shown(again)
    assert "Not saved yet" in text
    assert "1 new, 1 changed" in text
    assert [one.answer for one in await desk.own()] == ["Shallow."]
    await desk.press(again, "Confirm")
    assert [one.answer for one in await desk.own()] == ["It is deep.", "It is white."]


async def test_what_another_process_changed_at_the_last_moment_is_not_overwritten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await send(desk, TWO)
    real = Library.change

    async def overtaken(self: Library, *args: object, **more: object) -> object:
        monkeypatch.setattr(Library, "change", real)
        await desk.keep(Entry("harbour", ("What about the harbour?",), "Shallow."))
        return await real(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "change", overtaken)
    again = await desk.press(card, "Confirm")
    assert "Not saved yet" in texts(again.response)
    assert [one.answer for one in await desk.own()] == ["Shallow."]


async def test_a_database_that_is_away_loses_nothing_and_it_can_be_tried_again(desk: Desk) -> None:
    card = await send(desk, TWO)
    with desk.locked():
        failed = await desk.press(card, "Confirm")
    assert "Nothing was saved" in texts(failed.response)
    assert await desk.own() == ()
    saved = await desk.press(failed, "Try again")
    assert "Saved" in texts(saved.response)


async def test_a_long_file_shows_how_far_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    real = progress_card

    def noted(name: str, step: str, done: int, of: int) -> object:
        steps.append(step)
        return real(name, step, done, of)

    monkeypatch.setattr("bot.exchanging.progress.progress_card", noted)
    many = "".join(line(f"entry-{number}", "y" * 100) for number in range(800))
    card = await send(desk, many)
    assert steps == ["Reading"]
    saved = await desk.press(card, "Confirm")
    assert steps == ["Reading", "Reading", "Saving", "Indexing"]
    assert "800 entries" in texts(saved.response)
    assert "…" not in texts(saved.response)


async def test_after_a_restart_the_buttons_say_that_the_file_is_gone(desk: Desk) -> None:
    card = await send(desk, TWO)
    await desk.world.restart()
    for label in ("Confirm", "Cancel"):
        assert "I no longer have this file" in said(await desk.press(card, label))
    assert await desk.own() == ()


async def test_pressed_twice_it_is_saved_once(desk: Desk) -> None:
    card = await send(desk, TWO)
    await desk.press_twice_at_once(card, buttons(card.response)["Confirm"]["custom_id"])
    assert len(await desk.world.bot.library.writable().history(desk.world.guild.id)) == 1


@pytest.mark.parametrize("label", ["Confirm", "Cancel", "Undo"])
async def test_buttons_are_refused_once_the_role_was_taken_away(desk: Desk, label: str) -> None:
    card = await send(desk, TWO)
    if label == "Undo":
        card = await desk.press(card, "Confirm")
    before = await desk.own()
    desk.dismiss_moderator()
    assert "for moderators" in said(await desk.press(card, label))
    assert await desk.own() == before


async def test_members_who_see_the_command_are_refused(world: World, desk: Desk) -> None:
    desk.let_in(world.alice)
    result = await world.alice.slash(world.channel, "qa import", file=("entries.jsonl", TWO.encode()))
    assert "for moderators" in result.response.content
    assert world.env.errors
    assert await desk.own() == ()


async def test_what_a_file_holds_pings_and_formats_nothing(desk: Desk) -> None:
    nasty = line("x", "y", phrasings=["@everyone **look** <@123> https://evil.example"])
    card = await send(desk, nasty, "**a**.jsonl")
    text = texts(card.response)
    assert r"\@everyone \*\*look\*\* \<\@123\>" in text
    assert r"https\:\/\/evil.example" in text
