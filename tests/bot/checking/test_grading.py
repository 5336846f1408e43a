"""`/qa grade` and `/qa ungrade`: a moderator tells what is right for a question, and takes that back."""

import simcord

from knowledge.model import Author, Graded
from knowledge.owned import put
from tests.bot.conftest import World, texts
from tests.bot.curating.conftest import Desk, entry

UNSEEN = "How many metres does the lighthouse have?"


async def grade(desk: Desk, question: str, right: str) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa grade", question=question, entry=right)


async def ungrade(desk: Desk, question: str) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa ungrade", question=question)


async def graded(desk: Desk) -> tuple[Graded, ...]:
    return (await desk.world.bot.library.owned(desk.world.guild.id)).graded


def shown(result: simcord.InteractionResult) -> str:
    return texts(result.response).replace("\\", "")


async def test_a_question_is_kept_with_its_entry_and_who_said_so(desk: Desk) -> None:
    result = await grade(desk, f" {UNSEEN} ", "height")
    assert result.response.ephemeral
    me = Author(desk.world.moderator.id, "moderator")
    assert await graded(desk) == (Graded(UNSEEN, "height", me),)
    assert "Saved** (change 1)" in shown(result)
    assert "height: It is 23 metres high." in shown(result)
    assert "Right now I answer it so." in shown(result)


async def test_a_question_that_the_story_does_not_answer(desk: Desk) -> None:
    result = await grade(desk, "What is the name of the keeper's dog?", "not in the story")
    assert [one.entry for one in await graded(desk)] == [None]
    assert "The story does not say this." in shown(result)
    assert "Right now I hold back, as I should." in shown(result)


async def test_what_ends_otherwise_is_told_at_once(desk: Desk) -> None:
    result = await grade(desk, "How high is the tower?", "not in the story")
    assert "Right now it ends otherwise. Wrong: height: It is 23 metres high." in shown(result)


async def test_an_entry_can_be_named_by_a_phrasing_and_may_be_the_server_s_own(desk: Desk) -> None:
    await desk.keep(entry(1))
    await grade(desk, "rule one?", "what is rule 1 of this server")
    assert [one.entry for one in await graded(desk)] == ["rule-01"]


async def test_an_unknown_entry_is_refused(desk: Desk) -> None:
    result = await grade(desk, UNSEEN, "nonsense")
    assert "no such entry" in result.response.content
    assert await graded(desk) == ()
    assert len(desk.world.env.errors) == 1


async def test_graded_anew_it_replaces_what_was_right_before(desk: Desk) -> None:
    await grade(desk, UNSEEN, "not in the story")
    await grade(desk, UNSEEN, "height")
    assert [one.entry for one in await graded(desk)] == ["height"]
    assert "That is so already." in shown(await grade(desk, UNSEEN, "height"))


async def test_the_same_words_written_otherwise_are_not_graded_twice(desk: Desk) -> None:
    await grade(desk, UNSEEN, "not in the story")
    told = shown(await grade(desk, f"{UNSEEN[:-1].upper()} !", "height"))
    assert [(one.question, one.entry) for one in await graded(desk)] == [(UNSEEN, "height")]
    assert UNSEEN in told


async def test_it_can_be_undone_also_after_a_restart(desk: Desk) -> None:
    result = await grade(desk, UNSEEN, "height")
    await desk.world.restart()
    await desk.press(result, "Undo")
    assert await graded(desk) == ()


async def test_a_graded_question_is_taken_out_and_that_is_undone(desk: Desk) -> None:
    await grade(desk, UNSEEN, "height")
    removed = await ungrade(desk, UNSEEN)
    assert "Removed" in shown(removed)
    assert await graded(desk) == ()
    await desk.press(removed, "Undo")
    assert [one.question for one in await graded(desk)] == [UNSEEN]


async def test_what_is_not_graded_cannot_be_taken_out(desk: Desk) -> None:
    assert "no such graded question" in (await ungrade(desk, UNSEEN)).response.content
    assert len(desk.world.env.errors) == 1


async def test_entries_and_not_in_the_story_are_offered_while_typing(desk: Desk) -> None:
    await desk.keep(entry(1))
    moderator, channel = desk.world.moderator, desk.world.channel
    nothing = await moderator.autocomplete(channel, "qa grade", "entry", "", question=UNSEEN)
    assert [one["value"] for one in nothing] == ["not in the story", "rule-01", "height"]
    typed = await moderator.autocomplete(channel, "qa grade", "entry", "how high", question=UNSEEN)
    assert [one["value"] for one in typed] == ["height", "not in the story"]
    by_id = await moderator.autocomplete(channel, "qa grade", "entry", "rule-01", question=UNSEEN)
    assert by_id[0]["value"] == "rule-01"


async def test_graded_questions_are_offered_while_typing_and_long_ones_can_be_taken_out(desk: Desk) -> None:
    long = "How high is the tower " + "of the lighthouse " * 14
    await grade(desk, long, "height")
    await grade(desk, UNSEEN, "height")
    moderator, channel = desk.world.moderator, desk.world.channel
    (offered,) = await moderator.autocomplete(channel, "qa ungrade", "question", "tower")
    await ungrade(desk, offered["value"])
    assert [one.question for one in await graded(desk)] == [UNSEEN]


async def test_of_long_questions_that_begin_alike_only_the_one_that_is_meant_is_taken_out(desk: Desk) -> None:
    begun = ("How high is the tower " + "of the lighthouse " * 5)[:100].strip()
    longer = [f"{begun} {ending}" for ending in ("by day?", "at night?")]
    for question in longer:
        await grade(desk, question, "height")
    assert "type in full" in (await ungrade(desk, begun)).response.content
    await grade(desk, begun, "height")
    await ungrade(desk, begun)
    await ungrade(desk, longer[1])
    assert [one.question for one in await graded(desk)] == longer[:1]
    assert len(desk.world.env.errors) == 1


async def test_a_question_that_cannot_be_asked_is_refused(desk: Desk) -> None:
    assert "no word in it" in (await grade(desk, "?!", "height")).response.content
    assert len(desk.world.env.errors) == 1


async def test_members_are_refused_and_offered_nothing(world: World, desk: Desk) -> None:
    await grade(desk, UNSEEN, "height")
    desk.let_in(world.alice)
    results = [
        await world.alice.slash(world.channel, "qa grade", question="Why?", entry="height"),
        await world.alice.slash(world.channel, "qa ungrade", question=UNSEEN),
    ]
    assert ["for moderators" in one.response.content for one in results] == [True, True]
    assert len(await graded(desk)) == 1
    assert await world.alice.autocomplete(world.channel, "qa ungrade", "question", "") == []
    assert await world.alice.autocomplete(world.channel, "qa grade", "entry", "", question="x") == []
    assert len(world.env.errors) == 2


async def test_undo_is_refused_once_the_role_was_taken_away(desk: Desk) -> None:
    result = await grade(desk, UNSEEN, "height")
    desk.dismiss_moderator()
    assert "for moderators" in (await desk.press(result, "Undo")).response.content
    assert len(await graded(desk)) == 1


async def test_another_server_s_graded_questions_are_not_offered(desk: Desk) -> None:
    library, guild = desk.world.bot.library, desk.world.guild.id
    await library.change(guild + 1, [put(Graded("Where is the xyloquartz?", None))])
    offered = await desk.world.moderator.autocomplete(desk.world.channel, "qa ungrade", "question", "")
    assert offered == []
    assert "no such graded question" in (await ungrade(desk, "Where is the xyloquartz?")).response.content
    assert len(desk.world.env.errors) == 1
