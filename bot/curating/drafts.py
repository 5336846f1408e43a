"""What moderators have typed and not saved yet: kept in memory, for an hour, and not too much of it."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from knowledge.errors import SafeError
from knowledge.model import Author, Citation, Entry, EntryKind

KEPT_SECONDS = 60 * 60
KEPT_DRAFTS = 500
"""More than that at once means the oldest go: at most some 30 MB."""


class DraftGoneError(SafeError):
    """The draft is not there any more: too old, crowded out, or the bot was restarted."""

    def __init__(self) -> None:
        super().__init__(
            "I no longer have this draft: I was restarted, or it is more than an hour old. Nothing of it was"
            " saved. What you typed still stands in the preview, or in the file below it: copy it from there into a"
            " new /qa add or /qa edit."
        )


class DraftTakenError(SafeError):
    """The draft is being saved, or is saved."""

    def __init__(self) -> None:
        super().__init__(
            "That is being saved, or is saved already: once is enough. /qa list and /story list"
            " show what there is."
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into the form, as it was typed; `story` is the slug of the one chosen, if any."""

    server: int
    author: Author
    question: str = ""
    answer: str = ""
    excerpt: str = ""
    """One or more, with an empty line between two."""
    phrasings: str = ""
    """Other phrasings, one a line."""
    kind: EntryKind = EntryKind.ENTRY
    story: str | None = None
    before: Entry | None = None
    """The entry that it changes, as the moderator saw it; None for a new one."""
    there: Entry | None = None
    """The server's own entry that it takes the place of; None for a new one, and for a copy of a pack's."""
    asked: str = ""
    """The phrasing that was added, for the preview to answer; "": the question."""
    offered: tuple[Citation, ...] = ()
    """The lines of the story that the moderator may take in the place of `missing`."""
    missing: str = ""
    """The words of an excerpt that could not be cited."""
    taken: tuple[Citation, ...] = ()
    """Those of the lines offered that were taken."""
    seen: frozenset[str] = frozenset()
    """The ids of the similar entries that the moderator was shown before confirming."""
    near: str = ""
    """The id of the most similar one, of which this may become a phrasing."""
    instead: str = ""
    """The id of the draft that this is the alternative to."""
    graded: str = ""
    """The question, as it was asked, for which a moderator confirms this to be right; "": none."""

    @property
    def known(self) -> tuple[Citation, ...]:
        """The citations whose places are certain."""
        return (*self.taken, *(self.before.citations if self.before else ()))


def draft_of(entry: Entry, there: Entry | None, server: int, author: Author, *, asked: str = "") -> Draft:
    """Return the draft that changes an entry, with all of it typed already, and with phrasings more, one a line."""
    phrasings = [" ".join(phrasing.split()) for phrasing in entry.phrasings]
    added = [" ".join(line.split()) for line in asked.splitlines() if line.strip()]
    return Draft(
        server,
        author,
        question=phrasings[0],
        answer=entry.answer,
        excerpt="\n\n".join(citation.excerpt for citation in entry.citations if citation.excerpt),
        phrasings="\n".join([*phrasings[1:], *added]),
        kind=entry.kind,
        before=entry,
        there=there,
        asked=next(iter(added), ""),
    )


class Written(Protocol):
    """What is kept: something that a moderator of a server wrote."""

    @property
    def server(self) -> int:
        """The server it is for."""

    @property
    def author(self) -> Author:
        """Whose it is."""


T = TypeVar("T", bound=Written)


@dataclass(slots=True)
class _Kept(Generic[T]):
    draft: T
    until: float
    is_taken: bool = False


class Drafts(Generic[T]):
    """The drafts by a random id, which is what the buttons below a preview carry.

    A draft is only handed to the moderator who wrote it, on the server it was written for; for everyone else
    it is not there.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        gone: type[SafeError] = DraftGoneError,
        most: int = KEPT_DRAFTS,
    ) -> None:
        """Take the clock, the error for a draft that is not there any more, and how many are kept."""
        self._clock = clock
        self._gone = gone
        self._most = most
        self._kept: OrderedDict[str, _Kept[T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, draft: T, draft_id: str | None = None) -> str:
        """Keep a draft for an hour, in the place of the one of that id if one is named; return its id."""
        draft_id = draft_id or secrets.token_urlsafe(12)
        self._kept[draft_id] = _Kept(draft, self._clock() + KEPT_SECONDS)
        self._kept.move_to_end(draft_id)
        self._forget_the_old()
        return draft_id

    def get(self, draft_id: str, server: int | None, author: int) -> T:
        """Return the draft; raises `DraftGoneError` or its like, and `DraftTakenError` while or after it is saved."""
        return self._find(draft_id, server, author).draft

    def take(self, draft_id: str, server: int | None, author: int) -> T:
        """Return the draft to be saved, which nobody can take again; raises as `get` does."""
        kept = self._find(draft_id, server, author)
        kept.is_taken = True
        return kept.draft

    def give_back(self, draft_id: str) -> None:
        """Let a draft be taken again: saving it failed."""
        if draft_id in self._kept:
            self._kept[draft_id].is_taken = False

    def drop(self, draft_id: str) -> None:
        """Forget a draft: nothing will come of it."""
        self._kept.pop(draft_id, None)

    def _find(self, draft_id: str, server: int | None, author: int) -> _Kept[T]:
        self._forget_the_old()
        kept = self._kept.get(draft_id)
        if kept is None or (kept.draft.server, kept.draft.author.id) != (server, author):
            raise self._gone
        if kept.is_taken:
            raise DraftTakenError
        return kept

    def _forget_the_old(self) -> None:
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest].until > self._clock() and len(self._kept) <= self._most:
                return
            del self._kept[oldest]
