"""What can be matched, as the matcher sees it: a group of phrasings that ask for one thing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.model import AnswerSource, Author, Citation, SourceKind
from knowledge.text.asking import content, denies, kinds
from knowledge.text.folding import words
from knowledge.text.stems import stem


class Held:
    """The stems that some texts hold."""

    SHORTEST = 4
    """Letters of a stem, at least, that another may be like without being the same."""

    def __init__(self, stems: Iterable[str]) -> None:
        """Take the stems."""
        self.stems = frozenset(stems)
        self.long = tuple(sorted(stem for stem in self.stems if len(stem) >= self.SHORTEST))


@dataclass(frozen=True, slots=True)
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
    asked: Held = field(repr=False)
    """The stems that its phrasings hold."""
    told: Held = field(repr=False)
    """The stems that its answer and excerpts hold."""
    kinds: Mapping[str, float] = field(repr=False)
    """The kinds of answer that its phrasings ask for, each with the share of phrasings that do."""
    denies: bool
    """Whether one of its phrasings denies something."""
    spans: frozenset[tuple[str, int]] = field(repr=False)
    """What it cites, as story and start: groups that cite the same line stand by one another."""


def group(
    source: AnswerSource,
    phrasings: Iterable[str],
    answer: str,
    citations: tuple[Citation, ...],
    *,
    language: str,
    author: Author | None = None,
    own: bool = False,
) -> Group:
    """Make a group, reading its texts in the language of the base."""
    phrasings = tuple(phrasings)
    folded = tuple(words(p) for p in phrasings)
    counted = Counter(kind for ws in folded for kind in kinds(ws))
    told = " ".join([answer, *(c.excerpt for c in citations)])
    return Group(
        source=source,
        phrasings=phrasings,
        answer=answer,
        citations=citations,
        author=author,
        own=own,
        is_gap=source.kind is SourceKind.GAP,
        folded=folded,
        asked=Held(stem(w, language) for ws in folded for w in ws),
        told=Held(stem(w, language) for piece in pieces(told) for w in words(piece)),
        kinds={kind: n / len(folded) for kind, n in counted.items()},
        denies=any(map(denies, folded)),
        spans=frozenset((c.story, c.start) for c in citations),
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
    )
    return replace(lacking, phrasings=whole.phrasings, folded=whole.folded)


def allied(one: Group, other: Group) -> bool:
    """Tell whether two groups are one or rest on a line that both cite: then they do not contradict one another."""
    return one is other or not one.spans.isdisjoint(other.spans)


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
