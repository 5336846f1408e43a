"""Who says it: the attribution before or after direct speech ("..., Haddow said", "said Tobias Renn", "she said")."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.stories.words import ACCORDING_TO, PRONOUNS, SPEECH, UPPER

_PARTICLE = r"(?:(?:de|da|di|del|della|dos|du|van|von|der|den|ter|bin|al|el|la|le) ){0,2}"
NAME = rf"[{UPPER}][\w’'-]*(?:\.(?=\s[{UPPER}]))?(?:[ \u00a0]{_PARTICLE}[{UPPER}](?:\.(?=\s[{UPPER}])|[\w’'-]*)){{0,4}}"
"""A pattern of words with capitals, with initials and particles between: what a name may look like."""

_ASIDE = r"(?:, [^,.!?:;\"“”«»]{1,80},| \([^()]{1,40}\))?"
_ADVERB = r"(?: (?:\w+ly|also|later|then|once|had|has|have|never|always|even|who))?"
_NOT_BEFORE_NAME = (
    "on|in|at|to|that|when|as|after|before|during|by|for|from|with|of|about|and|but|while|if|because|against|near"
)
_DESCRIPTION = rf"(?:(?!(?:{_NOT_BEFORE_NAME})\b)[^\W\d_A-Z][\w’'-]*,? ){{0,6}}"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to speak: a name as it stands there, a pronoun, or, with both missing, someone not named."""

    name: str = ""
    is_pronoun: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of a language."""

    subject_first: re.Pattern[str]
    verb_first: re.Pattern[str]
    nameless: re.Pattern[str]
    before: re.Pattern[str]
    according_to: re.Pattern[str]


def attribution_after(text: str, language: str) -> Attribution | None:
    """Return who spoke, from what follows the closing quotation mark; None if that is no attribution."""
    patterns = _patterns(language)
    for pattern in (patterns.subject_first, patterns.verb_first):
        if match := pattern.match(text):
            return _attribution(match)
    return Attribution() if patterns.nameless.match(text) else None


def attribution_before(text: str, language: str) -> Attribution | None:
    """Return who speaks, from what stands in the same sentence before the opening mark; None if it does not say."""
    patterns = _patterns(language)
    found = list(patterns.before.finditer(text)) or list(patterns.according_to.finditer(text))
    return _attribution(found[-1]) if found else None


def attribution_follows(text: str, language: str) -> bool:
    """Whether the text goes on with who said what stood before it."""
    return attribution_after(text, language) is not None


def _attribution(match: re.Match[str]) -> Attribution:
    groups = match.groupdict()
    if groups.get("pronoun"):
        return Attribution(is_pronoun=True)
    return Attribution(name=groups["name"] or groups.get("label") or "")


@cache
def _patterns(language: str) -> _Patterns:
    code = {"nb": "no", "nn": "no"}.get(language, language)
    verb = rf"(?:{SPEECH.get(code, SPEECH['en'])})"
    who = rf"(?:(?P<pronoun>(?i:{PRONOUNS.get(code, PRONOUNS['en'])}))|(?P<name>{NAME}))"
    edge = "" if code in {"zh", "ja"} else r"\b"
    gap = r"\s*" if code in {"zh", "ja"} else r"[\s-]"
    lead = r"\s*[,，–—-]?\s*"
    return _Patterns(
        subject_first=re.compile(rf"{lead}{who}{edge}{_ASIDE}{_ADVERB}{gap}{verb}{edge}"),
        verb_first=re.compile(rf"{lead}{verb}{gap}{_DESCRIPTION}{who}{edge}"),
        nameless=re.compile(rf"{lead}[^.!?:\"“”«»„]{{0,60}}?{edge}{verb}{edge}"),
        before=re.compile(rf"(?<!\w){who}{edge}{_ASIDE}{_ADVERB}{gap}{verb}{edge}[^.!?\"“”«»„]{{0,80}}$|^\s*(?P<label>{NAME}):\s*$"),
        according_to=re.compile(rf"(?i:{ACCORDING_TO}) {_DESCRIPTION}(?P<name>{NAME})"),
    )
