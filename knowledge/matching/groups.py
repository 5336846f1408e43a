"""What can be matched, as the matcher sees it: a group of phrasings that ask for one thing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.model import AnswerSource, Author, Citation, SourceKind
from knowledge.text.asking import content, denies, kinds
from knowledge.text.folding import Reading, words
from knowledge.text.stems import stem

_SHARE = 1 / 8
"""The share of phrasings that makes a word, or a denial, more than a passing mention."""
_FIRM = 2
"""Phrasings that are enough for a word, however many there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """An entry, gap, fact or quotation, with the words that speak for it."""

    source: AnswerSource
    phrasings: tuple[str, ...]
    answer: str
    citations: tuple[Citation, ...]
    author: Author | None
    own: bool
    """Whether it is the server's own, not a pack's."""
    is_gap: bool
    """Whether it says that the story does not tell."""
    folded: tuple[tuple[str, ...], ...] = field(repr=False)
    """The words of each phrasing."""
    asked: frozenset[str] = field(repr=False)
    """The stems that its phrasings hold."""
    held: frozenset[str] = field(repr=False)
    """Those, and the stems that its answer and excerpts hold."""
    kinds: Mapping[str, float] = field(repr=False)
    """The kinds of answer that its phrasings ask for, each with the share of phrasings that do."""
    firm: frozenset[str] = field(repr=False)
    """The stems that its answer or several phrasings hold: what it is about, not what one of them mentions."""
    denies: bool
    """Whether a good part of its phrasings denies something."""
    spans: frozenset[tuple[str, int]] = field(repr=False)
    """What it cites, as story and start: groups that cite the same line stand by one another."""
    stories: frozenset[str] = field(repr=False)
    """The stories it may be said about: those it cites, or of its pack; none for what holds of any."""


def group(  # noqa: PLR0913 - each is a different thing that a group is made of
    source: AnswerSource,
    phrasings: Iterable[str],
    answer: str,
    citations: tuple[Citation, ...],
    *,
    language: str,
    author: Author | None = None,
    own: bool = False,
    stories: frozenset[str] = frozenset(),
    read: Reading = words,
) -> Group:
    """Make a group, reading its texts in the language of the base.

    `stories` are those of the pack it comes from; `read` folds a phrasing to its words.
    """
    phrasings = tuple(phrasings)
    folded = tuple(map(read, phrasings))
    counted = Counter(kind for ws in folded for kind in kinds(ws))
    stems = [frozenset(stem(w, language) for w in ws) for ws in folded]
    said = _stems(answer, language)
    asked = Counter(s for phrasing in stems for s in phrasing)
    return Group(
        source=source,
        phrasings=phrasings,
        answer=answer,
        citations=citations,
        author=author,
        own=own,
        is_gap=source.kind is SourceKind.GAP,
        folded=folded,
        asked=frozenset(asked),
        held=said.union(asked, *(_stems(c.excerpt, language) for c in citations)),
        kinds={kind: n / len(folded) for kind, n in counted.items()},
        firm=said | {s for s, n in asked.items() if n >= min(_FIRM, _SHARE * len(folded))},
        denies=sum(map(denies, folded)) >= max(1.0, _SHARE * len(folded)),
        spans=frozenset((c.story, c.start) for c in citations),
        stories=frozenset(c.story for c in citations) or stories,
    )


def without(whole: Group, phrasing: int, language: str) -> Group:
    """Return a group as it were if it had never had one of its phrasings; the others keep their numbers."""
    others = [text for i, text in enumerate(whole.phrasings) if i != phrasing]
    lacking = group(
        whole.source,
        others,
        whole.answer,
        whole.citations,
        language=language,
        author=whole.author,
        own=whole.own,
        stories=whole.stories,
        read=dict(zip(whole.phrasings, whole.folded, strict=True)).__getitem__,
    )
    return replace(lacking, phrasings=whole.phrasings, folded=whole.folded)


def allied(one: Group, other: Group) -> bool:
    """Tell whether two groups are one or rest on a line that both cite: then they do not contradict one another."""
    return one is other or not one.spans.isdisjoint(other.spans)


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stem(w, language) for piece in pieces(text) for w in words(piece))


def pieces(text: str, size: int = 300) -> list[str]:
    """Cut a text into pieces short enough to be folded, at spaces."""
    cut: list[str] = []
    while text:
        end = len(text) if len(text) <= size else (text.rfind(" ", 0, size) + 1) or size
        cut.append(text[:end])
        text = text[end:]
    return cut


def meanings(folded: Iterable[str], language: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, each once."""
    return tuple(dict.fromkeys(stem(w, language) for w in content(tuple(folded))))
