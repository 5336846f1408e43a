"""`/qa alias`: short forms, kept on the disk and read from the next question on."""

import json

import pytest
import simcord

from bot.curating.aliases import NONE_YET
from bot.render.escape import unescape
from knowledge.model import MAX_ALIASES, Alias, Author
from knowledge.owned import put
from tests.bot.conftest import texts
from tests.bot.curating.conftest import Desk

TWR = Alias("twr", "tower height")
SHORT = "twr?"
HEIGHT = "It is 23 metres high."
REFUSED = pytest.mark.simcord(check_errors=False)


async def run(desk: Desk, command: str, **options: object) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, f"qa alias {command}", **options)


async def aliases(desk: Desk) -> tuple[Alias, ...]:
    return (await desk.world.bot.library.base(desk.world.guild.id)).aliases


async def answer(desk: Desk, question: str) -> str:
    asked = await desk.world.alice.slash(desk.world.channel, "ask", question=question)
    return texts(asked.response)


async def keep(desk: Desk, *kept: Alias) -> None:
    for alias in kept:
        await desk.world.bot.library.change(desk.world.guild.id, [put(alias)])


async def test_an_added_alias_counts_from_the_next_question_on(desk: Desk) -> None:
    assert HEIGHT not in await answer(desk, SHORT)

    saved = await run(desk, "add", alias="TWR", means="tower height")

    assert saved.ephemeral
    assert "From the next question on I read **twr** as tower height." in texts(saved.response)
    assert HEIGHT in await answer(desk, SHORT)


async def test_its_author_is_kept(desk: Desk) -> None:
    await run(desk, "add", alias="TWR", means="tower height")

    moderator = desk.world.moderator
    [kept] = await aliases(desk)
    assert kept.author == Author(moderator.id, moderator.name)
    assert kept.author.name in unescape(texts((await run(desk, "list")).response))


async def test_an_alias_that_is_saved_once_more_is_not_said_to_have_meant_something_else(desk: Desk) -> None:
    await keep(desk, TWR)
    assert "Until now" not in texts((await run(desk, "add", alias="TWR", means="tower height")).response)


async def test_an_alias_that_is_there_is_changed_and_what_it_meant_is_told(desk: Desk) -> None:
    await keep(desk, TWR)

    saved = await run(desk, "add", alias="Twr", means="the twin rocks")

    assert "Until now it meant tower height." in texts(saved.response)
    assert [one.meaning for one in await aliases(desk)] == ["the twin rocks"]


@REFUSED
@pytest.mark.parametrize(
    ("alias", "means", "said"),
    [
        ("the", "tower height", "“the” is an everyday word"),
        ("a very tall one", "tower height", "at most 3 words"),
        ("?!", "tower height", "no word in it"),
        ("twr", "!", "no word in it"),
        ("twr", "TWR", "means itself"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    desk: Desk, alias: str, means: str, said: str
) -> None:
    refused = await run(desk, "add", alias=alias, means=means)

    assert refused.ephemeral
    assert said in unescape(refused.response.content)
    assert await aliases(desk) == ()


@REFUSED
async def test_what_cannot_be_written_is_not_said_to_be_saved(desk: Desk) -> None:
    await keep(desk, TWR)
    with desk.locked():
        added = await run(desk, "add", alias="lmp", means="the lamp")
        removed = await run(desk, "remove", alias="twr")

    for refused in (added, removed):
        assert "try again" in refused.response.content.casefold()
        assert not any(word in refused.response.content for word in ("Saved", "Removed"))
    assert await aliases(desk) == (TWR,)


async def test_a_removed_alias_is_no_longer_read(desk: Desk) -> None:
    await keep(desk, TWR)

    removed = await run(desk, "remove", alias="TWR")

    assert "I no longer read **twr** as tower height." in texts(removed.response)
    assert HEIGHT not in await answer(desk, SHORT)


@REFUSED
async def test_an_alias_that_is_not_there_cannot_be_removed(desk: Desk) -> None:
    assert "no such alias" in (await run(desk, "remove", alias="twr")).response.content


async def test_while_somebody_types_the_aliases_are_offered(desk: Desk) -> None:
    await keep(desk, TWR, Alias("lmp", "the lamp"), *(Alias(f"x{n}", "something else") for n in range(30)))

    async def offered(typed: str) -> dict[str, str]:
        world = desk.world
        found = await world.moderator.autocomplete(world.channel, "qa alias remove", "alias", typed)
        return {choice["value"]: choice["name"] for choice in found}

    assert await offered("TW") == {"twr": "twr: tower height"}
    assert await offered("LAMP") == {"lmp": "lmp: the lamp"}
    assert len(await offered("")) == 25


async def test_all_aliases_are_listed_by_the_alphabet(desk: Desk) -> None:
    await keep(desk, TWR, Alias("lmp", "the lamp"))

    listed = await run(desk, "list")

    assert listed.ephemeral
    assert texts(listed.response).splitlines() == [
        "**This server's aliases** (2)",
        "- **lmp** as the lamp",
        "- **twr** as tower height",
    ]


async def test_a_server_without_any_is_told_how_to_add_one(desk: Desk) -> None:
    assert texts((await run(desk, "list")).response) == NONE_YET


async def test_what_a_card_cannot_hold_is_given_as_a_file(desk: Desk) -> None:
    await keep(desk, *(Alias(f"alias {n:03}", "*" * 80) for n in range(MAX_ALIASES)))

    listed = await run(desk, "list")

    assert f"({MAX_ALIASES})" in texts(listed.response)
    [file] = listed.followups[0].attachments
    assert len((await file.read()).decode().splitlines()) == MAX_ALIASES + 1


async def test_what_was_typed_cannot_format_ping_or_link(desk: Desk) -> None:
    means = "@everyone **bold** <@1> https://example.org"
    saved = await run(desk, "add", alias="twr", means=means)
    listed = await run(desk, "list")

    for card in (saved.response, listed.response):
        assert means in unescape(texts(card))
        assert "<@1>" not in texts(card)
        assert "https://" not in texts(card)


async def test_an_explanation_tells_which_short_forms_were_read(desk: Desk) -> None:
    await keep(desk, TWR)

    why = await desk.world.moderator.slash(desk.world.channel, "qa explain", question=SHORT)

    assert "Short forms: twr for tower height" in unescape(texts(why.response))


async def test_what_another_process_added_is_not_counted_twice(desk: Desk) -> None:
    await keep(desk, *(Alias(f"x{n}", "y") for n in range(MAX_ALIASES - 1)))
    await desk.world.bot.library.store.change(desk.world.guild.id, [put(TWR)])

    refused = await run(desk, "add", alias="TWR", means="the twin rocks")

    assert "Until now it meant tower height." in texts(refused.response)


def test_discord_is_told_how_long_each_may_be(desk: Desk) -> None:
    qa = next(command for command in desk.world.bot.tree.get_commands() if command.name == "qa")
    payload = qa.to_dict(desk.world.bot.tree)
    [group] = [option for option in payload["options"] if option["name"] == "alias"]
    assert [command["name"] for command in group["options"]] == ["add", "remove", "list"]
    limits = {option["name"]: option["max_length"] for option in group["options"][0]["options"]}
    assert limits == {"alias": 50, "means": 80}
    assert len(json.dumps(payload)) < 8000
