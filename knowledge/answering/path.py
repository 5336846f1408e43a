"""The one path of a question: normalise, candidates, evidence, confidence, decide, cite.

Every way of asking comes through `answer`. What is said was written by a moderator or stands in a story.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from knowledge.answering.budgets import within_budgets
from knowledge.answering.follow_ups import joined, meant, names_nothing, telling, with_names
from knowledge.answering.several import parts
from knowledge.answering.weighing import Refusal, Weighed, is_given, is_sure, refusals, weigh
from knowledge.matching.closer_passages import LOOKED_AT
from knowledge.matching.groups import Group, allied, meanings
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

POSSIBLE = 0.1
"""Confidence from which a candidate is worth offering among choices."""
NEAR = 0.15
"""Nearness from which a passage is shown for a question that nothing answers: of those at it, one in five is right."""
LEAST_CHOICES = 2
CHOICES = 3
PASSAGES = 3
CANDIDATES = 5
CITATIONS = 3
_WORD_FOR_WORD = 0.95
"""Alignment of a question with a phrasing that has the same words."""


def answer(base: "Base", question: Question, *, with_candidates: bool = True) -> Answer:
    """Answer a question from a base.

    Without candidates, lines are looked for only where nothing curated answers: that takes as long as all the rest.
    """
    began = time.perf_counter()
    text = question.text[:MAX_QUESTION]
    asked, best = read(base, question, first_only=not with_candidates)
    near = cache(lambda: passages(base, asked, question.story, best))
    decided = decide(base, text, best, near)
    several = parts(text)
    if several:
        decided = of_several(base, replace(question, text=text), several, best, decided)
    shown = candidates(base, best, near()) if with_candidates else ()
    milliseconds = round((time.perf_counter() - began) * 1000, 3)
    return replace(decided, candidates=shown, milliseconds=milliseconds)


def of_several(
    base: "Base", question: Question, several: tuple[str, ...], best: list[Weighed], whole: Answer
) -> Answer:
    """Answer a question that asks several things: all of them where each is sure.

    The answer to the whole stands where it answers every part, or was written for this very question; not where the
    story does not tell one of them.
    """
    if whole.outcome is Outcome.ANSWER and best[0].match.evidence.alignment >= _WORD_FOR_WORD:
        return whole
    answers, firsts = [], []
    for i, text in enumerate(several):
        one = replace(question, text=text, after=(*question.after, *several[:i]))
        _, found = read(base, one, first_only=True)
        answers.append(decide(base, text, found, tuple))
        firsts += found[:1]
    if all(answer.outcome is Outcome.ANSWER for answer in answers):
        return _together(question.text, answers)
    if whole.outcome is not Outcome.ANSWER:
        return whole
    untold = next((a for a in answers if _is_gap(a) and a.confidence >= base.sure), None)
    if untold:
        return replace(untold, question=question.text)
    if all(allied(best[0].match.group, first.match.group) for first in firsts):
        return whole
    entries = [w for w in (best[0], *firsts) if w.match.group.source.kind is SourceKind.ENTRY]
    return Answer(question.text, Outcome.CHOICES, whole.confidence, suggestions=_choices(entries))


def _is_gap(answer: Answer) -> bool:
    return answer.source is not None and answer.source.kind is SourceKind.GAP


def _together(text: str, answers: list[Answer]) -> Answer:
    """Say several answers as one, with the first citation of each before the second of any."""
    texts = dict.fromkeys(answer.text for answer in answers)
    most = max(len(answer.citations) for answer in answers)
    cited = dict.fromkeys(a.citations[i] for i in range(most) for a in answers if i < len(a.citations))
    return replace(
        answers[0],
        question=text,
        text=" ".join(texts),
        citations=tuple(cited)[:CITATIONS],
        confidence=min(answer.confidence for answer in answers),
    )


def read(
    base: "Base", question: Question, *, first_only: bool = False
) -> tuple[tuple[str, ...], list[Weighed]]:
    """Return the folded words that were looked up and what may answer them (`first_only` as in `weigh`).

    A follow-up is read with the names that its pronouns mean, or with the question before it, where that makes surer
    what is meant, and only if the match then meets the follow-up's own words: else the question before would be
    answered again. What decides by itself stands, unless it is about someone else; what names nothing decides nothing.
    Where nothing curated is near, the lines are looked for with what was asked before, too.
    """
    alone = base.words_of(question.text)
    best = weigh(base, alone, question.story, first_only=first_only)
    names, together = _meant(base, question), joined(question, base.words_of)
    if together and names_nothing(alone):
        best = []
    elif best and is_sure(best[0], base.sure):
        is_about_others = bool(names) and best[0].match.group.asked.isdisjoint(
            meanings(names, base.compiled.language)
        )
        if not is_about_others:
            return alone, best
        best = []
    readings = _readings(alone, names, together)
    read_as, own = alone, set(meanings(telling(alone), base.compiled.language))
    for reading in readings:
        # What the question before brings along must not win over the kind of answer that the follow-up asks for.
        weighed = weigh(base, reading, question.story, first_only=first_only)
        found = sorted(weighed, key=lambda w: Refusal.KIND in refusals(w, base.sure))
        is_met = bool(found) and own.isdisjoint(found[0].match.uncovered)
        if is_met and (not best or found[0].confidence > best[0].confidence):
            read_as, best = reading, found
    is_known = bool(best) and best[0].confidence >= POSSIBLE
    return (readings[0] if readings and not is_known else read_as), best


def lookups(base: "Base", question: Question) -> tuple[tuple[str, ...], ...]:
    """Return all that may be looked up to answer a question, as folded words: nothing else makes up the answer.

    That is the question itself and as a follow-up, and the same of each of several questions in one.
    """
    several = parts(question.text[:MAX_QUESTION])
    found: list[tuple[str, ...]] = []
    for i, text in enumerate((question.text, *several)):
        one = question if not i else replace(question, text=text, after=(*question.after, *several[: i - 1]))
        alone = base.words_of(text)
        found += [alone, *_readings(alone, _meant(base, one), joined(one, base.words_of))]
    return tuple(dict.fromkeys(found))


def _meant(base: "Base", question: Question) -> tuple[str, ...]:
    return meant(question, lambda word: bool(base.vocabulary.named_with(word)), base.words_of)


def _readings(
    alone: tuple[str, ...], names: tuple[str, ...], together: tuple[str, ...] | None
) -> list[tuple[str, ...]]:
    """Return the other ways to read a follow-up: with the names it means, and with the question before it."""
    return [*([with_names(alone, names)] if names else []), *([together] if together else [])]


def passages(
    base: "Base", asked: tuple[str, ...], story: str | None, best: list[Weighed]
) -> tuple[Near, ...]:
    """Find the passages nearest to the folded words of a question; closer where nothing that may answer it is sure."""
    is_sure_of_one = bool(best) and best[0].confidence >= base.sure
    closer = None if is_sure_of_one else base.compiled.closer_passages
    limit = LOOKED_AT if closer else CANDIDATES
    near = base.passages.nearest(asked, base.compiled.languages, story=story, limit=limit)
    if closer is None:
        return near
    return closer.nearest(asked, near, story=story, limit=CANDIDATES)


def decide(base: "Base", text: str, best: list[Weighed], near: Callable[[], tuple[Near, ...]]) -> Answer:
    """Choose the outcome: the answer if it is sure, choices if some are possible, the nearest lines, or nothing.

    `near` gives the nearest lines; it is called only where they decide.
    """
    best = [weighed for weighed in best if _stands(base, weighed, near)]
    top = best[0].confidence if best else 0.0
    if best and best[0].match.group.is_gap and top >= POSSIBLE:
        return _not_told(base, text, best[0].match.group, top)
    if is_given(best, base.sure):
        return _answered(base, text, best[0].match.group, top)
    entries = [w for w in best if w.match.group.source.kind is SourceKind.ENTRY]
    if entries and entries[0].confidence >= POSSIBLE:
        return Answer(text, Outcome.CHOICES, round(top, 4), suggestions=_choices(entries))
    lines = (n.passage for n in near() if n.nearness >= NEAR)
    nearest = within_budgets(base, lines, lambda passage: passage.story, PASSAGES)
    if nearest:
        source = AnswerSource(SourceKind.PASSAGE, nearest[0].id)
        cited = tuple(base.cited(_citation(base, passage)) for passage in nearest)
        return Answer(text, Outcome.CLOSEST, round(top, 4), citations=cited, source=source)
    return Answer(text, Outcome.UNKNOWN, round(top, 4))


def _stands(base: "Base", weighed: Weighed, near: Callable[[], tuple[Near, ...]]) -> bool:
    """Tell whether a candidate is sure, or no line of a story that it does not tell of is nearer."""
    stories = weighed.match.group.stories
    if weighed.confidence >= base.sure or not stories or stories.issuperset(base.compiled.stories):
        return True
    nearest = next(iter(near()), None)
    is_nearer = nearest is not None and nearest.nearness > weighed.confidence
    return nearest is None or not is_nearer or nearest.passage.story in stories


def answer_from(base: "Base", source: AnswerSource, asked: str) -> Answer | None:
    """Answer with a group that was picked; None where there is none of that kind and id, or it no longer holds."""
    for part in (*reversed(base.curated), base.stated):
        for group in part.groups:
            if group.source == source and base.usable(group):
                picked = _not_told if group.is_gap else _answered
                return picked(base, asked[:MAX_QUESTION], group, 1.0)
    return None


def suggestion(entry: Entry, phrasing: str = "") -> Suggestion:
    """Offer an entry as a question that may have been meant."""
    source = AnswerSource(SourceKind(entry.kind.value), entry.id)
    return Suggestion(source, phrasing or entry.phrasings[0], _excerpt(entry.citations))


def candidates(base: "Base", best: list[Weighed], near: tuple[Near, ...]) -> tuple[Candidate, ...]:
    """List the best of any kind, so that anyone can see what was nearly said.

    A quotation that is not sure is left out: it is but a line of the story, and looked for as one.
    """
    groups = [
        Candidate(w.match.group.source, round(w.confidence, 4), _excerpt(w.match.group.citations))
        for w in best
        if w.match.group.source.kind is not SourceKind.QUOTATION or is_sure(w, base.sure)
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
