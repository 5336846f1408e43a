"""What `quality.py` counts: the figures of entries, stories and packs, from the answers of a base."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.common import (
    MissingDataError,
    at_false_share,
    auroc,
    calibration_error,
    percentile,
    read_entries,
    read_lines,
    reliability,
    seeded,
    share,
    slip,
    spread,
)
from knowledge.answering import Base, CompiledPacks
from knowledge.evaluation import Expected, Verdict, evaluate, figures, judge, read_questions
from knowledge.model import Answer, Outcome, Pack, Question, Source, SourceKind, Story
from knowledge.packs import read_pack
from knowledge.stories import build_story

Stated = list[tuple[float, bool]]
"""The first candidate's confidence, and whether it was right."""

REFUSED_BUT = 0.05
"""The share of what is out of scope that may be answered."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A row: what was asked, its figures, and what each first candidate's confidence was worth."""

    data: str
    variant: str
    """What was asked of the data, such as "10 phrasings"; "" for all of it as it is."""
    figures: dict[str, float | None]
    stated: Stated = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as an object."""
        table = [
            {"questions": n, "stated": round(said, 4), "observed": round(was, 4)}
            for n, said, was in reliability(self.stated)
        ]
        rounded = {k: None if v is None else round(v, 4) for k, v in self.figures.items()}
        return {"data": self.data, "variant": self.variant, **rounded, "reliability": table}


def sure(answer: Answer) -> float:
    """Return the first candidate's confidence, 0 where there is none."""
    return answer.candidates[0].confidence if answer.candidates else 0.0


def timing(answers: Sequence[Answer]) -> dict[str, float | None]:
    """Return how long the answers took."""
    taken = [answer.milliseconds for answer in answers]
    return {"median_ms": percentile(taken, 0.5), "p99_ms": percentile(taken, 0.99)}


# ---- entries


def measure_entries(
    folder: Path, *, phrasings: int | None, slips: int, seed: int, limit: int | None
) -> Measured:
    """Ask a folder's questions, with slips, of its entries with so many phrasings each (None: all), as a server's."""
    rng = seeded(seed)
    base = Base(CompiledPacks(()), read_entries(folder, phrasings, rng))
    tests = spread(read_lines(folder / "test.jsonl"), limit)
    answers = [base.answer(Question(slip(test["question"], slips, rng))) for test in tests]
    return Measured(
        folder.name,
        f"{phrasings or 'all'} phrasing{'s' * (phrasings != 1)}"
        + (f", {slips} slip{'s' * (slips > 1)}" if slips else ""),
        *score_entries([test["id"] for test in tests], answers),
    )


def score_entries(wanted: Sequence[str | None], answers: Sequence[Answer]) -> tuple[dict[str, Any], Stated]:
    """Return the figures of answers whose right entries are known (None: out of scope)."""
    pairs = list(zip(wanted, answers, strict=True))
    inside = [(entry, answer) for entry, answer in pairs if entry is not None]
    outside = [answer for entry, answer in pairs if entry is None]
    said = [(entry, a.source.id if a.source else "") for entry, a in inside if a.outcome is Outcome.ANSWER]
    right = sum(entry == given for entry, given in said)
    whole = max(1, len(inside))
    stated = [(sure(answer), _among(entry, answer, 1)) for entry, answer in inside]
    refusable = [sure(answer) for answer in outside]
    return {
        "asked": len(pairs),
        "top": share(is_right for _, is_right in stated),
        "top3": share(_among(entry, answer, 3) for entry, answer in inside),
        "right": right / whole,
        "wrong": (len(said) - right) / whole,
        "offered": share(_is_offered(entry, answer) for entry, answer in inside),
        "out_of_scope_answered": share(answer.outcome is Outcome.ANSWER for answer in outside),
        "right_at_5_percent": at_false_share(stated, refusable, REFUSED_BUT),
        "auroc": auroc([confidence for confidence, is_right in stated if is_right], refusable),
        "ece": calibration_error([*stated, *((confidence, False) for confidence in refusable)]),
        **timing(answers),
    }, [*stated, *((confidence, False) for confidence in refusable)]


def _among(entry: str, answer: Answer, first: int) -> bool:
    return any(candidate.source.id == entry for candidate in answer.candidates[:first])


def _is_offered(entry: str, answer: Answer) -> bool:
    return answer.outcome is Outcome.CHOICES and any(s.source.id == entry for s in answer.suggestions)


