"""Find quotations: who said something, and about what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from knowledge.matching.groups import meanings
from knowledge.model import Citation, Pack, Quotation, Story
from knowledge.text.asking import COMMON, content
from knowledge.text.folding import words

_SAME_NAME = 85.0
"""The least rapidfuzz ratio (0 to 100) at which a typed name is a known one."""
_SAME_WORD = 85.0
_SHORTEST_THEME = 4


def find(stories: Sequence[Story], packs: Sequence[Pack], who: str, about: str) -> tuple[Quotation, ...]:
    """Return the quotations of a speaker and about something, best first; all of them where neither is given."""
    called = set(_names(packs, who)) if who.strip() else set()
    found = [
        (quotation, story)
        for story in stories
        for quotation in story.quotations
        if not who.strip() or _is_called(quotation.speaker, called)
    ]
    if not about.strip():
        return tuple(quotation for quotation, _ in found)
    scored = [(_nearness(about, quotation, story), quotation) for quotation, story in found]
    return tuple(q for score, q in sorted(scored, key=lambda pair: -pair[0]) if score > 0)


def mentions(stories: Sequence[Story], packs: Sequence[Pack], who: str) -> Iterator[Citation]:
    """Yield the passages that hold one of the names of someone."""
    called = [words(name) for name in _names(packs, who)]
    for story in stories:
        for passage in story.passages:
            held = f" {' '.join(words(passage.text))} "
            if any(name and f" {' '.join(name)} " in held for name in called):
                yield Citation(story.slug, passage.start, passage.end, passage.text, story.text_hash)


def speakers(stories: Iterable[Story]) -> tuple[str, ...]:
    """Return everyone who is quoted, most quoted first."""
    counted = Counter(q.speaker for story in stories for q in story.quotations if q.speaker)
    return tuple(name for name, _ in counted.most_common())


def themes(stories: Iterable[Story]) -> tuple[str, ...]:
    """Return the telling words of the quotations, those that stand in most of them first."""
    counted: Counter[str] = Counter()
    for story in stories:
        for quotation in story.quotations:
            held = dict.fromkeys(words(quotation.citation.excerpt))
            counted.update(w for w in held if len(w) >= _SHORTEST_THEME and w not in COMMON)
    return tuple(word for word, _ in counted.most_common())


def _names(packs: Sequence[Pack], who: str) -> Iterator[str]:
    """Yield what was typed and, where a pack knows that person, the full name and every alias."""
    yield who
    typed = _bare(who)
    for pack in packs:
        for name in pack.names:
            called = (name.name, *name.aliases)
            if any(fuzz.ratio(typed, _bare(c)) >= _SAME_NAME for c in called):
                yield from called


def _bare(name: str) -> str:
    """Return a name as it is compared: folded, and without the "the" of "the mayor"."""
    return " ".join(content(words(name)))


def _is_called(speaker: str, called: Iterable[str]) -> bool:
    """Tell whether a speaker bears one of the names, or a part of the speaker's name is one of them."""
    full = words(speaker)
    for name in called:
        typed = words(name)
        if typed and full and fuzz.token_set_ratio(" ".join(typed), " ".join(full)) >= _SAME_NAME:
            return True
    return False


def _nearness(about: str, quotation: Quotation, story: Story) -> float:
    """Return how much of what was asked about a quotation holds, by stems and by likeness of words."""
    wanted = meanings(words(about), story.language)
    held = meanings(words(quotation.citation.excerpt), story.language)
    met = [max((fuzz.ratio(w, h) for h in held), default=0.0) for w in wanted]
    return sum(score for score in met if score >= _SAME_WORD) / (100 * max(1, len(met)))
