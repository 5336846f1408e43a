"""What kinds of answers a passage holds, as far as its letters tell: numbers, times, names."""

import re
from dataclasses import dataclass

from knowledge.text.folding import fold

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
# Folded, with the endings that months and centuries take: "januari", "января", "siècles", "Jahrhunderts".
_TIME = re.compile(
    r"""\b(?:
    jan(?:uar[iy]?|vier|eiro|uary)?|feb(?:ruar[iy]?|rero|braio|ruary)?|fevrier|marts?|mars|marzo|marca|march|mart(?:a|ie)?
    |apr(?:il[ei]?)?|abril|avril|ma[iy]o?|maj|june?|juni[oe]?|juin|iunie|jul[iy]o?|juli|juillet|iulie
    |aug(?:ust(?:ie|a)?)?|agosto|aout|septi?emb(?:e?r|re|rie)|setembro|o[ck]to(?:be?r|bre|brie|bra)|octubre|outubro
    |noi?[vy]emb(?:e?r|re|rie|ra)|d[ei][csz]iemb(?:re)?|d[ei][csz]emb(?:e?r|re|rie|ra)
    |январ\w|феврал\w|марта?|апрел\w|ма[йя]|июн\w|июл\w|август\w?|сентябр\w|октябр\w|ноябр\w|декабр\w
    |centur(?:y|ies)|siecles?|siglos?|secolul|seculos?|jahrhundert\w*|arhundrede\w*|arhundre|век\w*|столети\w
    )\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in a passage that a question may ask for."""

    numbers: frozenset[str]
    names: frozenset[str]
    """Folded words with a capital letter within a sentence. In German all nouns: there it tells little."""
    has_time: bool
    """Whether it names a year, a month or a century."""


def told(text: str) -> Told:
    """Look at a passage, as it stands in the story."""
    inside = _WORD.findall(text)[1:]
    folded = fold(text)
    return Told(
        numbers=frozenset(_NUMBER.findall(text)),
        names=frozenset(fold(word) for word in inside if word[0].isupper()),
        has_time=bool(_YEAR.search(text) or _TIME.search(folded)),
    )
