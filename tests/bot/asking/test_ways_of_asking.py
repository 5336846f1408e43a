import discord
import pytest

from bot.render.escape import unescape
from tests.bot.asking.conftest import NOWHERE, VAGUE, SettledBase, SettledLibrary
from tests.bot.conftest import World, buttons, texts


def says_the_answer(message: discord.Message, settled: SettledBase) -> bool:
    return unescape(texts(message)).startswith(settled.known[0].answer)


def asked(settled: SettledBase) -> list[str]:
    return [question.text for question in settled.asked]


@pytest.mark.parametrize(
    "said", ["{me} who won?", "who won? {me}", "who {me} won?", "<@!{id}> who won?", "  {me}who won?{me}\n"]
)
async def test_a_mention_anywhere_in_a_message_is_answered(
    said: str, world: World, settled: SettledBase
) -> None:
    await world.alice.send(world.channel, said.format(me=world.mention, id=world.bot.user.id))
    assert says_the_answer(world.last, settled)
    assert " ".join(asked(settled)[0].split()) == "who won?"


async def test_the_answer_is_a_reply_that_pings_nobody(world: World) -> None:
    question = await world.alice.send(world.channel, f"{world.mention} who won?")
    assert world.last.reference.message_id == question.id
    assert world.last.mentions == []
    sent = [request.json for request in world.env.http_requests if request.method == "POST"][-1]
    assert sent["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert sent["enforce_nonce"] is True


async def test_a_mention_of_the_bots_own_role_is_answered(world: World, settled: SettledBase) -> None:
    role = give_the_bot_its_role(world)
    message = await world.alice.send(world.channel, "will be a mention")
    message.content, message.role_mentions = f"{role.mention} who won?", [role]
    world.bot.dispatch("message", message)
    await world.env.settle()
    assert asked(settled) == ["who won?"]


async def test_another_role_is_none_of_the_bots_business(world: World, settled: SettledBase) -> None:
    give_the_bot_its_role(world)
    await world.alice.send(world.channel, f"{world.guild.roles['Moderators'].mention} who won?")
    assert asked(settled) == []


async def test_where_discord_keeps_back_the_text_the_bot_says_what_to_do(world: World) -> None:
    role = give_the_bot_its_role(world)
    await world.alice.send(world.channel, f"{role.mention} who won?")
    assert "/ask" in texts(world.last)


async def test_a_direct_message_is_answered_from_the_packs_alone(
    world: World, settled: SettledBase, library: SettledLibrary
) -> None:
    await world.alice.send_dm("who won?")
    assert says_the_answer(world.alice.user.dm_channel.last_message, settled)
    assert library.servers == [None]


async def test_a_question_on_a_server_is_answered_from_that_server(
    world: World, library: SettledLibrary
) -> None:
    await world.alice.send(world.channel, f"{world.mention} who won?")
    assert library.servers == [world.guild.id]


@pytest.mark.parametrize("said", ["hello there", "@everyone who won?", "@here who won?", "<@1> who won?"])
async def test_what_is_not_for_the_bot_is_left_alone(said: str, world: World, settled: SettledBase) -> None:
    await world.alice.send(world.channel, said)
    assert world.last.author.id == world.alice.id
    assert asked(settled) == []


async def test_other_bots_and_webhooks_are_left_alone(world: World, settled: SettledBase) -> None:
    other = world.guild.add_member(world.env.create_user("other bot", bot=True))
    await other.send(world.channel, f"{world.mention} who won?")
    webhook = world.guild.create_webhook(world.channel)
    await webhook.send(f"{world.mention} who won?")
    assert asked(settled) == []


async def test_a_notice_of_discord_is_left_alone(world: World, settled: SettledBase) -> None:
    message = await world.alice.send(world.channel, "hello")
    message.content, message.type = f"{world.mention} pinned a message", discord.MessageType.pins_add
    message.mentions = [world.bot.user]
    world.bot.dispatch("message", message)
    await world.env.settle()
    assert asked(settled) == []


async def test_a_mention_alone_gets_help_and_questions_to_begin_with(
    world: World, settled: SettledBase
) -> None:
    await world.alice.send(world.channel, world.mention)
    assert "Ask me something" in texts(world.last)
    assert len(buttons(world.last)) == 3
    assert asked(settled) == []


async def test_ask_shows_the_question_with_the_answer(world: World, settled: SettledBase) -> None:
    result = await world.alice.slash(world.channel, "ask", question="who won?")
    assert not result.ephemeral
    assert texts(result.response).startswith("**who won?**\n" + settled.known[0].answer[:3])


async def test_ask_in_private_is_seen_by_the_asker_alone(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question="who won?", private=True)
    assert result.ephemeral
    assert "Dismiss" not in buttons(result.response)


async def test_ask_works_in_direct_messages(world: World, library: SettledLibrary) -> None:
    await world.alice.user.slash("ask", question="who won?")
    assert library.servers == [None]


async def test_ask_with_nothing_but_spaces_gets_help(world: World, settled: SettledBase) -> None:
    result = await world.alice.slash(world.channel, "ask", question=" \u2003 ")
    assert "Ask me something" in texts(result.response)
    assert asked(settled) == []


async def test_ask_offers_curated_questions_while_one_types(world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "ask", "question", "ballon")
    assert 1 <= len(choices) <= 25
    assert all(1 <= len(choice[part]) <= 100 for choice in choices for part in ("name", "value"))
    assert len({choice["name"] for choice in choices}) == len(choices)
    assert any("ballon" in choice["name"].lower() for choice in choices)


async def test_what_is_picked_while_one_types_is_answered_by_its_entry(
    world: World, settled: SettledBase
) -> None:
    entry = settled.known[2]
    choices = await world.alice.autocomplete(world.channel, "ask", "question", entry.phrasings[1])
    (value,) = [choice["value"] for choice in choices if choice["name"] == entry.phrasings[1]]
    result = await world.alice.slash(world.channel, "ask", question=value)
    assert unescape(texts(result.response)).startswith(f"**{entry.phrasings[1]}**\n{entry.answer}")
    assert asked(settled) == []


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("value", ["#0:gone", "#999:{id}"])
async def test_what_was_taken_away_since_it_was_offered_says_so(
    value: str, world: World, settled: SettledBase
) -> None:
    picked = value.format(id=settled.known[0].id)
    result = await world.alice.slash(world.channel, "ask", question=picked)
    assert result.ephemeral
    assert "taken away" in result.response.content


@pytest.mark.parametrize("typed", ["#1 who won?", "# who won?", "#1:", "1:x"])
async def test_what_only_looks_like_something_picked_is_a_question(
    typed: str, world: World, settled: SettledBase
) -> None:
    await world.alice.slash(world.channel, "ask", question=typed)
    assert asked(settled) == [typed]


async def test_ask_offers_questions_before_anything_is_typed(world: World) -> None:
    assert await world.alice.autocomplete(world.channel, "ask", "question", "")


async def test_answer_this_answers_anyones_message_and_shows_what_it_asked(
    world: World, settled: SettledBase
) -> None:
    message = await world.bob.send(world.channel, "does anyone know **who** won?")
    result = await world.alice.context_menu(world.channel, "Answer this", message)
    assert asked(settled) == ["does anyone know **who** won?"]
    assert "**does anyone know \\*\\*who\\*\\* won?**" in texts(result.response)


@pytest.mark.simcord(check_errors=False)
async def test_answer_this_on_a_message_without_text_says_so(world: World, settled: SettledBase) -> None:
    message = await world.bob.send(world.channel, attachments=[("a.png", b"x")])
    result = await world.alice.context_menu(world.channel, "Answer this", message)
    assert result.ephemeral
    assert "no text" in result.response.content
    assert asked(settled) == []


@pytest.mark.simcord(check_errors=False)
async def test_answer_this_on_a_message_without_words_says_so(world: World) -> None:
    message = await world.bob.send(world.channel, "<:goal:123456789012345678> \N{SOCCER BALL}")
    result = await world.alice.context_menu(world.channel, "Answer this", message)
    assert result.ephemeral
    assert "no text" in result.response.content


async def test_a_question_between_two_answers_offers_both(world: World, settled: SettledBase) -> None:
    await world.alice.send(world.channel, f"{world.mention} {VAGUE}")
    assert list(buttons(world.last)) == [*(entry.phrasings[0] for entry in settled.known), "Dismiss"]


async def test_what_the_story_does_not_say_is_answered_with_the_nearest_lines(
    world: World, settled: SettledBase
) -> None:
    await world.alice.send(world.channel, f"{world.mention} {NOWHERE}")
    shown = unescape(texts(world.last))
    assert all(entry.citations[0].excerpt in shown for entry in settled.known)


def give_the_bot_its_role(world: World) -> discord.Role:
    """Mark the bot's role as the one that Discord manages for it, which the offline Discord does not."""
    roles = world.bot.get_guild(world.guild.id).roles
    role = next(role for role in roles if role.name == world.bot.user.name)
    role.tags = discord.role.RoleTags({"bot_id": str(world.bot.user.id)})
    return role
