"""What moderators set for their server: short forms and strictness, in the real process and its database."""

import asyncio
from functools import cache
from pathlib import Path

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.model import EntryKind, Outcome, Question, Strictness
from knowledge.packs import bundled_pack, read_pack

from .conftest import trouble
from .loopback import Interaction, Json, LoopbackDiscord, Member
from .loopback.shapes import Permission
from .process import START_SECONDS, BotProcess, launched, running_bot
from .reading import read

SHORT = "zbw?"
ALIAS = {"alias": "ZBW", "means": "who won the first women's Ballon d'Or"}
WINNER = "Ada Hegerberg won it"
MENU = "pq1:set-strictness"


@cache
def doubtful() -> tuple[str, str]:
    """Return a question that an eager server answers and a careful one does not, and that answer."""
    base = Base(CompiledPacks([read_pack(bundled_pack())]))
    eager, careful = base.at(Strictness.EAGER), base.at(Strictness.CAREFUL)
    for entry in base.packs[0].entries:
        for phrasing in entry.phrasings if entry.kind is EntryKind.ENTRY else ():
            question = f"{' '.join(phrasing.rstrip('?').split()[:-2])} then"
            given, held_back = eager.answer(Question(question)), careful.answer(Question(question))
            if given.outcome is Outcome.ANSWER and held_back.outcome is Outcome.CHOICES:
                return question, given.text
    raise AssertionError("no such question")


async def strictness(moderator: Member, value: str) -> Interaction:
    return await moderator.command("pullquote settings", strictness=value)


async def test_an_alias_counts_from_the_next_question_on_until_it_is_removed(
    moderator: Member, alice: Member
) -> None:
    assert WINNER not in read(await alice.mention(SHORT))
    saved = await moderator.command("qa alias add", **ALIAS)
    assert saved.ephemeral
    assert "From the next question on I read zbw as who won the first women's Ballon d'Or." in read(
        saved.answer
    )
    assert WINNER in read(await alice.mention(SHORT))
    assert WINNER in read((await alice.command("ask", question=SHORT)).answer)
    why = await moderator.command("qa explain", question=SHORT)
    assert "zbw for who won the first women ballon dor" in read(why.answer)
    listed = await moderator.command("qa alias list")
    assert "zbw as who won the first women's Ballon d'Or (Mia)" in read(listed.answer)
    [offered] = await moderator.completions("qa alias remove", "alias", "ballon")
    assert offered == {"name": "zbw: who won the first women's Ballon d'Or", "value": "zbw"}
    removed = await moderator.command("qa alias remove", alias=offered["value"])
    assert "Removed" in read(removed.answer)
    assert WINNER not in read(await alice.mention(SHORT))


@pytest.mark.parametrize(("alias", "said"), [("the", "everyday word"), ("a b c d", "at most 3 words")])
async def test_an_alias_that_makes_no_sense_is_refused_in_a_sentence(
    moderator: Member, alias: str, said: str
) -> None:
    refused = await moderator.command("qa alias add", alias=alias, means="Ballon d'Or")
    assert refused.ephemeral
    assert said in read(refused.answer)
    assert "no aliases yet" in read((await moderator.command("qa alias list")).answer)


async def test_quotations_are_found_by_a_short_form(moderator: Member, alice: Member) -> None:
    await moderator.command("qa alias add", alias="ah9", means="Ada Hegerberg")
    quoted = await alice.command("quote", who="AH9")
    assert "Ada Hegerberg" in read(quoted.answer)
    assert "No story" not in read(quoted.answer)


async def test_a_stricter_server_offers_what_an_eager_one_answers(moderator: Member, alice: Member) -> None:
    question, answer = doubtful()
    shown = await strictness(moderator, "eager")
    assert shown.ephemeral
    assert "Strictness: eager (set by Mia)" in read(shown.answer)
    assert answer in read(await alice.mention(question))
    chosen = await moderator.select(shown.answer, MENU, ["careful"])
    assert "Strictness: careful (set by Mia)" in read(chosen.answer)
    assert answer not in read(await alice.mention(question))


async def test_all_of_it_survives_a_restart_and_the_old_menu_still_works(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    question, answer = doubtful()
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        await moderator.command("qa alias add", **ALIAS)
        shown = await strictness(moderator, "eager")
        assert answer in read(await alice.mention(question))
    async with running_bot(own_discord, tmp_path) as second:
        assert answer in read(await alice.mention(question))
        assert WINNER in read(await alice.mention(SHORT))
        chosen = await moderator.select(shown.answer, MENU, ["careful"])
        assert "Strictness: careful" in read(chosen.answer)
        assert answer not in read(await alice.mention(question))
        assert trouble(second.log) == []
    assert len(own_discord.asked("PUT", "/commands$")) == 1


async def test_another_server_is_unaffected(
    moderator: Member, discord: LoopbackDiscord, alice: Member
) -> None:
    question, answer = doubtful()
    elsewhere = await discord.join("Elsewhere")
    stranger = Member(discord, "alice", elsewhere)
    other_moderator = Member(discord, "mia", elsewhere).may(Permission.MANAGE_MESSAGES)
    await strictness(other_moderator, "eager")
    await strictness(moderator, "careful")
    await moderator.command("qa alias add", **ALIAS)
    assert WINNER in read(await alice.mention(SHORT))
    assert answer not in read(await alice.mention(question))
    assert answer in read(await stranger.mention(question))
    seen = [
        read(await stranger.mention(SHORT)),
        read(await Member(discord, "alice").ask(SHORT)),
        read((await other_moderator.command("qa alias list")).answer),
        *await other_moderator.complete("qa alias remove", "alias", ""),
    ]
    assert [text for text in seen if WINNER in text or ALIAS["means"] in text] == []


@pytest.mark.parametrize("options", [{}, {"strictness": "eager"}])
async def test_a_member_is_refused(alice: Member, moderator: Member, options: Json) -> None:
    refused = await alice.command("pullquote settings", **options)
    assert refused.ephemeral
    assert "moderators" in read(refused.answer)
    shown = await moderator.command("pullquote settings")
    assert "balanced (the default)" in read(shown.answer)


async def test_the_menu_stops_working_when_the_permission_is_gone(moderator: Member, alice: Member) -> None:
    shown = await moderator.command("pullquote settings")
    for who in (alice, moderator.may(Permission(0))):
        refused = await who.select(shown.answer, MENU, ["eager"])
        assert "moderators" in read(refused.followups[-1] if refused.followups else refused.answer)
    again = await moderator.may(Permission.MANAGE_MESSAGES).command("pullquote settings")
    assert "balanced (the default)" in read(again.answer)


async def test_an_alias_from_the_terminal_is_read_by_the_running_bot(
    bot: BotProcess, server: Json, alice: Member, tmp_path: Path
) -> None:
    assert WINNER not in read(await alice.mention(SHORT))
    where = ("--database", f"sqlite:///{bot.home}/bot.db", "--server", server["id"])
    command = ("-m", "bot", "alias", "add", ALIAS["alias"], ALIAS["means"], *where)
    async with launched(tmp_path, {}, *command) as process:
        done = await process.ended(START_SECONDS)
    assert done.code == 0, done.err
    await asyncio.sleep(1.0)  # as long as the bot may not look
    assert WINNER in read(await alice.mention(SHORT))
