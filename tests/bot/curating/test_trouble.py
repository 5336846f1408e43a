"""What goes wrong while an entry is added: nothing typed is lost, and nothing is saved twice."""

import re
from collections.abc import Sequence

import pytest

from bot.components import MAX_CUSTOM_ID
from bot.render.escape import unescape
from knowledge.library import Library
from knowledge.model import Author, Entry, Pack
from knowledge.owned import Change, Write
from knowledge.storage import open_store
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import ANSWER, QUESTION, TOWER, Desk, entry

HOSTILE = {
    "mass mention": "@everyone @here <@&1> <@2>",
    "masked link": "[free nitro](https://evil.example) <https://evil.example>",
    "markdown": "# big **bold** ~~gone~~ ||spoiler|| `code`\n```\nfence\n```\n> quote\n- list\n1. list",
    "timestamps and emoji": "<t:0:R> <:x:1> :smile: </ban:1> <#1>",
    "right to left": "\u202eevil\u202c \u05d0\u05d1\u05d2 \u2067x\u2069",
    "zalgo": "h" + "\u0301\u0352\u035b" * 40,
    "NUL": "be\0fore",
    "half a character": "be\ud83dfore",
    "format fields": "{0.__class__} %s $x \\u0041",
    "emoji only": "\U0001f44d\U0001f3fd\u200d\U0001f525",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_text_is_saved_as_typed_and_shown_harmlessly(desk: Desk, hostile: str) -> None:
    preview = await desk.fill_in(question=f"What of {hostile}?", answer=hostile, phrasings=hostile)
    await desk.press(preview, "Confirm")

    (kept,) = await desk.own()
    assert kept.answer == hostile.strip().replace("\0", "").replace("\ud83d", "")
    shown = await desk.world.moderator.slash(desk.world.channel, "qa show", entry=kept.id)
    for card in (preview, shown):
        said = re.sub(r"<t:\d{9,}:f>", "", texts(card.response))  # the times that we tell
        assert not re.search(r"(?<!\\)(?:\]\(|@everyone|<[@#t:/]|\|\||```|\0|\ud83d)", said)
    sent = [request.json for request in desk.world.env.http_requests if "components" in str(request.json)]
    assert all("'parse': ['" not in str(payload) for payload in sent)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_excerpt_is_refused_and_given_back(desk: Desk, hostile: str) -> None:
    refused = await desk.fill_in(excerpt=hostile)

    assert "Edit again" in buttons(refused.response)
    assert await desk.own() == ()


# Confirming


async def test_a_double_click_saves_once(desk: Desk) -> None:
    preview = await desk.fill_in()
    custom_id = buttons(preview.response)["Confirm"]["custom_id"]

    _first, second = await desk.press_twice_at_once(preview, custom_id)

    assert len(await desk.own()) == 1
    assert "Saved" in texts(preview.response)
    assert second.response.ephemeral
    assert "once is enough" in second.response.content


async def test_what_was_saved_but_could_not_be_acknowledged_is_not_saved_again(desk: Desk) -> None:
    preview = await desk.fill_in()
    desk.world.env.inject_error("PATCH", "/webhooks/*", status=500)
    desk.world.env.inject_error("PATCH", "/webhooks/*", status=500)
    await desk.press(preview, "Confirm")

    second = await desk.press(preview, "Confirm")

    assert len(await desk.own()) == 1
    assert "is saved already" in second.response.content


async def test_of_two_moderators_with_the_same_question_the_second_is_asked_again(desk: Desk) -> None:
    world = desk.world
    other = world.guild.add_member(world.env.create_user("second"), roles=[world.guild.roles["Moderators"]])
    first, second = await desk.fill_in(), await desk.fill_in(other, answer="Silver ones.")

    await desk.press(first, "Confirm")
    await desk.press(second, "Confirm", other)

    assert [kept.answer for kept in await desk.own()] == [ANSWER]
    assert "meanwhile somebody saved an entry for the same question" in texts(second.response)
    await desk.press(second, "Confirm", other)
    assert sorted(kept.answer for kept in await desk.own()) == ["Silver ones.", ANSWER]
    assert len({kept.id for kept in await desk.own()}) == 2


async def test_entries_whose_questions_begin_alike_do_not_replace_each_other(desk: Desk) -> None:
    begins = "What is the name of the one who lit the"
    for ending in ("lamp on the quay?", "fire at the church?"):
        await desk.press(await desk.fill_in(question=f"{begins} {ending}"), "Confirm")

    assert len({kept.id for kept in await desk.own()}) == 2


async def test_the_preview_warns_where_another_entry_would_answer(desk: Desk) -> None:
    await desk.keep(entry(1, phrasings=(QUESTION,), answer="The blue ones."))

    preview = await desk.fill_in()

    answered = await desk.world.alice.slash(desk.world.channel, "ask", question=QUESTION)
    is_said = ANSWER in texts(preview.response)
    assert is_said or "**Mind**" in texts(preview.response)
    assert "The blue ones." in texts(answered.response)


# The database


async def test_a_locked_database_gives_everything_back_and_can_be_tried_again(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    preview = await desk.fill_in(excerpt=TOWER)
    with desk.locked():
        await desk.press(preview, "Confirm")
    # The operator is told what is wrong where the moderator is told what to do.
    assert "is being written by another program" in "".join(capsys.readouterr())

    assert "cannot be used just now" in texts(preview.response)
    assert ANSWER in texts(preview.response)
    assert list(buttons(preview.response)) == ["Try again", "Edit again", "Cancel"]
    assert await desk.own() == ()
    await desk.press(preview, "Try again")
    assert [kept.answer for kept in await desk.own()] == [ANSWER]


async def test_what_was_typed_can_be_edited_after_saving_failed(desk: Desk) -> None:
    preview = await desk.fill_in()
    with desk.locked():
        await desk.press(preview, "Confirm")

    form = await desk.press(preview, "Edit again")

    assert form.modal["components"][1]["component"]["value"] == ANSWER


async def test_a_fault_of_ours_gives_everything_back_with_a_reference(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await desk.world.moderator.slash(desk.world.channel, "qa add")

    async def broken(_server: int) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(desk.world.bot.library, "base", broken)
    refused = await desk.world.moderator.submit_modal(form, {"question": QUESTION, "answer": ANSWER})

    assert "reference" in texts(refused.response)
    assert "secret detail" not in texts(refused.response)
    assert ANSWER in texts(refused.response)


async def test_a_form_that_cannot_be_opened_is_one_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_server: int) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(desk.world.bot.library, "base", broken)
    refused = await desk.world.moderator.slash(desk.world.channel, "qa add")

    assert len(desk.world.env.errors) == 1
    assert refused.response.ephemeral
    assert "went wrong on my side" in refused.response.content


# Time


async def test_a_form_can_be_sent_after_half_an_hour(desk: Desk) -> None:
    form = await desk.world.moderator.slash(desk.world.channel, "qa add")
    await desk.world.env.advance_time(30 * 60)

    preview = await desk.world.moderator.submit_modal(form, {"question": QUESTION, "answer": ANSWER})

    assert "Confirm" in buttons(preview.response)


# More than one process


async def save_elsewhere(desk: Desk, packs: tuple[Pack, ...], *entries: Entry) -> None:
    """Save entries as another process does, such as `pullquote import`."""
    other = Library(packs, await open_store(f"sqlite:///{desk.database}"))
    await other.save(desk.world.guild.id, entries)
    await other.close()


async def test_an_entry_that_another_process_saved_meanwhile_is_not_replaced(
    desk: Desk, packs: tuple[Pack, ...]
) -> None:
    preview = await desk.fill_in()
    imported = entry(1, id="which-boots-did-she-wear-that-night")
    await save_elsewhere(desk, packs, imported)

    await desk.press(preview, "Confirm")

    kept = {one.id: one.answer for one in await desk.own()}
    assert kept == {imported.id: imported.answer, f"{imported.id}-2": ANSWER}


async def test_an_entry_that_another_process_saves_at_the_last_moment_is_not_replaced(
    desk: Desk, packs: tuple[Pack, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = await desk.fill_in()
    imported = entry(1, id="which-boots-did-she-wear-that-night")
    library, waiting = desk.world.bot.library, [imported]
    change = library.change

    async def overtaken(server: int, writes: Sequence[Write], by: Author) -> Change | None:
        if waiting:
            await save_elsewhere(desk, packs, waiting.pop())
        return await change(server, writes, by)

    monkeypatch.setattr(library, "change", overtaken)
    await desk.press(preview, "Confirm")

    assert sorted(one.answer for one in await desk.own()) == sorted([imported.answer, ANSWER])


async def test_the_same_question_that_another_process_saved_meanwhile_is_asked_about(
    desk: Desk, packs: tuple[Pack, ...]
) -> None:
    preview = await desk.fill_in()
    await save_elsewhere(desk, packs, entry(1, phrasings=(QUESTION,)))

    await desk.press(preview, "Confirm")

    assert "meanwhile somebody saved an entry for the same question" in texts(preview.response)
    assert [one.id for one in await desk.own()] == ["rule-01"]


# Drafts that are gone


@pytest.mark.parametrize("label", ["Confirm", "Edit", "Cancel"])
async def test_after_a_restart_a_draft_is_gone_and_the_bot_says_what_to_do(desk: Desk, label: str) -> None:
    preview = await desk.fill_in()
    await desk.world.restart()

    pressed = await desk.press(preview, label)

    assert pressed.response.ephemeral
    assert "copy it from there into a new /qa add" in unescape(pressed.response.content)
    assert ANSWER in texts(preview.response)
    assert await desk.own() == ()


async def test_what_a_preview_cannot_show_is_in_a_file_that_outlives_a_restart(desk: Desk) -> None:
    phrasing = f"which {'very ' * 50}golden boots?"
    preview = await desk.fill_in(phrasings=phrasing)
    await desk.world.restart()

    pressed = await desk.press(preview, "Confirm")

    assert "in the file below it" in pressed.response.content
    (file,) = preview.followups
    assert file.ephemeral
    typed = (await file.attachments[0].read()).decode()
    assert all(part in typed for part in (QUESTION, ANSWER, phrasing))


async def test_a_preview_that_shows_everything_has_no_file(desk: Desk) -> None:
    preview = await desk.fill_in(excerpt=TOWER, phrasings="her boots?\nshoes on stage?")

    assert preview.followups == []


async def test_the_offered_line_is_gone_with_its_draft(desk: Desk) -> None:
    refused = await desk.fill_in(excerpt=TOWER.upper())
    await desk.world.restart()

    pressed = await desk.press(refused, "Take this line")

    assert "no longer have this draft" in pressed.response.content


async def test_the_buttons_outlive_the_fifteen_minutes_of_an_ephemeral_view(desk: Desk) -> None:
    first, second = await desk.fill_in(), await desk.fill_in()
    await desk.press(first, "Cancel")
    await desk.world.env.advance_time(20 * 60)

    await desk.press(second, "Confirm")

    assert len(await desk.own()) == 1


async def test_every_custom_id_fits(desk: Desk) -> None:
    preview = await desk.fill_in(excerpt=TOWER.upper())

    assert all(len(button["custom_id"]) <= MAX_CUSTOM_ID for button in buttons(preview.response).values())
