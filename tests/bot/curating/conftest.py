"""A moderator at work: the dialogue of `/qa`, on a database of its own."""

import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import simcord
from simcord import interactions

from bot import asking, curating
from bot.client import Feature
from knowledge.library import Library
from knowledge.model import Author, Entry, Fact, Pack, Source
from knowledge.stories import build_story, cite
from tests.bot.conftest import World

ARTICLE = """\
The harbour of Tveit got its first lighthouse in 1871, and it still stands.

"I have lit the lamp every evening for thirty years," says its keeper, Ingrid Moe.

The tower is 23 metres high and painted white. In winter the ferry does not call there. Nobody was hurt when the \
storm of 1903 broke all its windows.
"""

TOWER = "The tower is 23 metres high and painted white."

QUESTION = "Which boots did she wear that night?"
ANSWER = "The golden ones, says the moderator."


@dataclass
class Desk:
    """What a moderator does, and what then stands in the database."""

    world: World
    database: Path

    async def fill_in(
        self, who: simcord.MemberActor | None = None, **typed: object
    ) -> simcord.InteractionResult:
        """Fill in and send the form of `/qa add`; return the reply."""
        who = who or self.world.moderator
        form = await who.slash(self.world.channel, "qa add")
        return await who.submit_modal(form, {"question": QUESTION, "answer": ANSWER, **typed})

    async def press(
        self, card: object, label: str, who: simcord.MemberActor | None = None
    ) -> simcord.InteractionResult:
        return await (who or self.world.moderator).click(getattr(card, "response", card), label=label)

    async def press_twice_at_once(
        self, card: simcord.InteractionResult, custom_id: str
    ) -> list[simcord.InteractionResult]:
        """Press a button again before anything could happen; return what came of both."""
        env, world, message = self.world.env, self.world, card.response
        results = []
        for _ in range(2):
            record, payload = interactions.base_payload(
                env.backend,
                type=3,
                channel_id=world.channel.id,
                guild_id=world.guild.id,
                user_id=world.moderator.id,
                data={"custom_id": custom_id, "component_type": 2},
            )
            stored = env.backend.get_message(world.channel.id, message.id)
            payload["message"] = dict(simcord.backend.serializers.message_payload(env.backend, stored))
            record.source_message_id = message.id
            env.backend.emit("INTERACTION_CREATE", payload)
            results.append(simcord.InteractionResult(env, record))
        await env.settle()
        return results

    async def own(self) -> tuple[Entry, ...]:
        """Return the server's own entries as the bot knows them."""
        return (await self.world.bot.library.base(self.world.guild.id)).own

    async def keep(self, *entries: Entry) -> None:
        """Save entries without any dialogue."""
        await self.world.bot.library.save(self.world.guild.id, entries)

    def dismiss_moderator(self) -> None:
        """Take the moderator's role away."""
        self.world.dismiss_moderator()

    def let_in(self, member: simcord.MemberActor) -> None:
        """Show `/qa` to an ordinary member."""
        self.world.let_in(member, "qa")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let another program write to the database."""
        other = sqlite3.connect(self.database)
        try:
            other.execute("BEGIN IMMEDIATE")
            yield
        finally:
            other.rollback()
            other.close()


def entry(number: int, **changes: object) -> Entry:
    """Return an entry like those that a moderator writes."""
    asked = f"What is rule {number} of this server?"
    plain = Entry(f"rule-{number:02}", (asked,), f"Rule {number}.", author=Author(1, "Ada"))
    return dataclasses.replace(plain, **changes)


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    """A small pack: most of what the bundled one costs to index would be spent on every test."""
    story = build_story(
        "lighthouse", ARTICLE, "en", Source(title="A lamp at sea", publisher="Tveit Times", licence="own")
    )
    asked = ("How high is the tower?", "tower height", "how many metres is the lighthouse")
    entry = Entry("height", asked, "It is 23 metres high.", (cite(story, TOWER),))
    fact = Fact("height-fact", "the tower", "height", "23", "number", (cite(story, TOWER),))
    return (Pack("lighthouse", "en", (story,), (entry,), (fact,)),)


@pytest.fixture(autouse=True)
def _no_long_wait_for_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.storage.sqlite.BUSY_SECONDS", 0.05)


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install)


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return Desk(world, tmp_path / "kept.db")
