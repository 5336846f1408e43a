"""Whoever does not ask for the candidates gets the same answer, sooner."""

from dataclasses import replace

from hypothesis import example, given, settings

from knowledge.answering import Base, weighing
from knowledge.model import Answer, Entry, Outcome, Question
from tests.knowledge.bases import COST, DRAWN, base, entry
from tests.knowledge.generated import owned, phrasings

COAT = entry("coat", ["Who knitted the captain's coat?"], "His aunt did.")
RIVAL = entry("rival", COAT.phrasings, "A machine did.")
COSTLY = entry("costly", ["What was the price of the new library?"], "A lot.", COST)
"""Rests on the same line as an entry of the pack."""
UNKNOWN = entry("unknown", ["Who drew the plans of the building?"], "Nobody here.", DRAWN)


def without_candidates(answer: Answer) -> Answer:
    return replace(answer, candidates=(), milliseconds=0.0)


@settings(max_examples=150, deadline=None)
@given(owned, phrasings)
@example((COAT,), "Who knitted the captain's coat?")
@example((COAT, RIVAL), "Who knitted the captain's coat?")
@example((COAT, RIVAL), "Who knitted the captains coats")
@example((COSTLY, UNKNOWN), "What was the price of the new library?")
def test_the_answer_is_the_same(had: tuple[Entry, ...], question: str) -> None:
    asked = base(*had)
    for text in (question, *(phrasing for one in had for phrasing in one.phrasings)):
        full = asked.answer(Question(text))
        assert without_candidates(asked.answer(Question(text), with_candidates=False)) == without_candidates(
            full
        )


def first_only(asked: Base, text: str) -> list[str]:
    found = weighing.weigh(asked, asked.words_of(text), None, first_only=True)
    return [weighed.match.group.source.id for weighed in found]


def test_only_an_entry_written_for_the_question_is_weighed_where_nothing_comes_near() -> None:
    asked = base(COAT)
    assert first_only(asked, "Who knitted the captain's coat?") == ["coat"]
    assert len(first_only(asked, "Who knitted the coat of the mayor?")) > 1


def test_what_comes_as_near_is_weighed_too() -> None:
    asked = base(COAT, RIVAL)
    assert first_only(asked, "Who knitted the captain's coat?")[:2] == ["coat", "rival"]
    assert asked.answer(Question("Who knitted the captain's coat?")).outcome is Outcome.CHOICES
