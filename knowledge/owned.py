"""What a server owns, and how moderators change it: every change keeps what was there before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

from knowledge.model import Alias, Author, Entry, Graded, Hidden, OwnStory, Setting
from knowledge.settings import ServerSettings

Record: TypeAlias = Entry | Alias | Setting | OwnStory | Hidden | Graded


class Kind(StrEnum):
    """The kinds of what a server owns."""

    ENTRY = "entry"
    ALIAS = "alias"
    SETTING = "setting"
    STORY = "story"
    HIDDEN = "hidden"
    GRADED = "graded"


RECORDS: Final[dict[Kind, type[Record]]] = {
    Kind.ENTRY: Entry,
    Kind.ALIAS: Alias,
    Kind.SETTING: Setting,
    Kind.STORY: OwnStory,
    Kind.HIDDEN: Hidden,
    Kind.GRADED: Graded,
}
_KINDS = {record: kind for kind, record in RECORDS.items()}


@dataclass(frozen=True, slots=True)
class Whatever:
    """Stands for whatever is there before a write."""


@dataclass(frozen=True, slots=True)
class Write:
    """One thing to keep or to take away."""

    kind: Kind
    key: str
    after: Record | None
    """None: it is taken away."""
    before: Record | Whatever | None = Whatever()
    """What has to be there, None for nothing; else the change is not made."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was changed: what it was (None: it was not there), and what it became (None: it went)."""

    kind: Kind
    key: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one moderator changed at one time."""

    number: int
    """Counts a server's changes from 1."""
    at: datetime
    author: Author | None
    """None: the command line."""
    items: tuple[Item, ...]
    """In a list of many changes only the first of each."""
    size: int
    """How many items there are in all."""
    reverts: int | None = None
    """The number of the change that this one took back."""


def key_of(record: Record) -> str:
    """Return what tells a record from others of its kind."""
    match record:
        case Entry():
            return record.id
        case Alias():
            return record.alias
        case Setting():
            return record.key
        case OwnStory():
            return record.slug
        case Hidden():
            return record.entry_id
        case Graded():
            return record.question


def put(record: Record, before: Record | Whatever | None = Whatever()) -> Write:
    """Keep a record, in the place of one of the same kind and key; `before` as `Write` tells."""
    return Write(_KINDS[type(record)], key_of(record), record, before)


def drop(record: Record) -> Write:
    """Take a record away, as it is known: not where it has been changed meanwhile."""
    return Write(_KINDS[type(record)], key_of(record), None, record)


@dataclass(frozen=True)
class Owned:
    """All that a server owns, in the order in which it was first kept."""

    records: tuple[Record, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The server's own entries and gaps."""
        return tuple(r for r in self.records if isinstance(r, Entry))

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Short forms, by the alphabet."""
        return tuple(sorted((r for r in self.records if isinstance(r, Alias)), key=lambda one: one.alias))

    @cached_property
    def settings(self) -> ServerSettings:
        """What was ever set."""
        return ServerSettings(tuple(r for r in self.records if isinstance(r, Setting)))

    @cached_property
    def stories(self) -> tuple[OwnStory, ...]:
        """The server's own stories."""
        return tuple(r for r in self.records if isinstance(r, OwnStory))

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The ids of the packs' entries that are not to be said."""
        return frozenset(r.entry_id for r in self.records if isinstance(r, Hidden))

    @cached_property
    def graded(self) -> tuple[Graded, ...]:
        """The server's own test set."""
        return tuple(r for r in self.records if isinstance(r, Graded))

    def after(self, items: Iterable[Item]) -> "Owned":
        """Return what is owned once a change is made: what is replaced keeps its place, what is new comes last."""
        kept = {(_KINDS[type(record)], key_of(record)): record for record in self.records}
        for item in items:
            if item.after is None:
                kept.pop((item.kind, item.key), None)
            else:
                kept[item.kind, item.key] = item.after
        return Owned(tuple(kept.values()))


def reverting(change: Change) -> Sequence[Write]:
    """Return the writes that take a change back: none of it where a part has been changed again since."""
    return tuple(Write(item.kind, item.key, item.before, item.after) for item in reversed(change.items))


def in_history(record: Record) -> Record:
    """Return a record as the history keeps it: of a story no text, so that it is gone when the story is removed."""
    return replace(record, text="") if isinstance(record, OwnStory) else record


def without_excerpts(records: Iterable[Record], story: str) -> Iterator[Entry]:
    """Yield the entries that cite a story as they are once its text must be gone: stale, with empty excerpts."""
    for record in records:
        if isinstance(record, Entry) and any(c.story == story and c.excerpt for c in record.citations):
            citations = tuple(replace(c, excerpt="") if c.story == story else c for c in record.citations)
            yield replace(record, citations=citations)
