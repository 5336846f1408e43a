"""Every way of asking, as the members of a server see it."""

import pytest

from .loopback import Json, LoopbackDiscord, Member
from .reading import STORY, excerpts, read

QUESTION = "who won the first women's Ballon d'Or?"


def is_answered(message: Json) -> bool:
    """Tell whether a card says who won, and shows a line of the story that says so."""
    lines = excerpts(message)
    return (
        "Ada Hegerberg" in read(message)
        and any("Hegerberg" in line for line in lines)
        and all(line in STORY for line in lines)
    )


async def test_a_mention_is_answered_with_the_line_it_rests_on(alice: Member) -> None:
    reply = await alice.mention(QUESTION)
    assert is_answered(reply)
    assert "paragraph" in read(reply) or "bullet" in read(reply)
    assert "I am" in read(reply)


async def test_a_mention_counts_wherever_it_stands(alice: Member, discord: LoopbackDiscord) -> None:
    bot = discord.world.bot["id"]
    assert is_answered(await alice.ask(f"hey <@{bot}>, {QUESTION}"))
    assert is_answered(await alice.ask(f"{QUESTION} <@!{bot}>"))


async def test_a_mention_of_the_bots_own_role_is_a_mention(
    alice: Member, discord: LoopbackDiscord, server: Json
) -> None:
    assert is_answered(await alice.ask(f"<@&{discord.world.bot_role(server['id'])}> {QUESTION}"))


async def test_whoever_mentions_the_role_is_told_how_to_ask_where_discord_withholds_the_text(
    alice: Member, discord: LoopbackDiscord, server: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.world, "role_mentions_show_content", False)
    reply = await alice.ask(f"<@&{discord.world.bot_role(server['id'])}> {QUESTION}")
    assert "/ask" in read(reply)


async def test_a_mention_alone_is_answered_with_how_to_ask(alice: Member) -> None:
    assert "/ask" in read(await alice.mention(""))


async def test_a_direct_message_is_answered(discord: LoopbackDiscord, alice: Member) -> None:
    assert is_answered(await Member(discord, alice.user["username"]).ask(QUESTION))


async def test_a_reply_to_an_answer_is_read_with_the_question_before_it(alice: Member) -> None:
    answer = await alice.mention("How many goals has Ada Hegerberg scored for Lyon?")
    assert "185" in read(answer)
    follow_up = await alice.ask("and in how many games?", reply_to=answer)
    assert "149" in read(follow_up)


async def test_a_reply_to_an_answer_of_a_command_is_a_follow_up_too(alice: Member) -> None:
    answer = (await alice.command("ask", question="How many goals has Ada Hegerberg scored for Lyon?")).answer
    assert "149" in read(await alice.ask("and in how many games?", reply_to=answer))


async def test_what_is_not_meant_for_the_bot_is_left_alone(
    alice: Member, bob: Member, discord: LoopbackDiscord, server: Json
) -> None:
    answer = await alice.mention(QUESTION)
    others = [
        await alice.say(QUESTION),
        await bob.say(f"<@{alice.user['id']}> {QUESTION}"),
        await bob.say(f"@everyone {QUESTION}"),
        await bob.say("thanks for asking", reply_to=answer, ping=False),
        await bob.say(QUESTION, reply_to=await alice.say("what do you think?")),
    ]
    other_bot = Member(discord, "other-bot", server)
    other_bot.user["bot"] = True
    others.append(await other_bot.say(f"<@{discord.world.bot['id']}> {QUESTION}"))
    assert is_answered(await bob.mention(QUESTION))
    assert [message["content"] for message in others if bob.replies_to(message)] == []


async def test_a_command_answers_for_all_to_see(alice: Member) -> None:
    asked = await alice.command("ask", question=QUESTION)
    assert is_answered(asked.answer)
    assert QUESTION in read(asked.answer)
    assert not asked.ephemeral


async def test_a_command_answers_the_asker_alone_when_told_so(alice: Member) -> None:
    asked = await alice.command("ask", question=QUESTION, private=True)
    assert is_answered(asked.answer)
    assert asked.ephemeral


async def test_a_command_works_in_direct_messages(discord: LoopbackDiscord, alice: Member) -> None:
    asked = await Member(discord, alice.user["username"]).command("ask", question=QUESTION)
    assert is_answered(asked.answer)


async def test_curated_questions_are_offered_while_a_member_types(alice: Member) -> None:
    offered = await alice.complete("ask", "question", "who won")
    assert offered
    assert is_answered((await alice.command("ask", question=offered[0])).answer)
    assert 0 < len(await alice.complete("ask", "question", "")) <= 25


async def test_what_is_picked_from_what_is_offered_is_what_is_answered(alice: Member) -> None:
    for choice in (await alice.completions("ask", "question", "who won"))[:5]:
        asked = await alice.command("ask", question=choice["value"])
        assert read(asked.answer).startswith(choice["name"].removesuffix("[…]").strip())
        assert "I am very sure" in read(asked.answer)


@pytest.mark.parametrize("said", ["hello!", "help", "who are you?", "\N{WAVING HAND SIGN}"])
async def test_whoever_greets_or_needs_help_gets_help(alice: Member, said: str) -> None:
    assert "Ask me something" in read(await alice.mention(said))
    assert "Ask me something" in read((await alice.command("ask", question=said)).answer)


async def test_what_discord_writes_into_a_message_does_not_spoil_the_question(
    alice: Member, bob: Member
) -> None:
    told = f"<@{bob.user['id']}> <:goal:123456789012345678> <t:1544212800:R> https://example.org/2018?n=7"
    assert is_answered(await alice.mention(f"{told} {QUESTION}"))
    assert is_answered((await alice.command("ask", question=f"{QUESTION} {told}")).answer)


async def test_any_message_can_be_answered_from_its_menu(alice: Member, bob: Member) -> None:
    asked = await alice.use_on(await bob.say(QUESTION), "Answer this")
    assert is_answered(asked.answer)
    assert QUESTION in read(asked.answer)


async def test_a_message_without_text_is_refused_kindly(alice: Member, bob: Member) -> None:
    asked = await alice.use_on(await bob.say(""), "Answer this")
    assert "no text" in read(asked.answer)
    assert asked.ephemeral


@pytest.mark.parametrize(
    "question",
    [
        "who came second?",
        "what did Mbappé say?",
        "how much prize money did she get?",
        "what did Hegerberg's mother say?",
        "what is the capital of Mongolia?",
    ],
)
async def test_what_the_story_does_not_say_is_not_answered(alice: Member, question: str) -> None:
    reply = await alice.mention(question)
    assert "I am" not in read(reply)
    assert all(line in STORY for line in excerpts(reply))
