"""The one path of a question: normalise, candidates, evidence, confidence, decide, cite.

Every way of asking comes through `answer`. What is said was written by a moderator or stands in a story.
"""

import time
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.answering.follow_ups import joined
from knowledge.matching.confidence import confidence
from knowledge.matching.evidence import Match, matches
from knowledge.matching.groups import Group, allied, meanings
from knowledge.matching.part import Part
from knowledge.matching.passages import Near
from knowledge.model import (
    MAX_QUESTION,
    Answer,
    AnswerSource,
    Candidate,
    Citation,
    Entry,
    Outcome,
    Passage,
    Question,
    SourceKind,
    Suggestion,
)

if TYPE_CHECKING:
    from knowledge.answering.base import Base

SURE = 0.7
"""Confidence from which an answer is given."""
MARGIN = 0.05
"""Confidence by which an answer must be above that of another that is worded as nearly: else both are offered."""
POSSIBLE = 0.12
"""Confidence from which a candidate is worth offering among choices."""
NEAR = 0.4
"""Nearness from which a passage is shown for a question that nothing answers."""
SAME = 0.65
"""Similarity from which a question is a mere wording of a phrasing, and a server's entry wins over any pack's."""
LEAST_CHOICES = 2
CHOICES = 3
PASSAGES = 3
CANDIDATES = 5
_LOOKED_AT = 10
"""Candidates whose evidence is weighed."""

_ROUNDING = 1e-4
_AS_NEAR = 0.1
"""Difference in similarity up to which two phrasings come as near to a question as one another."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A match with its confidence."""

    match: Match
    confidence: float


def answer(base: "Base", question: Question) -> Answer:
    """Answer a question from a base."""
    began = time.perf_counter()
    text = question.text[:MAX_QUESTION]
    asked, best = read(base, question)
    near = passages(base, asked, question.story)
    decided = decide(base, text, best, near)
    shown = replace(decided, candidates=candidates(best, near))
    return replace(shown, milliseconds=round((time.perf_counter() - began) * 1000, 3))


def read(base: "Base", question: Question) -> tuple[tuple[str, ...], list[Weighed]]:
    """Return the folded words that were looked up and what may answer them.

    A follow-up is read with the question before it where it decides nothing by itself, and only if the match then
    meets the follow-up's own words: else the question before would be answered again.
    """
    alone = base.words_of(question.text)
    best = weigh(base, alone, question.story)
    together = joined(question, base.words_of)
    if together is None or (best and is_sure(best[0], base.sure)):
        return alone, best
    found = weigh(base, together, question.story)
    own = set(meanings(alone, base.compiled.language))
    if (
        found
        and own.isdisjoint(found[0].match.uncovered)
        and (not best or found[0].confidence > best[0].confidence)
    ):
        return together, found
    return alone, best


def weigh(base: "Base", asked: tuple[str, ...], story: str | None) -> list[Weighed]:
    """Find what may answer the folded words of a question, with the confidence in each, best first.

    Facts and quotations are looked at where nothing curated decides: they are many and alike, and would blur the rest.
    """
    curated = weigh_curated(base, asked, story)
    if curated and is_sure(curated[0], base.sure):
        return curated
    stated = _weighed(base, asked, story, (*base.curated, base.compiled.stated), STATED)
    return sorted([*curated, *stated], key=lambda w: -w.confidence)


def weigh_curated(base: "Base", asked: tuple[str, ...], story: str | None) -> list[Weighed]:
    """Find which entries and gaps may answer the folded words of a question, as `weigh` does."""
    curated = _weighed(base, asked, story, base.curated, CURATED)
    own = _own(base, asked, story, curated)
    return curated if own is None else [own, *(w for w in curated if w.match.group is not own.match.group)]


CURATED = frozenset({SourceKind.ENTRY, SourceKind.GAP})
STATED = frozenset({SourceKind.FACT, SourceKind.QUOTATION})


def _own(base: "Base", asked: tuple[str, ...], story: str | None, curated: list[Weighed]) -> Weighed | None:
    """Return the server's own entry that was written for this very question, as if the packs were not there.

    A pack says the same in many ways: beside it, the one phrasing that a moderator just added would never win.
    """
    if not base.has_own:
        return None
    found = _weighed(base, asked, story, base.curated[1:], CURATED)
    nearest = max((w.match.likeness for w in curated if not w.match.group.own), default=0.0)
    is_sure_of_it = bool(found) and is_sure(found[0], base.sure)
    is_meant = is_sure_of_it and found[0].match.likeness >= max(SAME, nearest - _ROUNDING)
    return found[0] if is_meant else None


def _weighed(
    base: "Base",
    asked: tuple[str, ...],
    story: str | None,
    parts: tuple[Part, ...],
    kinds: frozenset[SourceKind],
) -> list[Weighed]:
    found = matches(
        asked,
        parts,
        base.vocabulary,
        base.compiled.language,
        limit=_LOOKED_AT,
        kinds=kinds,
        usable=lambda group: base.usable(group) and _is_about(group, story),
    )
    return sorted((Weighed(m, confidence(m.evidence)) for m in found), key=lambda w: -w.confidence)


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
        Refusal.UNSURE: weighed.confidence < least,
    }
    return tuple(refusal for refusal, holds in found.items() if holds)


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


