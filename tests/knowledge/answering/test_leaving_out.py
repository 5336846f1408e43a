"""Asking a phrasing with itself left out, and why a candidate is refused."""

import pytest

from knowledge.answering.path import read
from knowledge.answering.weighing import SURE, Refusal, refusals
from knowledge.matching.confidence import confidence, contributions
from knowledge.model import Outcome, Question
from tests.knowledge.bases import ask, base, entry

WIFI = entry("wifi", ("What is the wifi password?",), "Ask at the desk.")


def row_of(phrasing: str) -> tuple[int, int]:
    """Return the part and row of a phrasing in the base with the one own entry."""
    for number, part in enumerate(base(WIFI).curated):
        for row, (group, at) in enumerate(part.phrasing_of):
            if part.groups[group].phrasings[at] == phrasing:
                return number, row
    raise AssertionError(phrasing)


def test_a_phrasing_that_is_left_out_is_not_found_and_the_others_are() -> None:
    lacking = base(WIFI).without(*row_of("price of the new building"))
    assert ask(base(WIFI), "price of the new building").outcome is Outcome.ANSWER
    assert ask(lacking, "price of the new building").outcome is not Outcome.ANSWER
    assert ask(lacking, "How much did the library cost?").source.id == "cost"
    assert ask(lacking, "What is the wifi password?").source.id == "wifi"


def test_an_entry_whose_only_phrasing_is_left_out_is_as_if_it_were_not_there() -> None:
    lacking = base(WIFI).without(*row_of("What is the wifi password?"))
    assert ask(lacking, "What is the wifi password?").outcome is not Outcome.ANSWER


def test_leaving_out_changes_nothing_in_the_base_itself() -> None:
    whole = base(WIFI)
    before = ask(whole, "What is the wifi password?")
    whole.without(*row_of("What is the wifi password?"))
    assert ask(whole, "What is the wifi password?") == before


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        ("What did the mayor NOT say?", Refusal.DENIAL),
        ("How much did the library cost, Mons Dahl?", Refusal.NAMES),
        ("How much did the library cost, 15 million?", Refusal.NUMBERS),
        ("Who opened the library?", Refusal.KIND),
        ("Who drew the ferry?", Refusal.UNSURE),
    ],
)
def test_a_refused_candidate_says_why(question: str, refusal: Refusal) -> None:
    _, best = read(base(), Question(question))
    assert refusal in refusals(best[0], SURE)


def test_what_is_answered_is_not_refused() -> None:
    _, best = read(base(), Question("Who drew the library?"))
    assert refusals(best[0], SURE) == ()


def test_what_each_evidence_adds_makes_up_the_confidence() -> None:
    _, best = read(base(), Question("Who drew the library?"))
    for weighed in best:
        added = contributions(weighed.match.evidence)
        higher = {**added, "bias": added["bias"]}
        assert sum(higher.values()) > 0 if weighed.confidence > 0.5 else sum(higher.values()) <= 0
        assert weighed.confidence == confidence(weighed.match.evidence)
    assert contributions(best[0].match.evidence)["denial"] == 0
