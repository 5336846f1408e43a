"""Changing entries: `/qa edit`, `/qa phrase`, and copies of a pack's entries."""

import asyncio
import dataclasses
from collections.abc import Sequence

import pytest
import simcord

from bot.curating.drafts import draft_of
from bot.render.escape import unescape
from knowledge.library import Library
from knowledge.model import Author, Citation, Entry, Pack
from knowledge.owned import Change, Write
from knowledge.storage import open_store
from knowledge.stories import cite
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import TOWER, Desk, entry

LINE = "In winter the ferry does not call there."
HEIGHT = "How high is the tower?"


def values(form: simcord.InteractionResult) -> dict[str, str]:
    """Return what stands in the inputs of a form."""
    parts = (part["component"] for part in form.modal["components"])
    return {part["custom_id"]: part.get("value") or "" for part in parts if "options" not in part}


async def open_entry(desk: Desk, wanted: str) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa edit", entry=wanted)


async def edit(desk: Desk, wanted: str, **typed: str) -> simcord.InteractionResult:
    """Change some of what stands in an entry's form, and return the preview."""
    form = await open_entry(desk, wanted)
    return await desk.world.moderator.submit_modal(form, {**values(form), **typed})


async def phrase(desk: Desk, wanted: str, phrasing: str) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa phrase", entry=wanted, phrasing=phrasing)


async def ask(desk: Desk, question: str) -> str:
    asked = await desk.world.alice.slash(desk.world.channel, "ask", question=question)
    return unescape(texts(asked.response))


def shown(card: simcord.InteractionResult) -> str:
    return unescape(texts(card.response))


async def cited(desk: Desk, *excerpts: str) -> tuple[Citation, ...]:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    return tuple(cite(story, excerpt) for excerpt in excerpts)


async def test_the_form_has_all_of_the_entry_in_it(desk: Desk) -> None:
    citations = await cited(desk, TOWER, LINE)
    await desk.keep(entry(1, phrasings=("Rule one?", "first rule?", "1?"), citations=citations))

    form = await open_entry(desk, "rule-01")

    assert values(form) == {
        "question": "Rule one?",
        "answer": "Rule 1.",
        "excerpt": f"{TOWER}\n\n{LINE}",
        "phrasings": "first rule?\n1?",
    }


async def test_the_preview_tells_what_changes_and_saves_nothing(desk: Desk) -> None:
    await desk.keep(entry(1))

    preview = await edit(desk, "rule-01", answer="Rule one.", phrasings="first rule?")

    assert preview.response.ephemeral
    assert "- Answer: Rule ~~1.~~ **one.**" in shown(preview)
    assert "- Phrasing added: first rule?" in shown(preview)
    assert list(buttons(preview.response)) == ["Confirm", "Edit", "Cancel"]
    assert await desk.own() == (entry(1),)


async def test_a_confirmed_change_keeps_the_id_the_follow_ups_and_the_other_excerpts(desk: Desk) -> None:
    citations = await cited(desk, TOWER, LINE)
    await desk.keep(entry(1, citations=citations, follow_ups=("height",)), entry(2))

    preview = await edit(desk, "rule-01", answer="Rule one.")
    await desk.press(preview, "Confirm")

    kept, other = await desk.own()
    assert (kept.id, kept.answer, kept.citations, kept.follow_ups) == (
        "rule-01",
        "Rule one.",
        citations,
        ("height",),
    )
    assert kept.author is not None
    assert kept.author.name == "moderator"
    assert other == entry(2)
    assert "Rule one." in await ask(desk, "What is rule 1 of this server?")


async def test_an_entry_confirmed_as_it_was_is_no_change(desk: Desk) -> None:
    await desk.keep(entry(1))

    preview = await edit(desk, "rule-01")
    assert "**What changes**\nNothing." in shown(preview)
    await desk.press(preview, "Confirm")

    assert "Nothing changed" in shown(preview)
    assert buttons(preview.response) == {}


async def test_of_several_excerpts_the_one_that_does_not_stand_is_mended(desk: Desk) -> None:
    await desk.keep(entry(1, citations=await cited(desk, LINE)))

    refused = await edit(desk, "rule-01", excerpt=f"{LINE}\n\n{TOWER.upper()}")
    await desk.press(refused, "Take this line")
    await desk.press(refused, "Confirm")

    (kept,) = await desk.own()
    assert [citation.excerpt for citation in kept.citations] == [LINE, TOWER]


async def test_a_stale_entry_is_mended_with_the_line_that_stands_there_now(desk: Desk) -> None:
    (line,) = await cited(desk, TOWER)
    old = dataclasses.replace(line, excerpt=TOWER.replace("high", "tall"), text_hash="0" * 64)
    await desk.keep(entry(1, citations=(old,)))

    refused = await edit(desk, "rule-01")
    await desk.press(refused, "Take this line")
    await desk.press(refused, "Confirm")

    (kept,) = await desk.own()
    assert kept.citations == (line,)


