"""The people of a story: the fullest name it gives each, and who was named last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.stories.speech import NAME
from knowledge.stories.words import NOT_NAMES, OPENERS

_MENTION = re.compile(rf"(?<!\w){NAME}")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:][\"'”’»)]*\s+|\n\s*)$")
_PERSON_AFTER = re.compile(r",? \(?\d{1,3}\b[,)]|,? who\b|,? (?:qui|quien|der|die|som|care|который|которая)\b,?(?= \w+)")
_SUBJECT_AFTER = re.compile(r", (?!(?:in|on|at|near|where|which|and|but|or)\b)[^\W\d_A-Z]| [^\W\d_A-Z]\w*")
_BODIES = frozenset(
    """trust university office company club council party committee federation association team school hospital
    court bank group union agency institute ministry department police bureau league inc ltd corporation lake river
    mount park street road spring hills city county village island""".split()
)
"""Words in the name of a body or place, which no "she" stands for."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands in the text, without titles and possessive endings."""

    name: str
    start: int
    end: int


class People:
    """Who is named in a text, in the order of reading. Names inside the `spoken` spans are not counted as mentions."""

    def __init__(self, text: str, spoken: Sequence[tuple[int, int]] = ()) -> None:
        self._text = text
        self._mentions = [
            mention
            for match in _MENTION.finditer(text)
            if (mention := _mention(match)) and not any(start <= mention.start < end for start, end in spoken)
        ]
        self._speakers: set[str] = set()

    def full_name(self, name: str, before: int) -> str:
        """Return the fullest name that the story gives whoever is called `name`; of namesakes the one named last.

        "" for what is no name at all.
        """
        bare = bare_name(name)
        if not bare or " " in bare:
            return self._longest(bare, before) if bare else ""
        return self._longest(bare, before)

    def _longest(self, bare: str, before: int) -> str:
        words = bare.split()
        fuller = [mention for mention in self._mentions if _extends(mention.name.split(), words)]
        if not fuller:
            return bare
        most = max(len(mention.name.split()) for mention in fuller)
        fullest = [mention for mention in fuller if len(mention.name.split()) == most]
        earlier = [mention for mention in fullest if mention.start < before]
        return (earlier[-1] if earlier else fullest[0]).name

    def note_speaker(self, name: str) -> None:
        """Remember that this full name belongs to someone who speaks."""
        self._speakers.add(name)

    def last_before(self, offset: int) -> str:
        """Return the full name of the person named last before the offset; "" where nobody was."""
        for mention in reversed(self._mentions):
            if mention.end <= offset and self._is_person(mention):
                return self.full_name(mention.name, offset)
        return ""

    def _is_person(self, mention: Mention) -> bool:
        words = mention.name.split()
        if any(word.casefold() in _BODIES for word in words):
            return False
        if self.full_name(mention.name, mention.end) in self._speakers:
            return True
        if _PERSON_AFTER.match(self._text, mention.end):
            return True
        if self._has_surname_use(mention):
            return True
        at_start = _SENTENCE_START.search(self._text, max(0, mention.start - 5), mention.start) is not None
        return len(words) > 1 and at_start and _SUBJECT_AFTER.match(self._text, mention.end) is not None

    def _has_surname_use(self, mention: Mention) -> bool:
        """Whether the story names someone in full and elsewhere by surname alone, as stories do with people."""
        surname = mention.name.split()[-1]
        names = {other.name for other in self._mentions if other.name.split()[-1] == surname}
        return surname in names and any(" " in name for name in names)


def bare_name(name: str) -> str:
    """Return a name without titles, nationalities and the like before it; "" if nothing is left."""
    words = [re.sub(r"['’]s?$", "", word) for word in name.split()]
    while words and _is_no_name(words[0], last=len(words) == 1):
        del words[0]
    while words and words[-1].casefold() in OPENERS:
        del words[-1]
    return " ".join(words)


def _is_no_name(word: str, *, last: bool) -> bool:
    plain = word.casefold().rstrip(".")
    if plain in OPENERS or plain in NOT_NAMES:
        return True
    return not last and word.isupper() and word.isalpha() and len(word) > 1


def _extends(words: list[str], shorter: list[str]) -> bool:
    """Whether a full name is the shorter one with more words: by its end (the surname), or a lone first name."""
    return words[-len(shorter) :] == shorter or (len(shorter) == 1 and words[0] == shorter[0] and len(words) > 1)


def _mention(match: re.Match[str]) -> Mention | None:
    name = bare_name(match[0])
    return Mention(name, match.start() + match[0].rfind(name.split()[0]), match.end()) if name else None
