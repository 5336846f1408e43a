"""Replies in JSON: one line each, always valid UTF-8, in the form that other programs build on."""

import json
import re
import sys
from dataclasses import asdict
from typing import Any

from knowledge.answering import Considered, Explanation
from knowledge.model import Answer, Candidate, Cited, Outcome, Quotation, Suggestion

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Reply = dict[str, Any]
"""A JSON object, as the README tells it."""


def reply(answer: Answer) -> Reply:
    """Return an answer as the JSON object that `pullquote ask --json` prints."""
    return {
        "question": answer.question,
        "outcome": str(answer.outcome),
        "answer": answer.text if answer.outcome is Outcome.ANSWER else None,
        "confidence": round(answer.confidence, 4),
        "citations": [_citation(cited) for cited in answer.citations],
        "source": None
        if answer.source is None
        else {"kind": str(answer.source.kind), "id": answer.source.id},
        "suggestions": [_suggestion(suggestion) for suggestion in answer.suggestions],
        "candidates": [_candidate(candidate) for candidate in answer.candidates],
        "milliseconds": round(answer.milliseconds, 3),
    }


def explanation(why: Explanation) -> Reply:
    """Return why a question was answered as it was, as the key `explanation` that `pullquote ask --explain` adds.

    `asked`, `mended` and `short_forms` (each `typed`, `read`), `follow_up`, `uncovered` and `thresholds` tell how the
    question was read; `candidates`, best first, each have `kind`, `id`, `phrasing` (the nearest), `likeness`,
    `confidence`, `refused` (why it was not given), `uncovered`, `start` (log-odds before any evidence) and `evidence`:
    `value` and `adds` (to the log-odds) for each field; `lines` are the nearest passages with their `nearness`.
    """
    return {
        "asked": list(why.asked),
        "mended": [asdict(one) for one in why.mended],
        "short_forms": [asdict(one) for one in why.short_forms],
        "follow_up": why.is_follow_up,
        "uncovered": list(why.uncovered),
        "thresholds": asdict(why.thresholds),
        "candidates": [_considered(one) for one in why.candidates],
        "lines": [
            {
                "id": near.passage.id,
                "place": near.passage.place,
                "text": near.passage.text,
                "nearness": round(near.nearness, 4),
            }
            for near in why.lines
        ],
    }


def refusal(question: str, error: str) -> Reply:
    """Return the reply to a line that is no question: outcome `unknown`, and an `error` that says why."""
    return {**reply(Answer(question, Outcome.UNKNOWN, confidence=0.0)), "error": error}


def quotation(said: Quotation) -> Reply:
    """Return a quotation as an item of the list that `pullquote quote --json` prints."""
    return {
        "text": said.citation.excerpt,
        "speaker": said.speaker,
        "story": said.citation.story,
        "place": said.place,
    }


def to_line(value: object) -> bytes:
    """Return a value as a line of JSON in UTF-8. Lone surrogates, which have no form in it, are escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _LONE_SURROGATE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", text).encode() + b"\n"


def send(value: object) -> None:
    """Write a value to standard output as a line of JSON, at once; in UTF-8, whatever is set."""
    sys.stdout.flush()
    sys.stdout.buffer.write(to_line(value))
    sys.stdout.buffer.flush()


def _citation(cited: Cited) -> Reply:
    citation = cited.citation
    return {
        "story": citation.story,
        "title": cited.source.title,
        "place": cited.place,
        "excerpt": citation.excerpt,
        "start": citation.start,
        "end": citation.end,
        "url": cited.source.url or None,
    }


def _suggestion(suggestion: Suggestion) -> Reply:
    return {"id": suggestion.source.id, "question": suggestion.question, "excerpt": suggestion.excerpt}


def _candidate(candidate: Candidate) -> Reply:
    return {
        "kind": str(candidate.source.kind),
        "id": candidate.source.id,
        "confidence": round(candidate.confidence, 4),
        "excerpt": candidate.excerpt,
    }


def _considered(one: Considered) -> Reply:
    return {
        "kind": str(one.source.kind),
        "id": one.source.id,
        "phrasing": one.phrasing,
        "likeness": round(one.likeness, 4),
        "confidence": round(one.confidence, 4),
        "refused": list(map(str, one.refusals)),
        "uncovered": list(one.uncovered),
        "start": round(one.start, 4),
        "evidence": {
            weight.field: {"value": round(weight.value, 4), "adds": round(weight.adds, 4)}
            for weight in one.evidence
        },
    }
