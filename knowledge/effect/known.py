"""The questions that a server knows: by them it can be told what a change does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.answering import Base
from knowledge.model import Graded, Miss


@dataclass(frozen=True, slots=True)
class Known:
    """A question, and what is known to be right for it (None: that is not known)."""

    text: str
    graded: Graded | None = None


def known(base: Base, graded: Iterable[Graded] = (), misses: Iterable[Miss] = ()) -> Sequence[Known]:
    """Return the phrasings of all entries that a base may say, the graded questions and the misses, each text once.

    What a moderator graded counts before what an entry has as a phrasing, and both before a miss.
    """
    groups = (group for part in base.curated for group in part.groups if base.usable(group))
    phrasings = (Graded(phrasing, group.source.id) for group in groups for phrasing in group.phrasings)
    found: dict[str, Known] = {}
    for one in (*graded, *phrasings):
        found.setdefault(one.question, Known(one.question, one))
    for miss in misses:
        found.setdefault(miss.question, Known(miss.question))
    return tuple(found.values())
