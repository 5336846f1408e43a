"""Evidence: what speaks for and against a candidate, and how sure it makes."""

from dataclasses import astuple, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import Base, CompiledPacks
from knowledge.matching.asked import Asked
from knowledge.matching.confidence import confidence
from knowledge.matching.evidence import Evidence, Match, matches
from knowledge.matching.groups import Group, group, pieces
from knowledge.model import AnswerSource, Entry, SourceKind
from knowledge.text.folding import words
from tests.knowledge.bases import base, entry

GOOD = Evidence(
    margin=0.5,
    opposed=0.05,
    told=1.0,
    least=1.0,
    meant=1.0,
    length=1.4,
    kind=1.0,
    has_kind=1.0,
    denial=0.0,
    numbers=0.0,
    names=0.0,
    overlap=1.0,
    alignment=1.0,
    votes=0.5,
)


def looked_at(question: str, asked: Base) -> Asked:
    return Asked(words(question), asked.vocabulary, asked.compiled.language)


def found(question: str, asked: Base | None = None, limit: int = 10) -> dict[str, Match]:
    """Return what a question matches, by id, best first."""
    asked = asked or base()
    best = matches(looked_at(question, asked), asked.curated, limit=limit)
    return {match.group.source.id: match for match in best}


def evidence(question: str, entry_id: str, asked: Base | None = None) -> Evidence:
    return found(question, asked)[entry_id].evidence


def test_the_very_phrasing_has_all_the_evidence_there_is() -> None:
    match = found("Who drew the library?")["architect"]
    told = match.evidence
    assert (told.told, told.least, told.meant, told.overlap, told.alignment) == (1, 1, 1, 1, 1)
    assert (told.denial, told.numbers, told.names) == (0, 0, 0)
    assert match.likeness == pytest.approx(1, abs=1e-4)
    assert match.group.phrasings[match.phrasing] == "Who drew the library?"
    assert match.uncovered == ()


def test_the_best_match_comes_first_with_a_margin_over_its_rivals() -> None:
    best, second, *_ = found("name of the architect").values()
    assert best.group.source.id == "architect"
    assert second.evidence.margin == pytest.approx(-best.evidence.margin)
    assert second.evidence.margin < 0 < best.evidence.margin


def test_what_rests_on_the_same_line_is_no_rival() -> None:
    # Both fire entries cite the line of 1998; the best other entry has far less.
    assert evidence("when was the fire", "fire-year").margin > 0.3
    assert (
        evidence("when was the fire", "fire-year").votes
        > evidence("name of the architect", "architect").votes
    )


def test_a_word_that_the_candidate_lacks_lowers_its_share() -> None:
    asked, more = evidence("Who drew the library?", "architect"), evidence("Who drew the ferry?", "architect")
    assert more.told < asked.told
    assert more.least == 0
    assert found("Who drew the ferry?")["architect"].uncovered == ("ferri",)


def test_words_of_the_answer_and_the_excerpt_count_as_told() -> None:
    assert evidence("the building in one night", "architect").told == 1
    assert evidence("the building in one year", "architect").told < 1


def test_a_word_counts_as_meant_as_far_as_another_means_the_same() -> None:
    near, far = (
        evidence("who sketched the library", "architect"),
        evidence("who insured the library", "architect"),
    )
    assert near.told == pytest.approx(far.told, abs=0.02)
    assert 1 > near.meant > far.meant


def test_a_misspelt_word_is_met_in_part_or_mended() -> None:
    assert evidence("who is the architct", "architect").told == 1
    assert 0.5 < evidence("architectual", "architect").told < 1


def test_a_denial_that_the_candidate_does_not_share_speaks_against_it() -> None:
    assert evidence("What did the mayor NOT say?", "mayor-said").denial == 1
    assert evidence("What did the mayor say?", "mayor-said").denial == 0
    denying = entry("unsaid", ("What did the mayor not say?",), "Sorry.")
    assert evidence("What did the mayor NOT say?", "unsaid", base(denying)).denial == 0


def test_a_number_that_the_candidate_does_not_hold_speaks_against_it() -> None:
    assert evidence("did the library burn down in 1998", "fire-year").numbers == 0
    assert evidence("did the library burn down in 2003", "fire-year").numbers == 1
    assert evidence("did it cost twelve million", "cost").numbers == 0
    assert evidence("did it cost 15 or 20 million", "cost").numbers == 2


def test_a_name_of_the_story_that_the_candidate_does_not_hold_speaks_against_it() -> None:
    assert evidence("Who drew the library, Odd Lien?", "architect").names == 0
    assert evidence("Who drew the library, Mons Dahl?", "architect").names == 1