async def test_what_the_form_cannot_hold_stays_as_it_is(desk: Desk) -> None:
    many = tuple(f"{number} {'x' * 200}?" for number in range(50))
    await desk.keep(entry(1, phrasings=("First?", *many)))

    form = await open_entry(desk, "rule-01")
    described = [part.get("description", "") for part in form.modal["components"]]
    assert any("more stay as they are" in text for text in described)
    assert len(values(form)["phrasings"]) <= 4000
    preview = await desk.world.moderator.submit_modal(form, {**values(form), "answer": "New."})
    await desk.press(preview, "Confirm")

    (kept,) = await desk.own()
    assert kept == entry(1, phrasings=("First?", *many), answer="New.", author=kept.author)


# Somebody else meanwhile


async def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_typed_is_lost(desk: Desk) -> None:
    await desk.keep(entry(1))
    preview = await edit(desk, "rule-01", answer="Mine.")
    await desk.keep(entry(1, answer="Theirs."))

    await desk.press(preview, "Confirm")

    assert "meanwhile somebody changed or removed this entry" in shown(preview)
    assert "- Answer: ~~Theirs.~~ **Mine.**" in shown(preview)
    assert (await desk.own())[0].answer == "Theirs."
    await desk.press(preview, "Confirm")
    assert (await desk.own())[0].answer == "Mine."


async def test_what_somebody_else_removed_meanwhile_can_be_brought_back(desk: Desk) -> None:
    await desk.keep(entry(1))
    preview = await edit(desk, "rule-01", answer="Mine.")
    await desk.world.bot.library.remove(desk.world.guild.id, "rule-01")

    await desk.press(preview, "Confirm")
    assert "meanwhile somebody changed or removed" in shown(preview)
    await desk.press(preview, "Confirm")

    assert [(kept.id, kept.answer) for kept in await desk.own()] == [("rule-01", "Mine.")]


async def test_what_another_process_changes_at_the_last_moment_is_told_too(
    desk: Desk, packs: tuple[Pack, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.keep(entry(1))
    preview = await edit(desk, "rule-01", answer="Mine.")
    library, waiting = desk.world.bot.library, [entry(1, answer="Theirs.")]
    change = library.change

    async def overtaken(server: int, writes: Sequence[Write], by: Author) -> Change | None:
        if waiting:
            other = Library(packs, await open_store(f"sqlite:///{desk.database}"))
            await other.save(server, [waiting.pop()])
            await other.close()
        return await change(server, writes, by)

    monkeypatch.setattr(library, "change", overtaken)
    await desk.press(preview, "Confirm")

    assert "- Answer: ~~Theirs.~~ **Mine.**" in shown(preview)
    assert (await desk.own())[0].answer == "Theirs."


# Entries of packs


async def test_a_packs_entry_becomes_a_copy_of_the_servers_own(desk: Desk, packs: tuple[Pack, ...]) -> None:
    preview = await edit(desk, HEIGHT, answer="Rather high.")

    assert "It replaces the pack's entry for this server" in shown(preview)
    await desk.press(preview, "Confirm")
    (copy,) = await desk.own()
    assert copy == dataclasses.replace(packs[0].entries[0], answer="Rather high.", author=copy.author)
    assert "Rather high." in await ask(desk, HEIGHT)


async def test_a_changed_copy_is_an_entry_like_others(desk: Desk) -> None:
    await desk.press(await edit(desk, "height", answer="Rather high."), "Confirm")
    card = await desk.world.moderator.slash(desk.world.channel, "qa show", entry="height")
    assert "It replaces the pack's entry of the same id." in shown(card)

    preview = await edit(desk, "height", answer="Very high.")

    assert "replaces the pack's entry" not in shown(preview)
    await desk.press(preview, "Confirm")
    assert [kept.answer for kept in await desk.own()] == ["Very high."]


async def test_of_two_copies_the_second_is_asked_about(desk: Desk) -> None:
    first, second = await edit(desk, "height", answer="A."), await edit(desk, "height", answer="B.")
    await desk.press(first, "Confirm")

    await desk.press(second, "Confirm")

    assert "- Answer: ~~A.~~ **B.**" in shown(second)
    assert [kept.answer for kept in await desk.own()] == ["A."]


async def test_without_the_copy_the_packs_entry_is_back(desk: Desk) -> None:
    await desk.press(await edit(desk, "height", answer="Rather high."), "Confirm")

    asked = await desk.world.moderator.slash(desk.world.channel, "qa remove", entry="height")
    assert "The pack's entry of the same id counts again then." in shown(asked)
    await desk.press(asked, "Remove it")

    assert "The pack's entry" in shown(asked)
    assert "It is 23 metres high." in await ask(desk, HEIGHT)


# When the entries are not read in time


async def test_a_form_needs_the_entries_in_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(_server: int) -> None:
        await asyncio.sleep(0.1)

    monkeypatch.setattr("bot.bases.WAITED_WHILE_TYPING", 0.01)
    monkeypatch.setattr(desk.world.bot.library, "base", slow)

    refused = await open_entry(desk, "rule-01")

    assert len(desk.world.env.errors) == 1
    assert "still reading this server's entries" in refused.response.content


def test_drafts_of_entries_are_what_was_typed_once() -> None:
    kept: Entry = entry(1, phrasings=("a\nb?", " c? "))
    draft = draft_of(kept, None, 1, kept.author, asked="d?\n\n e? ")

    assert (draft.question, draft.phrasings, draft.asked) == ("a b?", "c?\nd?\ne?", "d?")
