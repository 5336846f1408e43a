"""Weigh what may answer a question: candidates, evidence, confidence; and what keeps each from being said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.matching.asked import Asked
from knowledge.matching.confidence import at_most, confidence
from knowledge.matching.evidence import Match, matches
from knowledge.matching.groups import Group, allied
from knowledge.matching.part import Part
from knowledge.model import SourceKind

if TYPE_CHECKING:
    from knowledge.answering.base import Base

SURE = 0.62
"""Confidence from which an answer is given."""
MARGIN = 0.05
"""Confidence by which an answer must be above that of another that is worded as nearly: else both are offered."""
SAME = 0.65
"""Similarity from which a question is a mere wording of a phrasing, and a server's entry wins over any pack's."""
UNLIKELY = 0.05
"""Confidence up to which the words alone rule the best candidate out: no sentence encoder is asked."""
_SECOND_LOOK = 0.05
"""Confidence that a closer look needs beside: what the words left open gets a second chance to be answered.

Trained on other stories and logs, this undoes most of what a second chance adds to the unanswerable ones answered, on
all of them and from any confidence on; the confidence itself is calibrated as it is.
"""
_LOOKED_AT = 10
"""Candidates whose evidence is weighed."""
_ROUNDING = 1e-4
_AS_NEAR = 0.1
"""Difference in similarity up to which two phrasings come as near to a question as one another."""

CURATED = frozenset({SourceKind.ENTRY, SourceKind.GAP})
STATED = frozenset({SourceKind.FACT, SourceKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A match with its confidence."""

    match: Match
    confidence: float
    is_closer: bool = False
    """Whether a sentence encoder was asked."""


def weigh(
    base: "Base", folded: tuple[str, ...], story: str | None, *, first_only: bool = False
) -> list[Weighed]:
    """Find what may answer the folded words of a question, with the confidence in each, best first.

    What the words do not decide is looked at again with the sentence encoder, if there is one: it takes several times
    as long as all the rest. `first_only`: the others may be left out where they cannot keep the first from being said.
    """
    asked = base.asked(folded)
    return _cascade(base, lambda look: _weigh(look, asked, story, first_only=first_only))


def weigh_curated(base: "Base", asked: Asked, story: str | None) -> list[Weighed]:
    """Find which entries and gaps may answer a question, as `weigh` does."""
    return _cascade(base, lambda look: _weigh_curated(look, asked, story))


def _cascade(base: "Base", weighed: Callable[["Base"], list[Weighed]]) -> list[Weighed]:
    best = weighed(base)
    closer = None if is_decided(best, base.sure) else base.closer
    return best if closer is None else weighed(closer)


def is_decided(best: list[Weighed], least: float) -> bool:
    """Tell whether the words alone decide: for the best candidate, or against them all."""
    return not best or not UNLIKELY < best[0].confidence < least


def _weigh(base: "Base", asked: Asked, story: str | None, *, first_only: bool) -> list[Weighed]:
    """Weigh what is curated, and what is stated where that does not decide.

    Facts and quotations are looked at where nothing curated decides: they are many and alike, and would blur the rest.
    """
    curated = _weigh_curated(base, asked, story, first_only=first_only)
    if not base.stated.groups or (curated and is_sure(curated[0], base.sure)):
        return curated
    stated = _weighed(base, asked, story, (*base.curated, base.stated), STATED)
    return sorted([*curated, *stated], key=lambda w: -w.confidence)


def _weigh_curated(
    base: "Base", asked: Asked, story: str | None, *, first_only: bool = False
) -> list[Weighed]:
    """Weigh entries and gaps, the server's own first where it was written for this very question.

    A pack says the same in many ways: beside it, the one phrasing that a moderator just added would never win.
    """
    # Without packs, the server's own are all there is.
    own = _own(base, asked, story) if _of_packs(base) else []
    if own and first_only and _is_beyond_the_others(base, asked, own[0]):
        return own[:1]
    curated = _weighed(base, asked, story, base.curated, CURATED)
    likest = max((w.match.likeness for w in curated if not w.match.group.own), default=0.0)
    if not own or own[0].match.likeness < likest - _ROUNDING:
        return curated
    return [own[0], *(w for w in curated if w.match.group is not own[0].match.group)]


def is_settled(base: "Base", asked: Asked) -> bool:
    """Tell whether a question is answered by a server's own entry, as sure, however rare its words may become."""
    own = _own(base, asked, None)
    if not own or own[0].match.uncovered or not _is_beyond_the_others(base, asked, own[0]):
        return False
    least = own[0].confidence - _ROUNDING
    return all(at_most(w.match.evidence, is_closer=w.is_closer) < least for w in own[1:])


