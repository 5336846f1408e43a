"""`/qa check`: how a server's graded questions end, the wrong ones one by one, and what that certifies."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
import simcord

from bot.checking.pages import NONE_YET
from knowledge.model import Graded
from knowledge.owned import put
from tests.bot.conftest import World, buttons, texts
from tests.bot.curating.conftest import Desk

RIGHT = Graded("How many metres does the lighthouse have?", "height")
TAUGHT = Graded("How high is the tower?", "height")
WRONG = Graded("How high is this tower?", None)
UNTOLD = Graded("What is the name of the keeper's dog?", None)
UNANSWERED = Graded("Which moon has the largest crater?", "height")


async def keep(desk: Desk, graded: Iterable[Graded]) -> None:
    await desk.world.bot.library.change(desk.world.guild.id, list(map(put, graded)))


def the_same_wrong_one(times: int) -> list[Graded]:
    return [Graded(f"How high is this tower{'?' * number}", None) for number in range(1, times + 1)]


async def check(desk: Desk) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa check")


def shown(result: simcord.InteractionResult) -> str:
    return texts(result.response).replace("\\", "")


async def test_without_graded_questions_it_says_how_to_add_them(desk: Desk) -> None:
    assert (await check(desk)).response.content == NONE_YET


async def test_it_tells_right_wrong_and_held_back_and_the_wrong_ones_one_by_one(desk: Desk) -> None:
    await keep(desk, [RIGHT, WRONG, UNTOLD, UNANSWERED])
    result = await check(desk)
    assert result.response.ephemeral
    text = shown(result)
    assert "4 graded questions, 2 as they should be." in text
    assert "Of 2 that an entry answers: 1 right, 0 wrong, 0 offered among choices, 1 held back." in text
    assert (
        "Of 2 that the story does not answer: 1 held back as they should be, 1 answered all the same." in text
    )
    wrong = (
        f"**Wrong**: {WRONG.question}\nI said: height: It is 23 metres high.\nRight: The story does not say"
    )
    assert wrong in text
    assert f"**Not answered**: {UNANSWERED.question}" in text
    assert text.index("**Wrong**") < text.index("**Not answered**")
    assert buttons(result.response) == {}


async def test_it_says_what_can_be_certified_in_plain_words(desk: Desk) -> None:
    await keep(desk, [RIGHT, UNTOLD])
    text = shown(await check(desk))
    assert "Of 2 questions in other words, 0 got a wrong answer." in text
    assert "at most 78% of their questions do (certified at 95 %)" in text
    assert "at least 5% do (certified at 95 %)" in text
    assert "With 2 questions nothing under 78% wrong can be certified; 5% takes 59" in text


async def test_what_was_taught_word_for_word_certifies_nothing(desk: Desk) -> None:
    await keep(desk, [TAUGHT])
    text = shown(await check(desk))
    assert "1 question of these stands in an entry word for word" in text
    assert "Nothing can be certified" in text


async def test_a_question_whose_entry_is_gone_says_so(desk: Desk) -> None:
    await keep(desk, [Graded("How high is this tower?", "gone")])
    assert "gone, which is not there any more" in shown(await check(desk))


async def test_a_question_whose_entry_is_gone_is_not_praised_where_it_is_held_back(desk: Desk) -> None:
    await keep(desk, [replace(UNANSWERED, entry="gone"), UNTOLD])
    text = shown(await check(desk))
    assert "2 graded questions, 1 as they should be." in text
    assert "Of 1 that the story does not answer: 1 held back" in text
    assert "Of 1 the entry that was right is not there any more, or hidden: grade them anew" in text
    assert f"**Not answered**: {UNANSWERED.question}" in text
    assert "gone, which is not there any more" in text
    assert "Of 1 question in other words" in text


async def test_many_findings_have_pages_that_outlive_a_restart_and_a_file(desk: Desk) -> None:
    many = the_same_wrong_one(40)
    await keep(desk, many)
    result = await check(desk)
    assert "page 1 of" in shown(result)
    (attachment,) = result.followups[-1].attachments
    report = (await attachment.read()).decode()
    assert [one for one in many if one.question not in report] == []
    await desk.world.restart()
    turned = await desk.press(result, "Next")
    assert "page 2 of" in shown(turned)
    assert "page 1 of" in shown(await desk.press(turned, "Previous"))


async def test_a_page_is_of_the_questions_as_they_are_now(desk: Desk) -> None:
    many = the_same_wrong_one(40)
    await keep(desk, many)
    result = await check(desk)
    await desk.world.bot.library.revert(desk.world.guild.id, 1)
    assert NONE_YET in shown(await desk.press(result, "Next"))


async def test_members_are_refused(world: World, desk: Desk) -> None:
    await keep(desk, [WRONG])
    desk.let_in(world.alice)
    assert "for moderators" in (await world.alice.slash(world.channel, "qa check")).response.content
    assert len(world.env.errors) == 1


async def test_pages_are_refused_once_the_role_was_taken_away(desk: Desk) -> None:
    await keep(desk, the_same_wrong_one(40))
    result = await check(desk)
    desk.dismiss_moderator()
    assert "for moderators" in (await desk.press(result, "Next")).response.content


async def test_another_server_s_questions_are_not_asked(desk: Desk) -> None:
    canary = Graded("Where is the xyloquartz?", None)
    await desk.world.bot.library.change(desk.world.guild.id + 1, [put(canary)])
    assert (await check(desk)).response.content == NONE_YET
    await keep(desk, [WRONG])
    assert "xyloquartz" not in shown(await check(desk))


async def test_what_a_question_holds_pings_and_formats_nothing(desk: Desk) -> None:
    await keep(desk, [Graded("@everyone **how high** is this tower <@123>", None)])
    text = texts((await check(desk)).response)
    assert r"\@everyone \*\*how high\*\* is this tower \<\@123\>" in text


@pytest.mark.parametrize("graded", [[RIGHT], [UNTOLD], [WRONG]])
async def test_one_question_is_told_in_the_singular(desk: Desk, graded: list[Graded]) -> None:
    await keep(desk, graded)
    assert "1 graded question, " in shown(await check(desk))
