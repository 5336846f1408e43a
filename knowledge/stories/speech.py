"""Who says it: the attribution beside direct speech ("Haddow said", "said Tobias Renn", "she said")."""
# ruff: noqa: RUF001 - typographic quotation marks and dashes are what is looked for here

import re
from dataclasses import dataclass
from functools import cache

from knowledge.stories.words import ACCORDING_TO, PERSON_TITLES, PRONOUNS, SPEECH, UPPER

_INITIAL = rf"\.(?=\s[{UPPER}])"
_PARTICLE = r"(?:(?:de|da|di|del|della|dos|du|van|von|der|den|ter|bin|al|el|la|le) ){0,2}"
_NAME_WORD = rf"[{UPPER}](?:{_INITIAL}|[\w’'-]*)"
NAME = rf"(?:(?:{PERSON_TITLES})\.? )?{_NAME_WORD}(?:[ \u00a0]{_PARTICLE}{_NAME_WORD}){{0,4}}"
"""A pattern of words with capitals, with initials and particles between: what a name may look like."""

_ASIDE = r"(?:, [^,.!?:;\"“”«»]{1,80},| \([^()]{1,40}\))?"
_ADVERB = r"(?: (?:\w+ly|also|later|then|once|had|has|have|never|always|even))?"
_NOT_BEFORE_NAME = (
    "on|in|at|to|that|when|as|after|before|during|by|for|from|with|of|about|and|but|while|if|because|near"
)
_DESCRIPTION = rf"(?:(?!(?:{_NOT_BEFORE_NAME})\b)[^\W\d_{UPPER}][\w’'-]*,? ){{0,6}}"
_OUTSIDE = r"[^.!?:\"“”«»„「」]"

_CHINESE = r"[\u4e00-\u9fff·]{2,6}?"
_JAPANESE = r"[^\s、。「」はが]{1,12}?(?=(?:さん|氏|選手|監督)?[はが])"
_NORWEGIAN = {"nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to speak: a name as it stands there, a pronoun, or, with neither, someone not named."""

    name: str = ""
    is_pronoun: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of a language, those that name someone first."""

    after: tuple[re.Pattern[str], ...]
    before: tuple[re.Pattern[str], ...]


def attribution_after(text: str, language: str) -> Attribution | None:
    """Return who spoke, from what follows the closing quotation mark; None if that is no attribution."""
    for pattern in _patterns(language).after:
        if match := pattern.match(text):
            return _attribution(match)
    return None


def attribution_before(text: str, language: str) -> Attribution | None:
    """Return who speaks, from what stands in the sentence before the opening mark; None if nothing does."""
    for pattern in _patterns(language).before:
        if found := list(pattern.finditer(text)):
            return _attribution(found[-1])
    return None


def attribution_follows(text: str, language: str) -> bool:
    """Whether the text goes on with who said what stood before it."""
    return attribution_after(text, language) is not None


def _attribution(match: re.Match[str]) -> Attribution:
    groups = match.groupdict()
    if groups.get("pronoun"):
        return Attribution(is_pronoun=True)
    return Attribution(name=groups.get("name") or "")


@cache
def _patterns(language: str) -> _Patterns:
    code = _NORWEGIAN.get(language, language)
    verb = rf"(?:{SPEECH.get(code, SPEECH['en'])})"
    pronoun = rf"(?P<pronoun>(?i:{PRONOUNS.get(code, PRONOUNS['en'])}))"
    if code == "zh":
        who = rf"(?:{pronoun}|(?P<name>{_CHINESE}))"
        return _compiled([rf"[\s，,]*{who}{verb}"], [rf"(?:^|[，,]){who}{verb}[：:，,]?\s*$"])
    if code == "ja":
        who = rf"(?:{pronoun}|(?P<name>{_JAPANESE}))"
        return _compiled(
            [rf"\s*(?:と|って)、?{who}[^。]{{0,20}}?{verb}", rf"\s*(?:と|って)[^。]{{0,20}}?{verb}"], []
        )
    who = rf"(?:{pronoun}|(?P<name>{NAME}))\b"
    subject_and_verb = rf"{who}{_ASIDE}{_ADVERB}\s{verb}\b"
    return _compiled(
        [
            rf"[\s,–—-]*(?:a-t-)?{subject_and_verb}",
            rf"[\s,–—-]*{verb}[\s-]{_DESCRIPTION}{who}",
            rf"[\s,–—-]*{_OUTSIDE}{{0,60}}?\b{verb}\b",
        ],
        [
            rf"(?<!\w){subject_and_verb}{_OUTSIDE}{{0,80}}:?\s*$",
            rf"(?<!\w){verb} {_DESCRIPTION}{who}:\s*$",
            rf"(?i:{ACCORDING_TO}) {_DESCRIPTION}(?P<name>{NAME})",
            rf"^\s*(?P<name>{NAME}):\s*$",
            rf"\b{verb}\b{_OUTSIDE}{{0,40}}:?\s*$",
        ],
    )


def _compiled(after: list[str], before: list[str]) -> _Patterns:
    return _Patterns(tuple(map(re.compile, after)), tuple(map(re.compile, before)))
