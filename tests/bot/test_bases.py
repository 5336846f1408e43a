"""A large server, whose entries take a while to read; and a database that is away."""

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from bot import asking, bases, curating, quoting
from bot.bases import WITHOUT_OWN
from bot.client import Feature
from bot.render.escape import unescape
from knowledge.answering import Base
from knowledge.effect import Foresight
from knowledge.errors import StorageError
from knowledge.library import Library
from knowledge.model import Author, Entry
from tests.bot.conftest import World, buttons, texts

IN_PACK = "Who won the first women's Ballon d'Or?"
OWN = Entry("party", ("Where is the party?",), "In the old cinema.", author=Author(1, "mia"))
DIRECTLY, THINKING, LATER, IN_PLACE = 4, 5, 6, 7
"""How Discord is answered first."""

REFUSED = pytest.mark.simcord(check_errors=False)

OPERATORS = "The database /srv/kept.db cannot be reached. Start it."


@pytest.fixture
async def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture(autouse=True)
def _nothing_is_foreseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Foresight, "prepare", lambda *_: None)  # of a whole story that takes ten seconds


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, quoting.install, curating.install)


@pytest.fixture
async def idle(world: World) -> World:
    """A server with an entry of its own that nobody has asked for since the bot started."""
    await world.bot.library.save(world.guild.id, [OWN])
    return world


