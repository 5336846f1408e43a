"""A server whose moderator changes its settings, with a second channel."""

from collections.abc import Sequence

import pytest
import simcord

from bot import adjusting, asking, curating, quoting
from bot.adjusting import change_log
from bot.adjusting.settings_card import settings_card
from bot.adjusting.situation import Situation
from bot.client import Feature, PullquoteClient
from knowledge.library import Library
from knowledge.model import Alias, Author, Entry, Setting
from knowledge.owned import put
from knowledge.settings import ServerSettings
from tests.bot.conftest import World

MIA = Author(7, "Mia")
QUESTION = "What is the password of the watch party?"
PASSWORD = Entry("password", (QUESTION, "watch party password"), "Swordfish.", author=MIA)
WINNER = "Who won the first women's Ballon d'Or?"


@pytest.fixture(autouse=True)
def _changes_are_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_log, "GATHER_SECONDS", 0.01)


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, quoting.install, curating.install, adjusting.install)


@pytest.fixture
def reads_messages() -> bool:
    """Whether the bot has the Message Content intent."""
    return False


@pytest.fixture
def simcord_bot(library: Library, features: Sequence[Feature], reads_messages: bool) -> PullquoteClient:  # noqa: FBT001  a fixture
    return PullquoteClient(library, features, shard_count=1, message_content=reads_messages)


@pytest.fixture
def other(world: World) -> simcord.ChannelHandle:
    return world.guild.create_text_channel("elsewhere")


async def shown(world: World) -> simcord.InteractionResult:
    """Call the card of settings."""
    return await world.moderator.slash(world.channel, "pullquote settings")


async def choose(world: World, key: str, values: Sequence[object]) -> simcord.InteractionResult:
    """Choose from a menu of the card."""
    return await world.moderator.select((await shown(world)).response, values, custom_id=f"pq1:set-{key}")


async def keep(world: World, *records: Setting | Entry | Alias) -> None:
    """Keep what somebody in a terminal might, or a version before this one."""
    await world.bot.library.base(world.guild.id)
    await world.bot.library.change(world.guild.id, [put(one) for one in records], MIA)


async def kept(world: World) -> ServerSettings:
    """Return the settings as they are kept."""
    return (await world.bot.library.base(world.guild.id)).settings


def card_text(*kept: Setting, packs: tuple[str, ...] = ()) -> str:
    """Return what a card reads on which these were set."""
    card = settings_card(Situation(ServerSettings(kept), packs))
    return "\n".join(part.content for part in card.walk_children() if hasattr(part, "content"))
