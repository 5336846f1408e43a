"""What a moderator gave of a story, and what it would become. Nothing is saved here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.stories.finding import own_story
from knowledge.answering import Base
from knowledge.errors import ChangedSinceError, SafeError
from knowledge.model import Author, OwnStory, Pack, Source, Story
from knowledge.owned import Kind, Owned, Write, put
from knowledge.stories import build_story
from knowledge.stories.replacing import Affected, affected
from knowledge.stories.taking import Told, check_beside, make_slug, take_file, take_text


class ProposalGoneError(SafeError):
    """The preview of a story is not there any more: too old, crowded out, or the bot was restarted."""

    def __init__(self) -> None:
        super().__init__(
            "I no longer have this preview: I was restarted, or it is more than an hour old. Nothing of it was saved."
            " Please use the command again; what you pasted still stands in the file below the preview."
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What a moderator gave of a story beside a file."""

    server: int
    author: Author
    source: Source = Source()  # noqa: RUF009  it is frozen
    language: str = ""
    replaces: str | None = None
    """The slug of the story whose corrected text it is; None for a new one."""
    text: str = ""
    """What was pasted; "" where the text is in a file."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that holds a story."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A story as it would be kept, and what that does to the entries."""

    given: Given
    kept: OwnStory
    """What would be kept."""
    story: Story
    """The same, cut into passages."""
    before: OwnStory | None = None
    """What it takes the place of."""
    affected: tuple[Affected, ...] = ()
    """The server's entries that cite what it takes the place of."""

    @property
    def server(self) -> int:
        """The server it is for."""
        return self.given.server

    @property
    def author(self) -> Author:
        """Whose it is."""
        return self.given.author


def propose(
    given: Given, base: Base, owned: Owned, packs: Iterable[Pack], file: File | None = None
) -> Proposal:
    """Return what was given as a story of a server that owns this; of a page, that takes a second or more.

    `packs` are all that the server can turn on. Raises `StoryError` with what to mend, and `UnknownStoryError` where
    the one to be replaced is not there.
    """
    before = own_story(owned, given.replaces) if given.replaces is not None else None
    old = cut(before) if before else None
    told = Told(given.source, given.language, _taken(base, packs), old)
    story = take_file(file.content, file.name, told) if file else take_text(given.text, told)
    check_beside(story, (other for other in owned.stories if other != before))
    author = before.author if before else given.author
    kept = OwnStory(story.slug, story.text, story.language, story.source, author)
    return Proposal(given, kept, story, before, affected(old, story, owned.entries) if old else ())


def as_it_is_now(proposal: Proposal, base: Base, owned: Owned, packs: Iterable[Pack]) -> Proposal:
    """Return a proposal as it has to be saved now: others may have added entries or stories since it was made.

    Raises `StoryError` where that leaves no place for it, and `ChangedSinceError` where what it takes the place of is
    no longer what it was.
    """
    kept, story, before = proposal.kept, proposal.story, proposal.before
    if before is not None:
        if before not in owned.stories:
            raise ChangedSinceError(Kind.STORY, before.slug)
        return replace(proposal, affected=affected(cut(before), story, owned.entries))
    check_beside(story, owned.stories)
    taken = _taken(base, packs)
    if kept.slug in taken:
        kept = replace(kept, slug=make_slug(kept.slug, taken))
    return replace(proposal, kept=kept, story=cut(kept))


def writes(proposal: Proposal, owned: Owned) -> Iterator[Write]:
    """Yield what saves a proposal, the entries with it: each only where it is still as it was looked at."""
    yield put(proposal.kept, proposal.before)
    known = {entry.id: entry for entry in owned.entries}
    for each in proposal.affected:
        if each.entry != known[each.entry.id]:
            yield put(each.entry, known[each.entry.id])


def _taken(base: Base, packs: Iterable[Pack]) -> set[str]:
    """Return the slugs of the stories that there are, and of those that would be there with every pack turned on."""
    of_packs = (story for pack in packs for story in pack.stories)
    return {story.slug for story in (*base.stories, *of_packs)}


def cut(kept: OwnStory) -> Story:
    """Return a story of a server's own cut into passages."""
    return build_story(kept.slug, kept.text, kept.language, kept.source)