def _own(base: "Base", asked: Asked, story: str | None) -> list[Weighed]:
    """Weigh the server's own as if there were no packs; nothing where the question is no mere wording of the first."""
    own = _of_server(base)
    if max((asked.nearest(part).likest for part in own), default=0.0) < SAME:  # most questions
        return []
    found = _weighed(base, asked, story, own, CURATED)
    is_meant = bool(found) and is_sure(found[0], base.sure) and found[0].match.likeness >= SAME
    return found if is_meant else []


def _is_beyond_the_others(base: "Base", asked: Asked, own: Weighed) -> bool:
    """Tell from likeness alone that no pack's entry comes before an own one, and that no other one rivals it.

    To weigh the others takes as long again as all the rest.
    """
    likeness = own.match.likeness
    is_word_for_word = likeness > 1.0 - _ROUNDING / 2  # then nothing is liker, and need not be looked for
    likest = () if is_word_for_word else (asked.nearest(part).likest for part in _of_packs(base))
    if likeness < max(likest, default=0.0) - _ROUNDING:
        return False
    near = ((part, asked.nearest(part)) for part in _of_server(base))
    as_near = (
        part.groups[part.phrasing_of[row][0]]
        for part, nearest in near
        for row in nearest.row[nearest.likeness > likeness - _AS_NEAR].tolist()
    )
    return all(allied(group, own.match.group) for group in as_near)


def _of_packs(base: "Base") -> list[Part]:
    return [part for part in base.curated if not part.groups[0].own]


def _of_server(base: "Base") -> list[Part]:
    return [part for part in base.curated if part.groups[0].own]


def _weighed(
    base: "Base", asked: Asked, story: str | None, parts: Sequence[Part], kinds: frozenset[SourceKind]
) -> list[Weighed]:
    found = matches(
        asked,
        parts,
        limit=_LOOKED_AT,
        kinds=kinds,
        usable=lambda group: base.usable(group) and _is_about(group, story),
    )
    closer = base.is_closer
    weighed = (Weighed(m, confidence(m.evidence, is_closer=closer), closer) for m in found)
    return sorted(weighed, key=lambda w: -w.confidence)


def _is_about(group: Group, story: str | None) -> bool:
    """Tell whether a group may be said about the story that was named."""
    return story is None or not group.stories or story in group.stories


class Refusal(StrEnum):
    """Why a candidate may not be given as the answer."""

    DENIAL = "denial"
    NAMES = "names"
    NUMBERS = "numbers"
    KIND = "kind"
    """No phrasing of it asks for the kind of answer (a person, a time ...) that the question asks for."""
    UNSURE = "unsure"
    RIVAL = "rival"
    """It is sure enough, and so is another that rests on other lines (see `is_rivalled`)."""


def refusals(weighed: Weighed, least: float) -> tuple[Refusal, ...]:
    """Return what keeps a candidate from being given as the answer; nothing where it may be.

    `least` is the confidence from which the base gives answers (`Base.sure`).

    One that the question contradicts (it denies, names or counts what the candidate does not) never is, nor one of
    which no phrasing asks for the same kind of answer.
    """
    evidence = weighed.match.evidence
    is_of_another_kind = bool(evidence.has_kind and not evidence.kind)
    found = {
        Refusal.DENIAL: evidence.denial > 0,
        Refusal.NAMES: evidence.names > 0,
        Refusal.NUMBERS: evidence.numbers > 0,
        Refusal.KIND: is_of_another_kind,
        Refusal.UNSURE: weighed.confidence < needed(weighed, least),
    }
    return tuple(refusal for refusal, holds in found.items() if holds)


def needed(weighed: Weighed, least: float) -> float:
    """Return the confidence that a candidate needs to be given, by a base that gives answers from `least` on."""
    return least + _SECOND_LOOK if weighed.is_closer else least


def is_sure(weighed: Weighed, least: float) -> bool:
    """Tell whether a candidate may be given as the answer by a base that gives them from this confidence on."""
    return not refusals(weighed, least)


def is_rivalled(best: list[Weighed]) -> bool:
    """Tell whether an entry that rests on other lines comes so near to the best one that either may be meant."""
    first = best[0].match.group
    return any(
        w.confidence > best[0].confidence - MARGIN
        and w.match.likeness > best[0].match.likeness - _AS_NEAR
        and first.source.kind is w.match.group.source.kind is SourceKind.ENTRY
        and first.own is w.match.group.own
        and not allied(first, w.match.group)
        for w in best[1:]
    )


def is_given(best: list[Weighed], least: float) -> bool:
    """Tell whether the best candidate, if there is any, is given as the answer."""
    return bool(best) and not best[0].match.group.is_gap and is_sure(best[0], least) and not is_rivalled(best)
