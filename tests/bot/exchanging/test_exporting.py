"""`/qa export`: a server's own entries as a file, which import takes again, and nothing of any other server."""

import dataclasses
import json

import pytest
import simcord

from knowledge.model import Author, Citation, Entry
from tests.bot.conftest import World, texts
from tests.bot.curating.conftest import Desk, entry

CANARY = Entry("xyloquartz", ("Where is the xyloquartz?",), "Under the xyloquartz.", author=Author(2, "Eve"))


async def export(desk: Desk, **more: str) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa export", **more)


async def content(result: simcord.InteractionResult) -> str:
    (attachment,) = result.response.attachments
    return (await attachment.read()).decode()


async def test_an_empty_server_says_so(desk: Desk) -> None:
    result = await export(desk)
    assert "no entries of its own yet" in result.response.content
    assert result.response.attachments == []


async def test_json_lines_unless_another_format_is_chosen(desk: Desk) -> None:
    await desk.keep(entry(1), entry(2))
    result = await export(desk)
    assert result.response.ephemeral
    assert result.response.attachments[0].filename == "entries.jsonl"
    assert [json.loads(line)["id"] for line in (await content(result)).splitlines()] == ["rule-01", "rule-02"]
    assert "2 entries" in result.response.content


@pytest.mark.parametrize("form", ["jsonl", "csv", "yaml"])
async def test_what_is_exported_is_imported_as_the_same(desk: Desk, form: str) -> None:
    await desk.keep(entry(1, answer="=1+1"), entry(2))
    made = await content(await export(desk, format=form))
    again = await desk.world.moderator.slash(
        desk.world.channel, "qa import", file=(f"entries.{form}", made.encode())
    )
    assert "0 new, 0 changed, 2 same" in texts(again.response)


async def test_stale_entries_are_left_out_and_told(desk: Desk) -> None:
    gone = Citation("lighthouse", 0, 4, "Gone", "hash")
    await desk.keep(entry(1), entry(2, citations=(gone,)))
    result = await export(desk)
    assert "rule-02" not in await content(result)
    told = result.response.content.replace("\\", "")
    assert "Left out **rule-02**: the lines it cites no longer stand in lighthouse." in told


async def test_who_wrote_an_entry_is_not_in_the_file(desk: Desk) -> None:
    await desk.keep(entry(1, author=Author(77_777, "Somebody")))
    made = await content(await export(desk))
    assert "Somebody" not in made
    assert "77777" not in made


async def test_nothing_of_another_server_is_exported_or_compared_with(desk: Desk) -> None:
    await desk.world.bot.library.save(desk.world.guild.id + 1, [CANARY])
    await desk.keep(entry(1))
    for form in ("jsonl", "csv", "yaml"):
        result = await export(desk, format=form)
        assert "xyloquartz" not in await content(result) + result.response.content
    same = json.dumps({"id": CANARY.id, "phrasings": ["Mine?"], "answer": "Mine."}).encode()
    preview = await desk.world.moderator.slash(desk.world.channel, "qa import", file=("entries.jsonl", same))
    assert "1 new, 0 changed" in texts(preview.response)
    assert "Under" not in texts(preview.response)


async def test_a_file_that_discord_does_not_take_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.exchange.format_entries", lambda *_: "x" * 30_000_000)
    await desk.keep(entry(1))
    assert "more than Discord takes" in (await export(desk)).response.content
    assert len(desk.world.env.errors) == 1


async def test_what_has_to_be_mended_before_it_is_taken_again_is_told(desk: Desk) -> None:
    twin = dataclasses.replace(entry(1), id="twin")
    await desk.keep(entry(1), twin)
    told = (await export(desk)).response.content
    assert "has to be mended" in told
    assert "- line 2" in told


async def test_members_who_see_the_command_are_refused(world: World, desk: Desk) -> None:
    await desk.keep(entry(1))
    desk.let_in(world.alice)
    result = await world.alice.slash(world.channel, "qa export")
    assert "for moderators" in result.response.content
    assert result.response.attachments == []
    assert world.env.errors
