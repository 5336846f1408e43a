"""The frame on which features build buttons and forms."""

from collections.abc import Sequence
from typing import Self

import discord
import pytest

from bot import sending
from bot.client import Feature, PullquoteClient
from bot.components import Card, Form, Interaction, PersistentButton, require_moderator
from knowledge.errors import EntryError
from tests.bot.conftest import World

TYPED = "what took *half an hour* to type"


class Raises(PersistentButton, template=r"pq1:raises:(?P<what>\w+)"):
    def __init__(self, what: str) -> None:
        super().__init__(discord.ui.Button(label=what, custom_id=f"pq1:raises:{what}"))
        self.what = what

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        return cls(state["what"])

    async def pressed(self, interaction: Interaction) -> None:
        if self.what == "moderators":
            require_moderator(interaction)
            await interaction.response.send_message("welcome", ephemeral=True)
        if self.what == "form":
            await sending.ask_with(interaction, FailingForm())
        if self.what == "safe":
            raise EntryError("The answer is empty.")
        if self.what == "bug":
            raise RuntimeError(TYPED)


class FailingForm(Form):
    question = discord.ui.Label(text="Question", component=discord.ui.TextInput(custom_id="question"))
    answer = discord.ui.Label(
        text="Answer", component=discord.ui.TextInput(custom_id="answer", required=False)
    )

    def __init__(self) -> None:
        super().__init__(title="Teach")

    async def submitted(self, _interaction: Interaction) -> None:
        raise EntryError("The answer is empty.")


def feature(client: PullquoteClient) -> None:
    client.add_dynamic_items(Raises)


@pytest.fixture
def features() -> Sequence[Feature]:
    return (feature,)


async def show(world: World, what: str) -> discord.Message:
    return await world.bot.get_channel(world.channel.id).send(view=Card(discord.ui.ActionRow(Raises(what))))


async def test_a_button_that_refuses_says_why_to_the_one_who_pressed(world: World) -> None:
    result = await world.alice.click(await show(world, "safe"), label="safe")
    assert result.ephemeral
    assert result.response.content == "The answer is empty."


async def test_a_button_that_breaks_says_nothing_of_the_inside(world: World) -> None:
    result = await world.alice.click(await show(world, "bug"), label="bug")
    assert result.ephemeral
    assert "reference" in result.response.content
    assert TYPED not in result.response.content


async def test_a_moderators_button_checks_the_permission_when_it_is_pressed(world: World) -> None:
    card = await show(world, "moderators")
    refused = await world.alice.click(card, label="moderators")
    assert "Manage Messages" in refused.response.content
    assert (await world.moderator.click(card, label="moderators")).response.content == "welcome"


@pytest.mark.simcord(check_errors=False)
async def test_what_was_typed_into_a_form_that_fails_is_given_back(world: World) -> None:
    form = await world.alice.click(await show(world, "form"), label="form")
    result = await world.alice.submit_modal(form, {"question": TYPED, "answer": "yes"})
    assert result.ephemeral
    assert result.response.content == "The answer is empty."
    (file,) = result.response.attachments
    assert file.filename == "what-you-typed.txt"
    assert (await file.read()).decode() == f"Question:\n{TYPED}\n\nAnswer:\nyes"


@pytest.mark.simcord(check_errors=False)
async def test_what_was_typed_is_given_back_by_a_bot_that_goes_down_too(world: World) -> None:
    form = await world.alice.click(await show(world, "form"), label="form")
    await world.bot.finish(0)
    result = await world.alice.submit_modal(form, {"question": TYPED})
    assert "restarted" in result.response.content
    assert len(result.response.attachments) == 1


async def test_a_form_that_is_dismissed_is_forgotten_after_a_while(world: World) -> None:
    await world.alice.click(await show(world, "form"), label="form")
    forms = world.bot._connection._view_store._modals  # noqa: SLF001  where discord.py keeps forms
    assert len(forms) == 1
    await world.env.advance_time(16 * 60)
    assert len(forms) == 0


@pytest.mark.simcord(check_errors=False)
async def test_what_was_typed_into_a_form_from_before_a_restart_is_given_back(world: World) -> None:
    form = await world.alice.click(await show(world, "form"), label="form")
    await world.restart()
    result = await world.alice.submit_modal(form, {"question": TYPED, "answer": "yes"})
    assert result.ephemeral
    assert "I no longer know that form" in result.response.content
    (file,) = result.response.attachments
    assert (await file.read()).decode() == f"question:\n{TYPED}\n\nanswer:\nyes"


@pytest.mark.simcord(check_errors=False)
async def test_what_was_typed_into_a_form_that_was_open_for_too_long_is_given_back(world: World) -> None:
    form = await world.alice.click(await show(world, "form"), label="form")
    await world.env.advance_time(16 * 60)
    result = await world.alice.submit_modal(form, {"question": TYPED})
    assert "open for too long" in result.response.content
    assert len(result.response.attachments) == 1


@pytest.mark.simcord(check_errors=False)
async def test_a_form_that_is_known_is_answered_once(world: World) -> None:
    form = await world.alice.click(await show(world, "form"), label="form")
    result = await world.alice.submit_modal(form, {"question": TYPED})
    assert result.followups == []
    assert "no longer" not in result.response.content


def test_a_card_takes_no_more_components_than_discord_does() -> None:
    def texts(count: int) -> list[discord.ui.TextDisplay]:
        return [discord.ui.TextDisplay("x") for _ in range(count)]

    assert len(list(Card(discord.ui.Container(*texts(39))).walk_children())) == 40
    with pytest.raises(ValueError, match="40"):
        Card(discord.ui.Container(*texts(40)))
