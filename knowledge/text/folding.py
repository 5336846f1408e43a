"""Fold text for matching, so that spelling habits, look-alike letters and invisible characters do not count."""

import re
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from knowledge.model import MAX_QUESTION
from knowledge.text.markup import without_markup

Reading: TypeAlias = Callable[[str], tuple[str, ...]]
"""Folds a text to its words: `words`, or what a server's aliases make of it."""

# Letters of other scripts that look like Latin ones (pairs taken from Unicode's confusables data, UTS 39).
# They are folded only inside words that hold Latin letters too: a Cyrillic word is left to itself.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁԛԝһӏвкмнтгпαειοκρτυχνγ",
    "aeopcyxijsdqwhlbkmhtrnaeiokptuxvy",
)
_LIGATURES = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}  # noqa: RUF001 - the dotless letter is meant
)
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"})
_APOSTROPHES = re.compile("[’‘ʼ`´′]")  # noqa: RUF001 - the look-alikes are the point
_LATIN = re.compile("[a-z]")
_WORD = re.compile(r"[^\W_]+")
_NOT = re.compile(
    r"\b(?:(ca|wo|sha|do|does|did|is|are|was|were|has|have|had|would|could|should|must|might|need|ai)n'?t|(can)not)\b"
)
_NOT_STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_ENDINGS = re.compile(r"'(?:s|re|ve|ll|d|m)\b")
_ELISIONS = re.compile(r"\b(?:l|qu|j|n|s|c|m|t)'(?=\w)")
_RUN_TOGETHER = {
    "whats": "what", "whos": "who", "wheres": "where", "whens": "when", "hows": "how", "whys": "why", "thats": "that",
    "shes": "she", "hes": "he", "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "yr": "year",
    "yrs": "years", "wat": "what", "wht": "what", "bc": "because", "nr": "number", "num": "number",
}  # fmt: skip
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "hundred": "100",
}  # fmt: skip
_READ_AS = _RUN_TOGETHER | _NUMBERS


def fold(text: str) -> str:
    """Return the text case-folded, without accents, invisible characters, look-alike letters, mentions and links.

    Apostrophes of all kinds become `'` and white space one space; other punctuation stays. Reads the first
    `MAX_QUESTION` code points only.
    """
    # Apostrophes come first: NFKC makes a space of the acute accent that some keyboards give for one.
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("'", text[:MAX_QUESTION])).casefold()
    if not (text.isascii() and text.isprintable()):
        decomposed = unicodedata.normalize("NFD", text)
        # A short i of the Cyrillic alphabet is a letter of its own, and the end of most adjectives: no accent on one.
        decomposed = decomposed.replace("и\u0306", "й")
        seen = (c for c in decomposed if c.isspace() or unicodedata.category(c) not in _UNSEEN)
        text = _WORD.sub(_without_look_alikes, "".join(seen).translate(_LIGATURES))
    return " ".join(without_markup(text).split())


def _without_look_alikes(word: re.Match[str]) -> str:
    return word[0].translate(_LOOK_ALIKES) if _LATIN.search(word[0]) else word[0]


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: contractions opened, elisions and possessives cut, numbers as digits."""
    text = _NOT.sub(lambda m: f"{_NOT_STEMS.get(m[1], m[1] or m[2])} not", fold(text))
    if "'" in text:
        text = _ELISIONS.sub("", _ENDINGS.sub("", text)).replace("'", "")
    return tuple([_READ_AS.get(word, word) for word in _WORD.findall(text)])
