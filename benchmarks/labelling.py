"""Ask questions with known answers, and keep the evidence of their candidates with whether each is right."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from benchmarks.common import read_entries, read_lines, seeded, spread
from knowledge.answering import Base, CompiledPacks, Models
from knowledge.answering.weighing import Weighed, refusals
from knowledge.evaluation import Expected, Verdict, judge, read_questions
from knowledge.matching.asked import Asked
from knowledge.matching.evidence import Match, matches
from knowledge.matching.groups import Group, allied
from knowledge.packs import read_pack
from knowledge.text.folding import words

CANDIDATES = 3
LOOKED_AT = 20
CHANGED_WEIGHT = 0.1
"""Changed and left-out questions count little, for members rarely ask such."""
FAQ_WEIGHT = 0.25
"""Such bases have no stories and no gaps: they teach what likeness is worth, not what a story tells."""
LEFT_OUT = 3
"""Phrasings of every entry that are asked without themselves, and without their entry."""
FAQ_PHRASINGS = (5, 10, None)
FAQ_QUESTIONS = 250
FAQ_KEPT = 0.7
"""The share of a FAQ's entries that the base has; the questions of the others have no answer."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what might be said, and whether there is anything right to say."""

    answerable: bool
    candidates: tuple["Candidate", ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate's evidence, and whether it is right."""

    evidence: tuple[float, ...]
    is_right: bool
    is_gap: bool
    is_refused: bool
    """Whether it is never given as the answer, however sure."""


def from_pack(
    folder: Path, files: Sequence[Path], models: Models | None = None
) -> tuple[list[Labelled], list[Labelled]]:
    """Ask a pack the questions of some files, and the same changed, and its own phrasings, left out."""
    base = _looked_closer(Base(CompiledPacks([read_pack(folder)], models)))
    expected = [e for f in files for e in read_questions(f.read_text(encoding="utf-8"), f.name)]
    changed = _left_out(base, LEFT_OUT)
    for change in (_denied, _miscounted):
        different = [e for e in expected if e.answerable and change(e.question.text) != e.question.text]
        changed += [_ask(base, e, change) for e in different]
    return [_ask(base, e) for e in expected], changed


def from_faq(folder: Path, models: Models | None = None) -> list[Labelled]:
    """Ask a FAQ's questions of its entries with few and with many phrasings, some of the entries left out."""
    asked: list[Labelled] = []
    for seed, phrasings in enumerate(FAQ_PHRASINGS):
        rng = seeded(seed)
        entries = read_entries(folder, phrasings, rng)
        kept = rng.sample(entries, int(FAQ_KEPT * len(entries)))
        base = _looked_closer(Base(CompiledPacks((), models), kept))
        ids = {entry.id for entry in kept}
        for test in spread(read_lines(folder / "test.jsonl"), FAQ_QUESTIONS):
            found = _best(matches(_looked_at(base, words(test["question"])), base.curated, limit=LOOKED_AT))
            candidates = tuple(_candidate(m, is_right=m.group.source.id == test["id"]) for m in found)
            asked.append(Labelled(test["id"] in ids, candidates, FAQ_WEIGHT))
    return asked


def _ask(base: Base, expected: Expected, change: Callable[[str], str] | None = None) -> Labelled:
    """Look a question up, or a changed one that nothing answers."""
    text = change(expected.question.text) if change else expected.question.text
    found = _best(matches(_looked_at(base, words(text)), base.curated, limit=LOOKED_AT))

    def is_right(match: Match) -> bool:
        reply = base.answer_from(match.group.source, text)
        return not change and reply is not None and judge(expected, reply) is Verdict.RIGHT

    candidates = tuple(_candidate(m, is_right=not m.group.is_gap and is_right(m)) for m in found)
    return Labelled(expected.answerable and not change, candidates, CHANGED_WEIGHT if change else 1.0)


def _left_out(base: Base, each: int) -> list[Labelled]:
    """Ask some phrasings of every entry of the packs themselves: a phrasing without itself, and without its entry.

    Without itself it should be answered by its entry or one that rests on the same line; without these by nothing.
    """
    (part,), asked = base.curated, []
    seen: Counter[int] = Counter()
    for row, (at, phrasing) in enumerate(part.phrasing_of):
        group = part.groups[at]
        seen[at] += 1
        if group.is_gap or seen[at] > each:
            continue

        def others(one: Group, mine: Group = group) -> bool:
            return not allied(one, mine)

        looked_at = _looked_at(base, group.folded[phrasing])
        alone = matches(looked_at, [part.without(row, base.compiled.language)], limit=LOOKED_AT)
        without = matches(looked_at, [part], limit=LOOKED_AT, usable=others)
        for found, answerable in ((alone, True), (without, False)):
            said = [m for m in found if not m.group.is_gap][:CANDIDATES]
            candidates = tuple(_candidate(m, is_right=allied(m.group, group)) for m in said)
            asked.append(Labelled(answerable, candidates, CHANGED_WEIGHT))
    return asked


def _looked_closer(base: Base) -> Base:
    """Return a base as it is asked where its words do not decide; as it is where it has no sentence encoder."""
    base.look_closer()
    return base.closer or base


def _looked_at(base: Base, folded: Sequence[str]) -> Asked:
    return Asked(folded, base.vocabulary, base.compiled.language)


def _best(found: Sequence[Match]) -> list[Match]:
    """Return the best candidates of each side."""
    return [
        m for is_gap in (False, True) for m in [m for m in found if m.group.is_gap is is_gap][:CANDIDATES]
    ]


def _candidate(match: Match, *, is_right: bool) -> Candidate:
    refused = bool(refusals(Weighed(match, 1.0), 0.0))
    return Candidate(astuple(match.evidence), is_right, match.group.is_gap, refused)


def _denied(text: str) -> str:
    """Put a "not" after the first verb-like word of a question."""
    return re.sub(r"\b(did|does|do|is|was|has|were|are|who|a|hat)\b", r"\1 not", text, count=1)


def _miscounted(text: str) -> str:
    """Change every number of a question."""
    return re.sub(r"\d+", lambda m: str(int(m[0]) + 7), text)
