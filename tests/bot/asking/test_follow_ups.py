import aiohttp
import discord
import pytest

from bot import sending
from tests.bot.asking.conftest import VAGUE, SettledBase
from tests.bot.conftest import World, texts


async def ask(world: World, text: str, reply_to: object = None) -> object:
    """Ask as Alice, with the ping that Discord's client adds to a reply, and return the bot's answer."""
    await world.alice.send(world.channel, f"{world.mention} {text}", reply_to=reply_to)
    return world.last


async def test_a_reply_to_an_answer_is_asked_after_the_question_before(
    world: World, settled: SettledBase
) -> None:
    first = await ask(world, "who won?")
    await ask(world, "and how old is she?", first)
    assert settled.asked[-1].text == "and how old is she?"
    assert settled.asked[-1].after == ("who won?",)


async def test_three_questions_before_are_looked_at_and_no_more(world: World, settled: SettledBase) -> None:
    answer = None
    for number in range(6):
        answer = await ask(world, f"question {number}", answer)
    assert settled.asked[-1].after == ("question 2", "question 3", "question 4")


async def test_anyone_may_follow_up(world: World, settled: SettledBase) -> None:
    first = await ask(world, "who won?")
    await world.bob.send(world.channel, f"{world.mention} when?", reply_to=first)
    assert settled.asked[-1].after == ("who won?",)


async def test_a_reply_to_a_slash_answer_knows_its_question_from_the_card(
    world: World, settled: SettledBase
) -> None:
    result = await world.alice.slash(world.channel, "ask", question="who *really* won?")
    await ask(world, "when?", result.response)
    assert settled.asked[-1].after == ("who *really* won?",)


async def test_after_a_choice_the_question_chosen_is_the_one_before(
    world: World, settled: SettledBase
) -> None:
    card = await ask(world, VAGUE)
    chosen = settled.known[1].phrasings[0]
    await world.alice.click(card, label=chosen)
    await ask(world, "when?", world.last)
    assert settled.asked[-1].after == (chosen,)


async def test_a_follow_up_is_answered_though_the_question_before_was_deleted(
    world: World, settled: SettledBase
) -> None:
    question = await world.alice.send(world.channel, f"{world.mention} who won?")
    answer = world.last
    await world.alice.delete(question)
    await ask(world, "when?", answer)
    assert settled.asked[-1].text == "when?"
    assert settled.asked[-1].after == ()


async def test_a_reply_in_direct_messages_is_a_follow_up(world: World, settled: SettledBase) -> None:
    await world.alice.send_dm("who won?")
    channel = world.alice.user.dm_channel
    reference = {"message_id": str(channel.last_message.id), "channel_id": str(channel.id)}
    await world.alice.send_dm(
        "when?", reference=world.env.backend.normalize_message_reference(channel.id, reference)
    )
    assert settled.asked[-1].after == ("who won?",)


async def test_a_reply_to_somebody_else_is_a_question_of_its_own(world: World, settled: SettledBase) -> None:
    chat = await world.bob.send(world.channel, "nice weather")
    await ask(world, "who won?", chat)
    assert settled.asked[-1].after == ()


async def test_a_reply_without_a_ping_is_for_the_other_people(world: World, settled: SettledBase) -> None:
    message = await world.bob.send(world.channel, "told you so", reply_to=await ask(world, "who won?"))
    settled.asked.clear()
    message.content = ""  # Discord keeps it back
    world.bot.dispatch("message", message)
    await world.env.settle()
    assert settled.asked == []


async def test_a_reply_needs_no_other_mention(world: World, settled: SettledBase) -> None:
    await world.alice.send(world.channel, "when?", reply_to=await ask(world, "who won?"))
    assert (settled.asked[-1].text, settled.asked[-1].after) == ("when?", ("who won?",))


async def follow_up_without_nesting(world: World, text: str) -> None:
    """Reply to an answer as Discord sends it: with the answer, and not with the question that this replied to."""
    message = await world.alice.send(
        world.channel, f"{world.mention} {text}", reply_to=await ask(world, "who won?")
    )
    message.reference.resolved.reference.resolved = None
    world.bot.dispatch("message", message)
    await world.env.settle()


async def test_the_question_before_is_fetched_where_discord_did_not_send_it(
    world: World, settled: SettledBase
) -> None:
    await follow_up_without_nesting(world, "when?")
    assert settled.asked[-1].after == ("who won?",)
    assert [request.path for request in world.env.http_requests if "/messages/" in request.path]


@pytest.mark.parametrize("error", [ConnectionResetError(), aiohttp.ServerDisconnectedError()])
async def test_a_follow_up_is_answered_though_the_connection_breaks_on_the_way_to_the_question_before(
    error: Exception, world: World, settled: SettledBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_args: object) -> None:
        raise error

    monkeypatch.setattr(discord.abc.Messageable, "fetch_message", breaks)
    monkeypatch.setattr(sending, "PAUSES", ())
    await follow_up_without_nesting(world, "when?")
    assert (settled.asked[-1].text, settled.asked[-1].after) == ("when?", ())


@pytest.mark.simcord(check_errors=False)
async def test_a_follow_up_is_answered_though_discord_does_not_hand_out_the_question_before(
    world: World, settled: SettledBase
) -> None:
    world.env.inject_error("GET", "/channels/*/messages/*", status=403)
    await follow_up_without_nesting(world, "when?")
    assert (settled.asked[-1].text, settled.asked[-1].after) == ("when?", ())
    assert settled.known[0].answer[:10] in texts(world.last)