def passages(base: "Base", asked: tuple[str, ...], story: str | None) -> tuple[Near, ...]:
    """Find the passages nearest to the folded words of a question."""
    mended = base.vocabulary.mend(asked)
    return base.passages.nearest(mended, base.compiled.languages, story=story, limit=CANDIDATES)


def decide(base: "Base", text: str, best: list[Weighed], near: tuple[Near, ...]) -> Answer:
    """Choose the outcome: the answer if it is sure, choices if some are possible, the nearest lines, or nothing."""
    top = best[0].confidence if best else 0.0
    if best and best[0].match.group.is_gap and top >= POSSIBLE:
        return _not_told(base, text, best[0].match.group, top)
    if is_given(best, base.sure):
        return _answered(base, text, best[0].match.group, top)
    entries = [w for w in best if w.match.group.source.kind is SourceKind.ENTRY]
    if entries and entries[0].confidence >= POSSIBLE:
        return Answer(text, Outcome.CHOICES, round(top, 4), suggestions=_choices(entries))
    nearest = [n.passage for n in near if n.nearness >= NEAR][:PASSAGES]
    if nearest:
        source = AnswerSource(SourceKind.PASSAGE, nearest[0].id)
        cited = tuple(base.cited(_citation(base, passage)) for passage in nearest)
        return Answer(text, Outcome.CLOSEST, round(top, 4), citations=cited, source=source)
    return Answer(text, Outcome.UNKNOWN, round(top, 4))


def answer_from(base: "Base", source: AnswerSource, asked: str) -> Answer | None:
    """Answer with a group that was picked; None where there is none of that kind and id, or it no longer holds."""
    for part in (*reversed(base.curated), base.compiled.stated):
        for group in part.groups:
            if group.source == source and base.usable(group):
                picked = _not_told if group.is_gap else _answered
                return picked(base, asked[:MAX_QUESTION], group, 1.0)
    return None


def suggestion(entry: Entry, phrasing: str = "") -> Suggestion:
    """Offer an entry as a question that may have been meant."""
    source = AnswerSource(SourceKind(entry.kind.value), entry.id)
    return Suggestion(source, phrasing or entry.phrasings[0], _excerpt(entry.citations))


def candidates(best: list[Weighed], near: tuple[Near, ...]) -> tuple[Candidate, ...]:
    """List the best of any kind, so that anyone can see what was nearly said."""
    groups = [
        Candidate(w.match.group.source, round(w.confidence, 4), _excerpt(w.match.group.citations))
        for w in best
    ]
    lines = [
        Candidate(
            AnswerSource(SourceKind.PASSAGE, n.passage.id), round(_LINE * n.nearness, 4), n.passage.text
        )
        for n in near
    ]
    return tuple(sorted([*groups, *lines], key=lambda c: -c.confidence)[:CANDIDATES])


_LINE = 0.05
"""What a merely near line is worth beside what a moderator wrote."""


def _answered(base: "Base", text: str, group: Group, sure: float) -> Answer:
    entry = base.entry(group.source.id) if group.source.kind is SourceKind.ENTRY else None
    follow_ups = map(base.entry, entry.follow_ups if entry else ())
    return Answer(
        text,
        Outcome.ANSWER,
        round(sure, 4),
        text=group.answer or group.citations[0].excerpt,
        citations=tuple(map(base.cited, group.citations)),
        source=group.source,
        author=group.author,
        follow_ups=tuple(suggestion(e) for e in follow_ups if e is not None and e not in base.stale),
    )


def _not_told(base: "Base", text: str, group: Group, sure: float) -> Answer:
    """Say that the story does not tell; what a gap cites is what the story says instead."""
    outcome = Outcome.CLOSEST if group.citations else Outcome.UNKNOWN
    cited = tuple(map(base.cited, group.citations))
    return Answer(text, outcome, round(sure, 4), citations=cited, source=group.source)


def _choices(entries: list[Weighed]) -> tuple[Suggestion, ...]:
    """Offer two or three different answers: of those that rest on the same lines, the first; the second in any case."""
    offered: dict[object, Suggestion] = {}
    for weighed in entries:
        if weighed.confidence < POSSIBLE and len(offered) >= LEAST_CHOICES:
            break
        group = weighed.match.group
        offer = Suggestion(group.source, group.phrasings[0], _excerpt(group.citations))
        offered.setdefault(group.spans or group.source, offer)
    return tuple(offered.values())[:CHOICES]


def _excerpt(citations: tuple[Citation, ...]) -> str:
    return citations[0].excerpt if citations else ""


def _citation(base: "Base", passage: Passage) -> Citation:
    story = base.compiled.stories[passage.story]
    return Citation(passage.story, passage.start, passage.end, passage.text, story.text_hash)
