"""The questions that a server knows: by them it can be told what a change does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from knowledge.answering import Base
from knowledge.model import Graded, Miss


@dataclass(frozen=True, slots=True)
class Known:
    """A question, and what is known to be right for it (None: that is not known)."""

    text: str
    graded: Graded | None = None


def known(
    base: Base,
    graded: Iterable[Graded] = (),
    misses: Iterable[Miss] = (),
    before: Mapping[str, Known] = MappingProxyType({}),
) -> Sequence[Known]:
    """Return the phrasings of all entries that a base may say, the graded questions and the misses, each text once.

    What a moderator graded counts before what an entry has as a phrasing, and both before a miss. `before`, by their
    texts, are questions that were known already: of thousands, only what is new is then made anew.
    """
    found: dict[str, Known] = {}
    for one in graded:
        found.setdefault(one.question, Known(one.question, one))
    for group in (group for part in base.curated for group in part.groups if base.usable(group)):
        for text in group.phrasings:
            if text not in found:
                made = before.get(text)
                is_so = made is not None and made.graded is not None and made.graded.entry == group.source.id
                found[text] = made if made and is_so else Known(text, Graded(text, group.source.id))
    for miss in misses:
        found.setdefault(miss.question, Known(miss.question))
    return tuple(found.values())