# ---- stories


def read_stories(folder: Path, language: str) -> dict[str, Story]:
    """Read the stories of a data folder, by the ids that its questions name them by."""
    return {
        line["id"]: build_story(
            f"s{number}",
            "\n\n".join(paragraph.strip() for paragraph in line["paragraphs"]),
            language,
            Source(title=line["title"]),
        )
        for number, line in enumerate(read_lines(folder / "stories.jsonl"))
    }


def measure_stories(folder: Path, language: str, limit: int | None) -> Measured:
    """Ask a folder's questions of its stories, of which nothing is curated."""
    known = read_stories(folder, language)
    tests = spread(read_lines(folder / "test.jsonl"), limit)
    slugs = {name: story.slug for name, story in known.items()}
    stories = tuple(known.values())
    base = Base(CompiledPacks([Pack(folder.name, language, stories)]))
    following = {one.slug: other.slug for one, other in zip(stories, stories[1:] + stories[:1], strict=True)}

    def ask(test: dict[str, Any], of: Callable[[str], str] = str) -> Answer:
        return base.answer(Question(test["question"], story=of(slugs[test["story"]])))

    answers = [ask(test) for test in tests]
    asked = list(zip(tests, answers, strict=True))
    answerable = [(test["answers"], answer) for test, answer in asked if test["answers"]]
    strangers = [answer for test, answer in asked if not test["answers"]]
    if not strangers:
        strangers = [ask(test, following.__getitem__) for test in tests]
    found = [sure(answer) for texts, answer in answerable if _holds(texts, answer, 1)]
    return Measured(
        folder.name,
        "",
        {
            "asked": len(tests),
            "first": share(_holds(texts, answer, 1) for texts, answer in answerable),
            "third": share(_holds(texts, answer, 3) for texts, answer in answerable),
            "answered": share(answer.outcome is Outcome.ANSWER for answer in answers),
            "auroc": auroc(found, [sure(answer) for answer in strangers]),
            **timing(answers),
        },
    )


def _holds(texts: Sequence[str], answer: Answer, first: int) -> bool:
    return any(holds(candidate.excerpt, texts) for candidate in answer.candidates[:first])


def holds(excerpt: str, texts: Sequence[str]) -> bool:
    """Tell whether an excerpt holds one of the texts, whatever their case and white space."""
    folded = _fold(excerpt)
    return any(_fold(text) in folded for text in texts)


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


# ---- packs


def measure_pack(folder: Path, files: Sequence[Path], limit: int | None) -> list[Measured]:
    """Ask graded questions of a pack: all of them alike, then with those apart that no entry is about."""
    if not files:
        raise MissingDataError(f"--pack {folder} names no file of questions: give it behind the pack")
    pack = read_pack(folder)
    base = Base(CompiledPacks([pack]))
    questions = spread([e for f in files for e in read_questions(_text(f), f.name)], limit)
    answers = {expected.question: base.answer(expected.question) for expected in questions}
    ask = answers.__getitem__
    said = [(e, ask(e.question)) for e in questions]
    stated = [(sure(a), _first_is_right(base, e, a)) for e, a in said if _has_candidate(a)]
    whole = figures(evaluate(ask, questions))
    apart = figures(evaluate(ask, questions, pack.entries))
    shared = {"asked": len(questions), "ece": calibration_error(stated), **timing(tuple(answers.values()))}
    rows = [Measured(folder.name, "", {**whole, **shared}, stated)]
    if "uncurated" in apart:
        rows.append(Measured(folder.name, "curated", {**apart, **shared}))
    return rows


def _text(file: Path) -> str:
    if not file.is_file():
        raise MissingDataError(f"{file} is not there: --pack takes a pack's folder and files of questions")
    return file.read_text(encoding="utf-8")


def _has_candidate(answer: Answer) -> bool:
    """Tell whether anything was in question but a line, which is never given as the answer."""
    return bool(answer.candidates) and answer.candidates[0].source.kind is not SourceKind.PASSAGE


def _first_is_right(base: Base, expected: Expected, answer: Answer) -> bool:
    """Tell whether the first candidate, given as the answer, would be right."""
    first = answer.candidates[0].source
    if first.kind is SourceKind.GAP:
        return not expected.answerable
    given = base.answer_from(first, expected.question.text)
    return given is not None and judge(expected, given) is Verdict.RIGHT