@pytest.fixture
def away(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A server whose entries cannot be read."""
    base = world.bot.library.base

    async def cannot_read(server: int | None, *, fresh: bool = False) -> Base:
        if server is not None:
            raise StorageError(OPERATORS)
        return await base(server, fresh=fresh)

    monkeypatch.setattr(world.bot.library, "base", cannot_read)
    return world


def first_answers(world: World) -> list[int]:
    """Return how each interaction was answered first."""
    return [request.json["type"] for request in world.env.http_requests if request.path.endswith("/callback")]


async def load(world: World) -> None:
    await world.bot.library.base(world.guild.id)


async def test_a_command_waits_for_a_server_that_is_not_loaded(idle: World) -> None:
    result = await idle.alice.slash(idle.channel, "ask", question=OWN.phrasings[0])
    assert first_answers(idle) == [THINKING]
    assert OWN.answer in texts(result.response)
    assert not result.ephemeral
    assert result.followups == []


async def test_once_it_is_loaded_it_is_answered_directly(idle: World) -> None:
    await load(idle)
    result = await idle.alice.slash(idle.channel, "ask", question=OWN.phrasings[0])
    assert first_answers(idle) == [DIRECTLY]
    assert OWN.answer in texts(result.response)


async def test_what_is_private_is_private_after_waiting_too(idle: World) -> None:
    result = await idle.alice.slash(idle.channel, "ask", question=OWN.phrasings[0], private=True)
    assert first_answers(idle) == [THINKING]
    assert result.ephemeral


async def test_a_direct_message_has_nothing_to_wait_for(idle: World) -> None:
    await idle.alice.user.slash("ask", question=IN_PACK)
    assert first_answers(idle) == [DIRECTLY]


@REFUSED
async def test_a_refusal_is_for_one_person_though_everybody_saw_the_waiting(idle: World) -> None:
    result = await idle.alice.slash(idle.channel, "ask", question="#0:gone")
    assert first_answers(idle) == [THINKING]
    assert idle.channel.history() == []
    assert result.followups[0].ephemeral
    assert "taken away" in result.followups[0].content


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("quote", {}),
        ("qa list", {}),
        ("qa show", {"entry": "party"}),
        ("qa remove", {"entry": "party"}),
        ("qa explain", {"question": "where is it?"}),
    ],
)
async def test_the_other_commands_wait_too(name: str, options: dict[str, str], idle: World) -> None:
    result = await idle.moderator.slash(idle.channel, name, **options)
    assert first_answers(idle) == [THINKING]
    assert texts(result.response)
    assert result.ephemeral == name.startswith("qa")


async def test_answer_this_waits_too(idle: World) -> None:
    message = await idle.bob.send(idle.channel, OWN.phrasings[0])
    result = await idle.alice.context_menu(idle.channel, "Answer this", message)
    assert first_answers(idle) == [THINKING]
    assert OWN.answer in texts(result.response)


async def test_a_form_opens_at_once(idle: World) -> None:
    form = await idle.moderator.slash(idle.channel, "qa add")
    assert form.modal is not None


async def test_buttons_wait_too_each_in_its_way(idle: World, packs: tuple) -> None:
    await load(idle)
    help_card = await idle.alice.slash(idle.channel, "ask", question="help")
    label = next(iter(buttons(help_card.response)))
    card = await idle.alice.slash(idle.channel, "ask", question=IN_PACK)
    idle.bot.library = Library(packs, idle.bot.library.store)
    before = len(first_answers(idle))
    context = await idle.bob.click(card.response, label="Context")
    idle.bot.library = Library(packs, idle.bot.library.store)
    following = await idle.alice.click(help_card.response, label=label)
    assert first_answers(idle)[before:] == [THINKING, THINKING]
    assert context.ephemeral
    assert not following.ephemeral
    assert texts(context.response)
    assert texts(following.response)


async def test_a_list_is_turned_in_its_place_also_after_waiting(idle: World, packs: tuple) -> None:
    entries = [Entry(f"e{n}", (f"What is rule {n}?",), "x") for n in range(11)]
    await idle.bot.library.save(idle.guild.id, entries)
    listed = await idle.moderator.slash(idle.channel, "qa list")
    idle.bot.library = Library(packs, idle.bot.library.store)
    await idle.moderator.click(listed.response, label="Next")
    assert first_answers(idle)[-1] == LATER
    assert "page 2 of 2" in texts(listed.response)


# Suggestions while somebody types cannot be deferred


async def test_while_the_entries_are_being_read_the_packs_alone_are_suggested_from(
    kept_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = asyncio.Event()
    assert kept_library.store is not None
    entries = kept_library.store.owned

    async def slow(server: int) -> Sequence[Entry]:
        await may_go_on.wait()
        return await entries(server)

    await kept_library.save(1, [OWN])
    monkeypatch.setattr(kept_library.store, "owned", slow)
    monkeypatch.setattr(bases, "WAITED_WHILE_TYPING", 0.0)
    typing = SimpleNamespace(client=SimpleNamespace(library=kept_library), guild_id=1)
    assert (await bases.base_while_typing(typing)).own == ()
    # What was begun goes on, so that the next letter that is typed finds it.
    may_go_on.set()
    monkeypatch.setattr(bases, "WAITED_WHILE_TYPING", 60.0)
    assert (await bases.base_while_typing(typing)).own == (OWN,)


# The database is away


async def test_a_question_is_answered_from_the_packs_and_members_are_told_kindly(
    away: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await away.alice.send(away.channel, f"{away.mention} {IN_PACK}")
    asked = await away.alice.slash(away.channel, "ask", question=IN_PACK)
    for card in (away.last, asked.response):
        assert "Ada Hegerberg" in unescape(texts(card))
        assert f"-# {WITHOUT_OWN}" in texts(card)
        assert "database" not in texts(card)
    assert "".join(capsys.readouterr()).count(OPERATORS) == 2


async def test_a_question_that_the_packs_cannot_answer_says_so_too(away: World) -> None:
    asked = await away.alice.slash(away.channel, "ask", question=OWN.phrasings[0])
    assert WITHOUT_OWN in texts(asked.response)


async def test_suggestions_and_quotations_come_from_the_packs(away: World) -> None:
    assert await away.alice.autocomplete(away.channel, "ask", "question", "ballon")
    quoted = await away.alice.slash(away.channel, "quote", about="respect")
    assert "> " in texts(quoted.response)


@REFUSED
async def test_a_choice_that_stands_in_the_database_is_not_said_to_be_gone(
    idle: World, request: pytest.FixtureRequest
) -> None:
    await load(idle)
    suggested = await idle.alice.autocomplete(idle.channel, "ask", "question", "where is the party")
    request.getfixturevalue("away")
    picked = next(choice["value"] for choice in suggested if choice["name"] == OWN.phrasings[0])
    refused = await idle.alice.slash(idle.channel, "ask", question=picked)
    said = [*(m.content for m in refused.followups), refused.response.content if refused.response else ""]
    assert "try again" in "".join(said)
    assert "taken away" not in "".join(said)


@REFUSED
@pytest.mark.parametrize("command", ["qa list", "qa show"])
async def test_moderators_are_told_that_they_cannot_look_at_their_entries(
    command: str, away: World, capsys: pytest.CaptureFixture[str]
) -> None:
    options = {"entry": "x"} if command == "qa show" else {}
    refused = await away.moderator.slash(away.channel, command, **options)
    assert "try again" in refused.response.content
    assert "/srv" not in refused.response.content
    assert OPERATORS in "".join(capsys.readouterr())
