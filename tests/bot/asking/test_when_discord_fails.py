"""What members see when something goes wrong, on Discord's side or on ours."""

import aiohttp
import discord
import pytest

from tests.bot.asking.conftest import BROKEN
from tests.bot.conftest import World, texts

ANY_ERROR = pytest.mark.simcord(check_errors=False)


def replies(world: World) -> list[discord.Message]:
    return [message for message in world.channel.history() if message.author.id == world.bot.user.id]


def posts(world: World) -> list[dict]:
    return [
        request.json
        for request in world.env.http_requests
        if request.method == "POST" and request.path.endswith("/messages")
    ]


@ANY_ERROR
async def test_an_unexpected_error_is_told_in_a_neutral_sentence_with_a_reference(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.alice.send(world.channel, f"{world.mention} {BROKEN}")
    said = world.last.content
    assert "reference" in said
    assert "words of a member" not in said
    logged = "".join(capsys.readouterr())
    assert said.rstrip(".").split()[-1] in logged


@ANY_ERROR
async def test_an_unexpected_error_of_a_command_is_told_to_the_asker_alone(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question=BROKEN)
    assert result.ephemeral
    assert "reference" in result.response.content


@ANY_ERROR
async def test_an_answer_is_sent_again_when_discord_is_unavailable_and_only_once_in_the_end(
    world: World,
) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=503)
    await world.alice.send(world.channel, f"{world.mention} who won?")
    assert len(replies(world)) == 1
    first, second = posts(world)
    assert first["nonce"] == second["nonce"]


@ANY_ERROR
async def test_an_answer_to_a_deleted_question_is_said_in_the_channel(world: World) -> None:
    question = await world.alice.send(world.channel, "who won?")
    await world.alice.delete(question)
    question.content, question.mentions = f"{world.mention} who won?", [world.bot.user]
    world.bot.dispatch("message", question)
    await world.env.settle()
    assert len(replies(world)) == 1
    assert texts(world.last)


@ANY_ERROR
async def test_where_the_bot_may_not_speak_it_tries_once_and_is_silent(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    mute = world.guild.create_text_channel(
        "quiet", overwrites={world.guild.default_role: discord.PermissionOverwrite(send_messages=True)}
    )
    world.env.inject_error("POST", "/channels/*/messages", status=403)
    await world.alice.send(mute, f"{world.mention} who won?")
    assert len(posts(world)) == 1
    assert "not allowed" in "".join(capsys.readouterr())


@ANY_ERROR
async def test_an_interaction_that_expired_is_a_line_in_the_log_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def too_late(*_args: object, **_kwargs: object) -> None:
        response = type("Response", (), {"status": 404, "reason": "Not Found"})()
        raise discord.NotFound(response, {"code": 10062, "message": "Unknown interaction"})

    monkeypatch.setattr(discord.InteractionResponse, "send_message", too_late)
    await world.alice.slash(world.channel, "ask", question="who won?")
    logged = "".join(capsys.readouterr())
    assert "interaction expired" in logged
    assert "unexpected" not in logged


@ANY_ERROR
async def test_an_interaction_whose_answer_arrived_though_the_connection_broke_is_done(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = discord.InteractionResponse.send_message
    tries = []

    async def breaks_after_arriving(
        self: discord.InteractionResponse, *args: object, **kwargs: object
    ) -> object:
        tries.append(1)
        sent = await real(self, *args, **kwargs)
        if len(tries) == 1:
            self._response_type = None
            raise aiohttp.ServerDisconnectedError
        return sent

    monkeypatch.setattr(discord.InteractionResponse, "send_message", breaks_after_arriving)
    result = await world.alice.slash(world.channel, "ask", question="who won?")
    assert len(tries) == 2
    assert texts(result.response)
    assert "unexpected" not in "".join(capsys.readouterr())


async def test_while_going_down_commands_are_refused_kindly_and_messages_left_alone(world: World) -> None:
    await world.bot.finish(0)
    await world.alice.send(world.channel, f"{world.mention} who won?")
    assert replies(world) == []
    result = await world.alice.slash(world.channel, "ask", question="who won?")
    assert result.ephemeral
    assert "restarted" in result.response.content
    assert await world.alice.autocomplete(world.channel, "ask", "question", "who") == []
