"""Graded questions and replies to them."""

from dataclasses import replace

from knowledge.evaluation import Expected, Judged, Kind, Verdict
from knowledge.model import (
    Answer,
    AnswerSource,
    Citation,
    Cited,
    Outcome,
    Question,
    Source,
    SourceKind,
    Suggestion,
)

LINE = (
    "Norwegian striker Ada Hegerberg \u2013 who has scored 185 goals in 149 games \u2013 "
    "earned the \u201cfemale\u201d Ballon d\u2019Or."
)

HOW_MANY = Expected(
    id="q1",
    question=Question("How many goals?"),
    style="direct",
    answerable=True,
    says=(("185", "one hundred and eighty-five"),),
    cites=("who has scored 185 goals in 149 games",),
)
HOW_TALL = Expected(id="q2", question=Question("How tall is she?"), style="keyword", answerable=False)


def citation(excerpt: str) -> Citation:
    return Citation("story", 0, len(excerpt), excerpt, "hash")


def answer(text: str = "", *excerpts: str, outcome: Outcome = Outcome.ANSWER) -> Answer:
    cited = tuple(Cited(citation(excerpt), "paragraph 1", Source(), "en") for excerpt in excerpts)
    return Answer("?", outcome, 0.9, text, cited)


def choices(*excerpts: str) -> Answer:
    source = AnswerSource(SourceKind.ENTRY, "goals")
    return replace(
        answer(outcome=Outcome.CHOICES),
        suggestions=tuple(Suggestion(source, "Goals?", excerpt) for excerpt in excerpts),
    )


def judged(kind: Kind, style: str, *verdicts: Verdict) -> list[Judged]:
    expected = replace(HOW_MANY, style=style)
    return [Judged(expected, answer(), kind, verdict) for verdict in verdicts]
