"""The people of a story: the fullest name it gives each, and who was named last."""
# ruff: noqa: RUF001 - typographic marks are looked for

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.stories.speech import NAME
from knowledge.stories.words import NOT_NAMES, OPENERS, TITLES, UPPER

_MENTION = re.compile(rf"(?<!\w){NAME}")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:][\"'”’»)]*\s+|\n\s*)$")
_YEARS = r"(?: (?:years?|ans|Jahre|años|anni|anos|ani|jaar|år|lat|лет))?"
_PERSON_AFTER = re.compile(
    rf",? \(?\d{{1,3}}{_YEARS}[,)]|,? who\b|, (?:qui|quien|der|die|som|care|который|которая)\b"
)
_SUBJECT_AFTER = re.compile(
    rf", (?!(?:in|on|at|near|where|which|and|but|or)\b)[^\W\d_{UPPER}]| [^\W\d_{UPPER}]\w*"
)
_BODIES = frozenset(
    """
    trust university office company club council party committee federation association team school hospital
    court bank group union agency institute ministry department police bureau league inc ltd corporation
    lake river mount park street road spring hills city county city village island
    """.split()
)
"""Words in the name of a body or place, which no "she" stands for."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name where it stands in the text, without titles and possessive endings."""

    words: tuple[str, ...]
    start: int
    end: int


class People:
    """Who is named in a text, in the order of reading; names inside the `spoken` spans do not count."""

    def __init__(self, text: str, spoken: Sequence[tuple[int, int]] = ()) -> None:
        """Take the text and the spans of direct speech in it, in order and without overlap."""
        self._text = text
        self._mentions: list[_Mention] = []
        self._by_word: dict[str, list[_Mention]] = defaultdict(list)
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._speakers: set[str] = set()
        self._known: dict[tuple[str, ...], list[_Mention]] = {}
        starts = [start for start, _ in spoken]
        for match in _MENTION.finditer(text):
            span = bisect_right(starts, match.start()) - 1
            words = tuple(bare_name(match[0]).split())
            if not words or (span >= 0 and match.start() < spoken[span][1]):
                continue
            mention = _Mention(words, match.start() + match[0].rfind(words[0]), match.end())
            self._mentions.append(mention)
            self._lengths[words[-1]].add(len(words))
            for word in {words[0], words[-1]}:
                self._by_word[word].append(mention)

    def full_name(self, name: str, before: int) -> str:
        """Return the fullest name that the story gives whoever is called `name`; "" for what is no name.

        Of namesakes it is the one named last before the offset `before`.
        """
        words = tuple(bare_name(name).split())
        fullest = self._fullest(words)
        if not fullest:
            return " ".join(words)
        earlier = bisect_left(fullest, before, key=lambda mention: mention.start)
        return " ".join(fullest[max(earlier - 1, 0)].words)

    def note_speaker(self, name: str) -> None:
        """Remember that this full name belongs to someone who speaks."""
        self._speakers.add(name)
        self.__dict__.pop("_persons", None)

    def last_before(self, offset: int) -> str:
        """Return the full name of the person named last before the offset; "" where nobody was."""
        passed = bisect_left(self._persons, offset, key=lambda mention: mention.start)
        return self.full_name(" ".join(self._persons[passed - 1].words), offset) if passed else ""

    @cached_property
    def _persons(self) -> list[_Mention]:
        return [mention for mention in self._mentions if self._is_person(mention)]

    def _fullest(self, words: tuple[str, ...]) -> list[_Mention]:
        """Return the mentions of the most words that a name may stand for, in their order."""
        if words not in self._known:
            namesakes = self._by_word.get(words[-1] if words else "", ())
            fuller = [mention for mention in namesakes if _is_of(mention, words)]
            most = max((len(mention.words) for mention in fuller), default=0)
            self._known[words] = [mention for mention in fuller if len(mention.words) == most]
        return self._known[words]

    def _is_person(self, mention: _Mention) -> bool:
        if any(word.casefold() in _BODIES for word in mention.words):
            return False
        if self.full_name(" ".join(mention.words), mention.end) in self._speakers:
            return True
        if _PERSON_AFTER.match(self._text, mention.end) or self._has_surname_use(mention):
            return True
        at_start = _SENTENCE_START.search(self._text, max(0, mention.start - 5), mention.start) is not None
        return (
            len(mention.words) > 1 and at_start and _SUBJECT_AFTER.match(self._text, mention.end) is not None
        )

    def _has_surname_use(self, mention: _Mention) -> bool:
        """Whether the story names someone in full and elsewhere by surname, as stories do with people."""
        lengths = self._lengths[mention.words[-1]]
        return 1 in lengths and len(lengths) > 1


def bare_name(name: str) -> str:
    """Return a name without titles, nationalities and the like before it; "" if nothing is left."""
    words = [re.sub(r"['’]s?$", "", word) for word in name.split()]
    while words and _is_no_name(words[0], is_last=len(words) == 1):
        del words[0]
    return " ".join(words)


def _is_no_name(word: str, *, is_last: bool) -> bool:
    plain = word.casefold().removesuffix(".")
    if not plain or plain in OPENERS or plain in NOT_NAMES:
        return True
    return not is_last and (
        plain in TITLES or plain == "sr" or (word.isupper() and word.isalpha() and len(word) > 1)
    )


def _is_of(mention: _Mention, words: tuple[str, ...]) -> bool:
    """Whether a mention is the name with more words or none: the same surname, or a first name alone."""
    is_first_name = len(words) == 1 and mention.words[0] == words[0]
    return mention.words[-len(words) :] == words or is_first_name