def test_the_kind_of_answer_is_compared_with_what_the_phrasings_ask_for() -> None:
    when, who = (
        evidence("When was the new library opened?", "opened"),
        evidence("Who opened the library?", "opened"),
    )
    assert (when.has_kind, who.has_kind) == (1, 1)
    assert when.kind == 1
    assert who.kind == 0
    assert evidence("opened library", "opened").has_kind == 0


def test_gaps_oppose_entries_and_entries_gaps() -> None:
    question = "How many visitors does the library have?"
    asked = found(question)
    assert asked["cost"].evidence.opposed > 0.3 > asked["visitors"].evidence.opposed > 0


def test_without_gaps_nothing_opposes() -> None:
    alone = Base(CompiledPacks([]), [entry("wifi", ("What is the wifi password?",), "Ask.")])
    told = evidence("wifi password", "wifi", alone)
    assert told.opposed == 0
    assert told.margin > 0.3


def test_only_as_many_as_asked_for_and_only_of_the_kinds_asked_for() -> None:
    assert len(found("library", limit=2)) == 2
    town = base()
    gaps = matches(looked_at("the library", town), town.curated, limit=10, kinds=frozenset({SourceKind.GAP}))
    assert {match.group.source.kind for match in gaps} == {SourceKind.GAP}


def test_what_is_not_usable_is_no_candidate_no_rival_and_no_voter() -> None:
    def usable(one: Group) -> bool:
        return one.source.id == "fire-cause"

    town = base()
    (only,) = matches(looked_at("when was the fire", town), town.curated, limit=10, usable=usable)
    assert only.group.source.id == "fire-cause"
    assert only.evidence.margin > found("when was the fire")["fire-cause"].evidence.margin
    assert only.evidence.opposed == 0
    assert only.evidence.votes < evidence("when was the fire", "fire-cause").votes


@pytest.mark.parametrize("question", ["", "🤷", "žžž"])
def test_a_question_with_nothing_in_common_matches_nothing(question: str) -> None:
    assert found(question) == {}


def test_a_group_holds_what_its_texts_hold() -> None:
    source = AnswerSource(SourceKind.GAP, "g")
    made = group(source, ("Who never sang?", "singers"), "Ruth sings. " * 60 + "Encore!", (), language="en")
    assert made.is_gap
    assert made.denies
    assert made.kinds == {"person": 0.5}
    assert {"sing", "encor"} <= made.held - made.asked
    assert "singer" in made.held


@given(st.text(max_size=700))
def test_a_text_cut_into_pieces_is_still_the_whole_text(text: str) -> None:
    cut = pieces(text)
    assert "".join(cut) == text
    assert all(0 < len(piece) <= 300 for piece in cut)


def test_pieces_are_cut_between_words() -> None:
    assert pieces("one two three", size=8) == ["one two ", "three"]


def test_good_evidence_makes_sure_and_none_makes_unsure() -> None:
    assert confidence(GOOD) > 0.9
    nothing = Evidence(*[0.0] * len(fields(Evidence)))
    assert confidence(nothing) < 0.1


@pytest.mark.parametrize(
    "name", ["margin", "told", "least", "meant", "kind", "overlap", "alignment", "votes"]
)
def test_confidence_rises_with_what_speaks_for_a_candidate(name: str) -> None:
    less = replace(GOOD, **{name: getattr(GOOD, name) - 0.3})
    assert confidence(less) < confidence(GOOD)


@pytest.mark.parametrize("name", ["opposed", "denial", "numbers", "names"])
def test_confidence_falls_with_what_speaks_against_it(name: str) -> None:
    worse = replace(GOOD, **{name: getattr(GOOD, name) + 1})
    assert confidence(worse) < confidence(GOOD)


@given(st.tuples(*[st.floats(-1e6, 1e6)] * len(fields(Evidence))))
def test_confidence_is_a_probability_whatever_the_evidence(numbers: tuple[float, ...]) -> None:
    assert 0 <= confidence(Evidence(*numbers)) <= 1


@given(st.text(max_size=60))
def test_evidence_is_finite_and_its_shares_are_0_to_1(question: str) -> None:
    for match in found(question).values():
        told = match.evidence
        assert all(abs(number) < 1e3 for number in astuple(told))
        shares = (told.told, told.least, told.meant, told.kind, told.votes)
        assert all(-1e-6 <= share <= 1 + 1e-6 for share in shares)


def test_entries_can_be_made_of_phrasings_that_have_no_words() -> None:
    asked = base(Entry("shrug", ("🤷",), "Who knows."))
    assert "shrug" not in found("who knows", asked)
