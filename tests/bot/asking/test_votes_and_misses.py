"""Members tell whether an answer helped, once each; what nobody could answer is kept without its asker."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import simcord

from bot import upkeep
from bot.asking.votes import HelpfulButton
from bot.texts import ENGLISH
from knowledge.errors import StorageError
from knowledge.library import Library
from knowledge.model import AnswerSource, Author, Ended, Entry, Miss, Pack, Setting, SourceKind, Votes
from knowledge.owned import put
from knowledge.settings import MISSES_DAYS
from knowledge.storage import open_store
from tests.bot.conftest import World, buttons, texts

QUESTION = "What is the password of the watch party?"
PASSWORD = Entry("password", (QUESTION, "watch party password"), "Swordfish.", author=Author(1, "Mia"))
SOURCE = AnswerSource(SourceKind.ENTRY, "password")
NOWHERE = "Which bus goes from the harbour to the museum?"


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
async def answered(world: World) -> simcord.InteractionResult:
    await world.bot.library.save(world.guild.id, [PASSWORD])
    return await world.alice.slash(world.channel, "ask", question=QUESTION)


async def votes(world: World) -> object:
    return await world.bot.library.writable().misses.votes(world.guild.id)


async def test_each_person_counts_once_for_an_answer(
    world: World, answered: simcord.InteractionResult
) -> None:
    first = await world.alice.click(answered.response, label="Helpful")
    assert texts(first.response) == ENGLISH.thanks
    assert first.response.ephemeral
    again = await world.alice.click(answered.response, label="Not helpful")
    assert texts(again.response) == ENGLISH.voted
    await world.bob.click(answered.response, label="Not helpful")
    assert await votes(world) == {SOURCE: Votes(1, 1)}


async def test_an_answer_that_was_no_help_waits_in_the_inbox_without_who(
    world: World, answered: simcord.InteractionResult
) -> None:
    said = await world.bob.click(answered.response, label="Not helpful")
    assert texts(said.response) == ENGLISH.thanks_for_not
    [miss] = await world.bot.library.misses(world.guild.id)
    assert (miss.question, miss.ended, miss.source) == (QUESTION, Ended.NOT_HELPFUL, SOURCE)
    assert "bob" not in repr(miss)


async def test_a_vote_that_could_not_be_taken_in_whole_can_be_given_again(
    world: World, answered: simcord.InteractionResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_server: int | None) -> None:
        raise StorageError("The database is away.")

    with monkeypatch.context() as patched:
        patched.setattr(world.bot.library, "base", away)
        refused = await world.bob.click(answered.response, label="Not helpful")
        assert "database cannot be used" in refused.response.content
    said = await world.bob.click(answered.response, label="Not helpful")
    assert texts(said.response) == ENGLISH.thanks_for_not
    assert [miss.question for miss in await world.bot.library.misses(world.guild.id)] == [QUESTION]


async def test_nobody_is_told_that_moderators_will_see_a_question_that_is_not_kept(
    world: World, answered: simcord.InteractionResult
) -> None:
    await world.bot.library.change(world.guild.id, [put(Setting(MISSES_DAYS, "0"))])
    said = await world.bob.click(answered.response, label="Not helpful")
    assert texts(said.response) == ENGLISH.thanks
    assert await votes(world) == {SOURCE: Votes(0, 1)}


async def test_a_moderator_is_told_how_to_mend_an_answer(
    world: World, answered: simcord.InteractionResult
) -> None:
    said = await world.moderator.click(answered.response, label="Not helpful")
    assert "Apps > Wrong answer" in texts(said.response)


@pytest.mark.usefixtures("answered")
async def test_a_vote_counts_for_the_question_above_an_answer_that_came_as_a_reply(world: World) -> None:
    await world.alice.send(world.channel, f"{world.mention} watch party password")
    await world.bob.click(world.last, label="Not helpful")
    [miss] = await world.bot.library.misses(world.guild.id)
    assert miss.question == "watch party password"


async def test_votes_work_after_a_restart(world: World, answered: simcord.InteractionResult) -> None:
    await world.alice.click(answered.response, label="Helpful")
    await world.restart()
    assert texts((await world.alice.click(answered.response, label="Helpful")).response) == ENGLISH.voted
    await world.bob.click(answered.response, label="Helpful")
    assert await votes(world) == {SOURCE: Votes(2, 0)}


async def test_there_is_nothing_to_vote_for_where_there_is_no_answer_or_no_server(world: World) -> None:
    unknown = await world.alice.slash(world.channel, "ask", question=NOWHERE)
    assert not {"Helpful", "Not helpful"} & buttons(unknown.response).keys()
    direct = await world.alice.send_dm("Who won the first women's Ballon d'Or?")
    assert direct is not None
    assert not {"Helpful", "Not helpful"} & buttons(world.alice.user.dm_channel.last_message).keys()


def test_a_source_of_any_kind_comes_back_from_the_button() -> None:
    for kind in SourceKind:
        button = HelpfulButton(AnswerSource(kind, "a:b"), "Helpful")
        match = button.template.fullmatch(button.custom_id)
        assert match is not None
        assert HelpfulButton.read(match.groupdict(), "").source == button.source


async def test_what_nobody_could_answer_is_kept_and_how_often(world: World) -> None:
    for who in (world.alice, world.bob):
        await who.slash(world.channel, "ask", question=NOWHERE)
    await world.alice.send(world.channel, f"{world.mention} hello")
    [miss] = await world.bot.library.misses(world.guild.id)
    assert (miss.question, miss.times) == (NOWHERE, 2)
    assert miss.ended in {Ended.UNKNOWN, Ended.CLOSEST, Ended.CHOICES}
    assert await world.bot.library.misses(world.guild.id + 1) == ()


@pytest.mark.usefixtures("answered")
async def test_what_is_answered_and_what_a_server_does_not_want_kept_is_no_miss(world: World) -> None:
    setting = Setting(MISSES_DAYS, "0")
    await world.bot.library.change(world.guild.id, [put(setting)])
    await world.alice.slash(world.channel, "ask", question=NOWHERE)
    assert await world.bot.library.misses(world.guild.id) == ()


async def test_a_direct_message_is_no_miss(world: World) -> None:
    await world.alice.send_dm(NOWHERE)
    assert await world.bot.library.writable().misses.servers() == ()


async def test_old_misses_are_deleted_while_the_bot_runs(tmp_path: Path, packs: tuple[Pack, ...]) -> None:
    library = Library(packs, await open_store(f"sqlite:///{tmp_path / 'old.db'}"))
    past = datetime.now(UTC) - timedelta(days=31)
    await library.writable().misses.add(1, [Miss(NOWHERE, Ended.UNKNOWN, 1, past, past)])
    async with upkeep.upkeep(library, every=0.01):
        for _ in range(200):
            if not await library.misses(1):
                break
            await asyncio.sleep(0.01)
    assert await library.misses(1) == ()
    await library.close()


async def test_a_server_that_wants_none_kept_has_none_from_then_on(
    tmp_path: Path, packs: tuple[Pack, ...]
) -> None:
    library = Library(packs, await open_store(f"sqlite:///{tmp_path / 'off.db'}"))
    for server in (1, 2):
        await library.base(server)
        library.note_miss(server, NOWHERE, Ended.UNKNOWN)
    assert len(await library.misses(1)) == 1
    library.note_miss(1, "What is her dog called?", Ended.UNKNOWN)  # not written yet
    await library.change(1, [put(Setting(MISSES_DAYS, "0"))])
    assert (await library.misses(1), len(await library.misses(2))) == ((), 1)
    await library.close()


@pytest.mark.parametrize(
    "error",
    [StorageError("The database is away: try again later."), ValueError("a record of a newer version")],
)
async def test_upkeep_goes_on_whatever_goes_wrong(error: Exception) -> None:
    class Away:
        calls = 0

        async def forget_old_misses(self) -> int:
            self.calls += 1
            raise error

    away = Away()
    async with upkeep.upkeep(away, every=0.001):  # type: ignore[arg-type]
        for _ in range(500):
            if away.calls > 1:
                break
            await asyncio.sleep(0.002)
    assert away.calls > 1
