"""Cutting a paragraph into sentences, and what is too long for an excerpt into clauses.

Spans are pairs of offsets into the whole text. They are in order, do not overlap, begin and end with
something that is no white space, and together hold every character that is none.
"""

# ruff: noqa: RUF001 - punctuation of many scripts is what is looked for here

import re
from collections.abc import Iterator

from knowledge.model import MAX_EXCERPT
from knowledge.stories.speech import attribution_follows
from knowledge.stories.words import ENDINGS, MONTHS, NUMBERED, OPENERS, ORDINAL_ARTICLES, TITLES

Span = tuple[int, int]

_CLOSERS = "\"'”’»›«“)]}」』】》〉）＂"
_OPENERS = "\"'“‘„«»‹([{「『【《〈（¿¡—–-"
_WIDE_CLOSERS = "\"'”’»)]」』】》〉）"
_END = re.compile(
    rf"(?P<mark>[.!?…؟।۔]+)(?P<closers>(?:[{re.escape(_CLOSERS)}]|\s»(?=\s|$))*)|"
    rf"(?P<wide>[。！？｡]+)(?P<wide_closers>[{re.escape(_WIDE_CLOSERS)}]*)"
)
_WORD_BEFORE = re.compile(r"[^\s\"'“‘„«»‹(\[{—–]+$")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_DIALOGUE = re.compile(r"\n\s*(?=[\"“„«—–])")
_CLAUSE_ENDS = (
    re.compile(r"[;:；：]\s*|\s[–—-]\s+|[—。！？.!?…][\"”»]*\s+"),
    re.compile(r"[,，、]\s*"),
    re.compile(r"\s+"),
)
_LOOK_BACK = 40
_LOOK_AHEAD = 80


def sentence_starts(text: str, start: int, end: int, language: str = "en") -> list[int]:
    """Return where the sentences of `text[start:end]` begin, white space before them included."""
    return [start, *_cuts(text, start, end, language)]


def sentences(text: str, start: int, end: int, language: str = "en") -> Iterator[Span]:
    """Yield the sentences of `text[start:end]`, those of over 300 code points as their clauses."""
    at = start
    for cut in [*_cuts(text, start, end, language), end]:
        yield from _clauses(text, *trimmed(text, at, cut))
        at = cut


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _cuts(text: str, start: int, end: int, language: str) -> list[int]:
    cuts = {match.end() for match in _DIALOGUE.finditer(text, start, end)}
    cuts |= {
        match.end() for match in _END.finditer(text, start, end) if _ends(text, start, end, match, language)
    }
    return sorted(cuts - {start})


def _ends(text: str, start: int, end: int, match: re.Match[str], language: str) -> bool:
    """Whether a sentence ends with this mark: decided by the words on both sides of it."""
    after, wide = match.end(), match["wide"] is not None
    if after >= end or not (wide or text[after].isspace()):
        return False
    mark, closers = match["mark"], match["closers"] or match["wide_closers"]
    following = text[after : min(end, after + _LOOK_AHEAD)].lstrip()
    if closers and mark != "." and attribution_follows(following, language):
        return False
    if wide:
        return True
    word = _WORD.match(following.lstrip(_OPENERS))
    if word is not None and word[0][0].islower():
        return False
    if mark != "." or closers:
        return True
    before = _WORD_BEFORE.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    return before is None or _full_stop(text, start, before, word[0] if word else "")


def _full_stop(text: str, start: int, before: re.Match[str], following: str) -> bool:
    """Whether the full stop after the word `before` ends a sentence, and no abbreviation or number."""
    word = before[0].casefold()
    if word.isdigit():
        return not _ordinal(text, start, before, following)
    if word in TITLES or (word in NUMBERED and following[:1].isdigit()):
        return False
    if word in ENDINGS or re.fullmatch(r"(?:\w\.)+\w", word):
        return following.casefold() in OPENERS
    initial = len(word) == 1 and word.isalpha()
    return not initial or (len(following) > 1 and following.casefold() in OPENERS)


def _ordinal(text: str, start: int, before: re.Match[str], following: str) -> bool:
    """Whether a number and a full stop are "24. September", "der 3. Platz", or the number of an item."""
    if len(before[0]) > len("24"):
        return False
    words = text[max(start, before.start() - _LOOK_BACK) : before.start()].split()
    return not words or following.casefold() in MONTHS or words[-1].casefold() in ORDINAL_ARTICLES


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > MAX_EXCERPT:
        cut = clause_end(text, start)
        yield trimmed(text, start, cut)
        start, end = trimmed(text, cut, end)
    if start < end:
        yield start, end


def clause_end(text: str, start: int) -> int:
    """Return where to cut a span of over 300 code points: after a clause of the first 300, else between words.

    This is the rule for every excerpt that is chosen by the program; a moderator chooses where to cut.
    """
    limit = start + MAX_EXCERPT
    for pattern in _CLAUSE_ENDS:
        ends = [match.end() for match in pattern.finditer(text, start + MAX_EXCERPT // 3, limit)]
        if ends:
            return ends[-1]
    return limit
