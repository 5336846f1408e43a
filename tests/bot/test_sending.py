import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator

import aiohttp
import discord
import pytest

from bot import sending


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note the pauses instead of making them."""
    made: list[float] = []

    async def pause(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", pause)
    return made


def failure(status: int, code: int = 0) -> discord.HTTPException:
    response = type("Response", (), {"status": status, "reason": "injected"})()
    kind = discord.DiscordServerError if status >= 500 else discord.HTTPException
    return kind(response, {"code": code, "message": "injected"})


def failing(*errors: Exception) -> Callable[[], Awaitable[str]]:
    """Return a call that raises each of the errors in turn and then succeeds."""
    left: Iterator[Exception] = iter(errors)

    async def call() -> str:
        for error in left:
            raise error
        return "sent"

    return call


@pytest.mark.parametrize(
    "error",
    [
        failure(503),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "Connection reset by peer"),
        aiohttp.ClientPayloadError(),
        ConnectionResetError(),
        TimeoutError(),
    ],
)
async def test_what_may_pass_is_tried_again(error: Exception, pauses: list[float]) -> None:
    assert await sending.persistently(failing(error, error)) == "sent"
    assert pauses == [0.1, 0.3]


@pytest.mark.parametrize(
    "error", [failure(500), failure(400, 50035), failure(403), failure(404), ValueError()]
)
async def test_what_will_not_pass_is_not_tried_again(error: Exception, pauses: list[float]) -> None:
    with pytest.raises(type(error)):
        await sending.persistently(failing(error))
    assert pauses == []


async def test_it_gives_up_while_an_interaction_may_still_be_answered(pauses: list[float]) -> None:
    with pytest.raises(discord.DiscordServerError):
        await sending.persistently(failing(*[failure(503)] * 4))
    assert sum(pauses) < 3


class FakeInteraction:
    """An interaction whose first answer runs into the given errors."""

    def __init__(self, *errors: Exception, done: bool = False) -> None:
        self.calls: list[str] = []
        self._call = failing(*errors)
        self._done = done
        self.response = self.followup = self
        self.extras: dict[str, object] = {}
        self.message = None
        self.sent: list[dict[str, object]] = []

    def is_done(self) -> bool:
        return self._done

    async def _answer(self, **content: object) -> str:
        self.sent.append(content)
        return await self._call()

    async def defer(self, *, ephemeral: bool, thinking: bool) -> str:
        self.calls.append("defer")
        self._done = True
        return await self._answer(ephemeral=ephemeral, thinking=thinking)

    async def delete_original_response(self) -> str:
        self.calls.append("delete_original_response")
        return await self._answer()

    async def send_message(self, **content: object) -> str:
        self.calls.append("send_message")
        return await self._answer(**content)

    async def send(self, **content: object) -> str:
        self.calls.append("followup")
        return await self._answer(**content)

    async def edit_message(self, **content: object) -> str:
        self.calls.append("edit_message")
        return await self._answer(**content)

    async def edit_original_response(self, **content: object) -> str:
        self.calls.append("edit_original_response")
        return await self._answer(**content)


async def test_already_answered_after_a_broken_connection_means_that_the_first_try_arrived() -> None:
    interaction = FakeInteraction(aiohttp.ServerDisconnectedError(), failure(400, sending.ALREADY_ANSWERED))
    await sending.respond(interaction, text="hello")
    assert interaction.calls == ["send_message", "send_message"]


async def test_already_answered_at_once_is_an_error() -> None:
    interaction = FakeInteraction(failure(400, sending.ALREADY_ANSWERED))
    with pytest.raises(discord.HTTPException):
        await sending.respond(interaction, text="hello")


async def test_after_the_first_answer_comes_a_further_one_or_an_edit() -> None:
    interaction = FakeInteraction(done=True)
    await sending.respond(interaction, text="hello")
    await sending.edit(interaction, discord.ui.LayoutView())
    assert interaction.calls == ["followup", "edit_original_response"]


async def test_a_pressed_button_edits_its_card() -> None:
    interaction = FakeInteraction()
    await sending.edit(interaction, discord.ui.LayoutView())
    assert interaction.calls == ["edit_message"]


@pytest.mark.parametrize("ephemeral", [True, False])
async def test_what_is_said_first_takes_the_place_of_thinking(ephemeral: bool) -> None:  # noqa: FBT001  a parameter
    # Only so can it be a card: what follows "thinking" may not say that it is made of components.
    interaction = FakeInteraction()
    await sending.defer(interaction, ephemeral=ephemeral, thinking=True)
    await sending.respond(interaction, discord.ui.LayoutView(), ephemeral=ephemeral)
    await sending.respond(interaction, text="one more", ephemeral=ephemeral)
    assert interaction.calls == ["defer", "edit_original_response", "followup"]


async def test_a_file_can_take_the_place_of_thinking_too() -> None:
    interaction = FakeInteraction()
    await sending.defer(interaction, ephemeral=True, thinking=True)
    file = discord.File(io.BytesIO(b"x"), "x.txt")
    await sending.respond(interaction, text="here", file=file, ephemeral=True)
    assert interaction.calls == ["defer", "edit_original_response"]
    assert interaction.sent[-1] == {"content": "here", "attachments": [file]}


async def test_what_is_for_one_person_does_not_take_the_place_of_what_all_see() -> None:
    interaction = FakeInteraction()
    await sending.defer(interaction, ephemeral=False, thinking=True)
    await sending.respond(interaction, text="a secret", ephemeral=True)
    assert interaction.calls == [
        "defer",
        "edit_original_response",
        "followup",
        "delete_original_response",
    ]
    assert "a secret" not in str(interaction.sent[1])
    assert interaction.sent[2] == {"ephemeral": True, "content": "a secret"}


async def test_where_nobody_sees_thinking_there_is_nothing_to_replace() -> None:
    interaction = FakeInteraction()
    await sending.defer(interaction)
    await sending.respond(interaction, text="hello", ephemeral=True)
    assert interaction.calls == ["defer", "followup"]
