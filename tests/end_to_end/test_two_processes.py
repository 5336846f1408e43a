"""The bot and `pullquote import`, two processes on one database."""

import asyncio
import json
from pathlib import Path

from .loopback import Json, Member
from .process import START_SECONDS, BotProcess, launched
from .reading import read

IMPORTED = {
    "id": "where-is-the-party",
    "phrasings": ["In which hall do we celebrate tonight?"],
    "answer": "In the old boathouse.",
}
TYPED = {
    "question": "Where is the party?",
    "answer": "On the roof of the town hall.",
    "excerpt": "",
    "phrasings": "",
}


async def import_entry(bot: BotProcess, server: Json, home: Path) -> None:
    file = home / "entries.jsonl"
    file.write_text(json.dumps(IMPORTED), encoding="utf-8")
    where = ("--database", f"sqlite:///{bot.home}/bot.db", "--server", server["id"])
    async with launched(home, {}, "-m", "bot", "import", str(file), *where) as process:
        done = await process.ended(START_SECONDS)
    assert done.code == 0, done.err


async def test_an_imported_entry_is_answered_by_the_running_bot(
    bot: BotProcess, server: Json, alice: Member, tmp_path: Path
) -> None:
    assert IMPORTED["answer"] not in read(await alice.mention(IMPORTED["phrasings"][0]))
    await import_entry(bot, server, tmp_path)
    await asyncio.sleep(1.0)  # as long as the bot may not look
    assert IMPORTED["answer"] in read(await alice.mention(IMPORTED["phrasings"][0]))


async def test_an_entry_that_is_confirmed_does_not_take_the_place_of_an_imported_one(
    bot: BotProcess, server: Json, moderator: Member, alice: Member, tmp_path: Path
) -> None:
    assert "party" not in read((await moderator.command("qa list")).answer)
    previewed = await moderator.submit(await moderator.command("qa add"), **TYPED)
    await import_entry(bot, server, tmp_path)
    assert "Saved" in read((await moderator.click(previewed.answer, "Confirm")).answer)
    for question, answer in (
        (TYPED["question"], TYPED["answer"]),
        (IMPORTED["phrasings"][0], IMPORTED["answer"]),
    ):
        assert answer in read(await alice.mention(question))
