"""`/pullquote settings`: what moderators set, kept on the disk and followed from the next question on."""

import sqlite3
from pathlib import Path

import pytest
import simcord

from bot.adjusting.sections import SECTIONS
from bot.render.escape import unescape
from knowledge.answering import Base
from knowledge.answering.strictness import MEANINGS, in_words
from knowledge.model import Author, Pack, Setting, Strictness
from knowledge.settings import STRICTNESS
from tests.bot.adjusting.conftest import card_text
from tests.bot.conftest import World, texts

REFUSED = pytest.mark.simcord(check_errors=False)


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    return (Pack("nothing", "en", ()),)


@pytest.fixture(autouse=True)
def _no_long_wait_for_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.storage.sqlite.BUSY_SECONDS", 0.05)


async def base(world: World) -> Base:
    return await world.bot.library.base(world.guild.id)


async def settings(world: World, **options: str) -> simcord.InteractionResult:
    return await world.moderator.slash(world.channel, "pullquote settings", **options)


def menu(message: object, name: str = "strictness") -> dict[str, object]:
    """Return the menu of a setting."""
    for row in getattr(message, "components", ()):
        raw = row if isinstance(row, dict) else row.to_dict()
        for part in raw.get("components") or ():
            if part.get("custom_id") == f"pq1:set-{name}":
                return part
    raise AssertionError("no menu")


def chosen(message: object) -> list[str]:
    return [option["value"] for option in menu(message)["options"] if option.get("default")]


async def test_the_card_shows_what_holds_and_what_it_means(world: World) -> None:
    shown = await settings(world)

    assert shown.ephemeral
    text = unescape(texts(shown.response))
    assert "**Strictness: balanced** (the default)" in text
    assert in_words(Strictness.BALANCED) in text
    assert chosen(shown.response) == ["balanced"]
    offered = {option["value"]: option["description"] for option in menu(shown.response)["options"]}
    assert offered == {str(one): in_words(one) for one in Strictness}


async def test_a_choice_from_the_menu_counts_from_the_next_question_on(world: World) -> None:
    shown = await settings(world)

    await world.moderator.select(shown.response, ["careful"], custom_id="pq1:set-strictness")

    assert (await base(world)).sure == MEANINGS[Strictness.CAREFUL].sure
    assert f"**Strictness: careful** (set by {world.moderator.name})" in unescape(texts(shown.response))
    assert chosen(shown.response) == ["careful"]


async def test_it_can_be_set_directly(world: World) -> None:
    shown = await settings(world, strictness="eager")

    assert shown.ephemeral
    assert "**Strictness: eager**" in texts(shown.response)
    assert (await base(world)).settings.strictness is Strictness.EAGER


async def test_discord_offers_the_three_and_no_other(world: World) -> None:
    group = next(command for command in world.bot.tree.get_commands() if command.name == "pullquote")
    [command] = group.to_dict(world.bot.tree)["options"]
    [option] = command["options"]
    assert [choice["value"] for choice in option["choices"]] == list(Strictness)
    assert not option.get("required")


async def test_who_set_it_is_kept(world: World) -> None:
    await settings(world, strictness="eager")

    moderator = world.moderator
    kept = (await base(world)).settings.of(STRICTNESS)
    assert kept == Setting(STRICTNESS, "eager", Author(moderator.id, moderator.name))


def test_what_this_version_does_not_know_counts_as_not_set() -> None:
    shown = card_text(Setting(STRICTNESS, "daring", Author(5, "Ada")))
    assert "**Strictness: balanced** (the default)" in shown
    assert "Ada" not in shown


def test_what_was_set_to_the_default_was_set_by_somebody() -> None:
    assert "**Strictness: balanced** (set by Ada)" in card_text(
        Setting(STRICTNESS, "balanced", Author(5, "Ada"))
    )


async def test_the_menu_works_after_a_restart(world: World) -> None:
    shown = await settings(world)
    await world.restart()

    await world.moderator.select(shown.response, ["careful"], custom_id="pq1:set-strictness")

    assert (await base(world)).settings.strictness is Strictness.CAREFUL
    assert chosen(shown.response) == ["careful"]


async def test_another_server_is_not_changed(world: World) -> None:
    await settings(world, strictness="careful")

    for other in (world.guild.id + 1, None):
        assert (await world.bot.library.base(other)).settings.strictness is Strictness.BALANCED


async def test_members_do_not_see_the_command(world: World) -> None:
    with pytest.raises(simcord.SetupError, match="not visible"):
        await world.alice.slash(world.channel, "pullquote settings")
    assert not any(name.startswith("pullquote") for name in world.moderator.user.available_commands())


@REFUSED
@pytest.mark.parametrize("options", [{}, {"strictness": "eager"}])
async def test_a_member_whom_the_settings_of_discord_let_in_is_refused(
    world: World, options: dict[str, str]
) -> None:
    world.let_in(world.alice, "pullquote")

    refused = await world.alice.slash(world.channel, "pullquote settings", **options)

    assert refused.response.ephemeral
    assert "for moderators" in refused.response.content
    assert (await base(world)).settings.kept == ()


async def test_the_menu_checks_the_permission_again(world: World) -> None:
    shown = await settings(world)
    world.dismiss_moderator()

    refused = await world.moderator.select(shown.response, ["eager"], custom_id="pq1:set-strictness")

    assert "for moderators" in refused.response.content
    assert (await base(world)).settings.kept == ()


@REFUSED
async def test_what_cannot_be_written_is_not_shown_as_set(world: World, tmp_path: Path) -> None:
    shown = await settings(world)
    other = sqlite3.connect(tmp_path / "kept.db")
    other.execute("BEGIN IMMEDIATE")
    by_menu = await world.moderator.select(shown.response, ["eager"], custom_id="pq1:set-strictness")
    directly = await settings(world, strictness="eager")
    other.rollback()
    other.close()

    said = [*(followup.content for followup in by_menu.followups), directly.response.content]
    assert ["try again" in text for text in said] == [True] * 2
    assert chosen(shown.response) == ["balanced"]
    assert (await base(world)).settings.kept == ()


@REFUSED
@pytest.mark.parametrize("name", ["strictness", "packs_off"])
async def test_a_choice_that_is_not_there_any_more_is_told(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await settings(world)
    monkeypatch.delitem(SECTIONS[STRICTNESS].values, "eager")
    monkeypatch.setattr(world.bot.library, "packs", ())
    value = {"strictness": "eager", "packs_off": "nothing"}[name]
    refused = await world.moderator.select(card.response, [value], custom_id=f"pq1:set-{name}")
    assert "not there any more" in refused.followups[0].content
    assert (await base(world)).settings.kept == ()


def test_a_setting_from_the_command_line_has_no_author() -> None:
    assert "**Strictness: eager**\n" in card_text(Setting(STRICTNESS, "eager"))


def test_a_name_cannot_format_or_ping() -> None:
    text = card_text(Setting(STRICTNESS, "eager", Author(1, "@everyone **Mia**")))
    assert "set by \\@everyone \\*\\*Mia" in text
