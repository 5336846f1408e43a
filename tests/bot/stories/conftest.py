"""A moderator at work on stories: `/story` on a database of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import simcord

from bot import asking, curating, stories
from bot.client import Feature
from knowledge.library import Library
from knowledge.model import Author, Entry, OwnStory, Pack, Setting, Source
from knowledge.owned import Owned, put
from knowledge.stories import build_story, cite
from tests.bot.conftest import World

TEXT = """\
The balloon of Xylo Point was sewn in 1931 by four sisters.

“She is our pride,” said Marta Quill, the pilot. The balloon lifts forty guests on a calm day.

In winter it sleeps in a barn beside the river. Nobody was hurt when the barn burnt down in 1958."""

CORRECTED = """\
The balloon of Xylo Point was sewn in 1931 by five sisters.

Its silk came from Lyon.

“She is our pride,” said Marta Quill, the pilot. The balloon lifts forty guests on a calm day.

In winter it sleeps in a barn beside the river. Nobody was hurt when the barn burnt down in 1958."""

SEWN = "The balloon of Xylo Point was sewn in 1931 by four sisters."
LIFTS = "The balloon lifts forty guests on a calm day."

STORY = OwnStory("the-balloon", TEXT, "en", Source(title="The balloon", licence="own"), Author(7, "Ada"))


def resting_on(excerpt: str, entry_id: str, question: str, story: OwnStory = STORY) -> Entry:
    """Return an entry that cites an own story."""
    cited = cite(build_story(story.slug, story.text, story.language, story.source), excerpt)
    return Entry(entry_id, (question,), "As the story says.", (cited,), author=Author(7, "Ada"))


@dataclass
class Shelf:
    """What a moderator does with stories, and what is kept then."""

    world: World

    async def do(
        self, command: str, who: simcord.MemberActor | None = None, **options: object
    ) -> simcord.InteractionResult:
        return await (who or self.world.moderator).slash(self.world.channel, f"story {command}", **options)

    async def paste(self, form: simcord.InteractionResult, **typed: object) -> simcord.InteractionResult:
        return await self.world.moderator.submit_modal(form, {"text": TEXT, **typed})

    async def press(self, card: object, label: str) -> simcord.InteractionResult:
        return await self.world.moderator.click(getattr(card, "response", card), label=label)

    def refused(self, result: simcord.InteractionResult) -> str:
        """Return what was said instead of doing it; simcord has to hear that the error was looked for."""
        assert self.world.env.errors
        assert result.response.ephemeral
        return result.response.content

    async def keep(self, *records: OwnStory | Entry | Setting, server: int | None = None) -> None:
        """Save without any dialogue."""
        await self.world.bot.library.change(server or self.world.guild.id, [put(one) for one in records])

    async def owned(self) -> Owned:
        return await self.world.bot.library.owned(self.world.guild.id)


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    """A small pack: most of what the bundled one costs to index would be spent on every test."""
    text = "The harbour of Tveit got its first lighthouse in 1871, and it still stands."
    source = Source("A lamp at sea", "Tveit Times", url="https://example.org/lamp", licence="permission")
    return (Pack("lighthouse", "en", (build_story("lighthouse", text, "en", source),)),)


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install, stories.install)


@pytest.fixture
def shelf(world: World) -> Shelf:
    return Shelf(world)
