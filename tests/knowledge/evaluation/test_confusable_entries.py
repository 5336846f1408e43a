"""Which entries are taken for one another, each phrasing asked with itself left out."""

from dataclasses import replace

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.evaluation import LeftOut, Pair, Share, found, leave_out, pairs, rows
from knowledge.model import AnswerSource, Entry, SourceKind
from tests.knowledge import bases

ROOF = bases.entry(
    "roof-colour",
    ("What colour is the roof?", "colour of the roof", "what is the roof's colour"),
    "Red.",
    bases.DRAWN,
)
DOOR = bases.entry(
    "door-colour", ("What colour has the door?", "Which colour did the roof get?"), "Blue.", bases.COST
)
COST_AGAIN = bases.entry(
    "price", ("How much was the library?", "the price of the building"), "A lot.", bases.COST
)
WHO_CAME = bases.gap("who-came", ("Who are the visitors of the library?", "who comes to the library"))


def ids(asked: Base) -> list[tuple[str, str]]:
    """The entry and phrasing of each row that can be left out."""
    return [(one.entry.id, one.phrasing) for one in leave_out(asked, rows(asked))]


def source(name: str, kind: SourceKind = SourceKind.ENTRY) -> AnswerSource:
    return AnswerSource(kind, name)


def left_out(entry: str, went_to: str, *, is_answered: bool = False, phrasing: str = "?") -> LeftOut:
    return LeftOut(
        source(entry), phrasing, source(went_to), is_found=entry == went_to, is_answered=is_answered
    )


def asked_alone(base: Base, phrasing: str) -> LeftOut:
    return next(one for one in leave_out(base, rows(base)) if one.phrasing == phrasing)


class TestLeavingOut:
    def test_every_phrasing_of_the_packs_and_of_the_server_is_asked(self) -> None:
        curated = [(e.id, p) for e in (*bases.ENTRIES, ROOF) for p in e.phrasings]
        assert ids(bases.base(ROOF)) == curated

    def test_one_that_is_alone_is_not_for_nothing_of_its_entry_would_be_left(self) -> None:
        alone = replace(ROOF, phrasings=ROOF.phrasings[:1])
        assert "roof-colour" not in dict(ids(bases.base(alone)))

    def test_what_the_server_replaced_or_what_is_stale_is_not_asked(self) -> None:
        (citation,) = ROOF.citations
        stale = replace(ROOF, citations=(replace(citation, text_hash="0"),))
        replaced = replace(ROOF, id="cost")
        asked = ids(bases.base(stale, replaced))
        assert "roof-colour" not in dict(asked)
        assert [phrasing for entry, phrasing in asked if entry == "cost"] == list(ROOF.phrasings)

    def test_a_phrasing_finds_its_entry_by_the_others(self) -> None:
        one = asked_alone(bases.base(ROOF), "colour of the roof")
        assert (one.went_to, one.is_found) == (source("roof-colour"), True)

    def test_and_goes_to_another_entry_where_that_is_nearer(self) -> None:
        one = asked_alone(bases.base(ROOF, DOOR), "Which colour did the roof get?")
        assert (one.entry, one.went_to, one.is_found) == (source("door-colour"), source("roof-colour"), False)

    def test_an_entry_that_rests_on_the_same_line_says_the_same(self) -> None:
        one = asked_alone(bases.base(COST_AGAIN), "How much was the library?")
        assert (one.went_to, one.is_found) == (source("cost"), True)

    def test_a_gap_in_place_of_another_says_the_same_too_and_is_no_answer(self) -> None:
        one = asked_alone(bases.base(WHO_CAME), "who comes to the library")
        assert one.went_to is not None
        assert one.went_to.kind is SourceKind.GAP
        assert one.is_found
        assert not one.is_answered

    def test_where_nothing_comes_near_it_goes_nowhere(self) -> None:
        strange = Entry("strange", ("strange", "🤷"), "That.")
        base = Base(CompiledPacks([]), [strange])
        assert [one.went_to for one in leave_out(base, rows(base))] == [None, None]

    def test_it_comes_to_nearly_the_same_as_building_the_base_without_the_phrasing(self) -> None:
        """Nearly: the weights and the words that the base knows stay those of the whole."""
        whole = bases.base()
        same = 0
        for one in leave_out(whole, rows(whole)):
            entries = [
                replace(e, phrasings=tuple(p for p in e.phrasings if p != one.phrasing))
                for e in bases.ENTRIES
            ]
            rebuilt = Base(CompiledPacks([replace(bases.PACK, entries=tuple(entries))]))
            best = rebuilt.answer(bases.Question(one.phrasing)).candidates
            curated = [c.source for c in best if c.source.kind in {SourceKind.ENTRY, SourceKind.GAP}]
            same += one.went_to == next(iter(curated), None)
        assert same >= 0.9 * len(rows(whole))

    def test_the_share_that_was_found(self) -> None:
        assert found([left_out("a", "a"), left_out("a", "b"), left_out("b", "b")]) == Share(2, 3)


class TestPairs:
    def test_an_entry_and_what_it_is_taken_for_are_counted(self) -> None:
        asked = [
            left_out("a", "a"),
            left_out("a", "b", phrasing="one"),
            left_out("a", "b", phrasing="two", is_answered=True),
            left_out("b", "b"),
        ]
        assert pairs(asked) == (Pair(source("a"), source("b"), times=2, of=3, answered=1, example="two"),)

    def test_those_that_would_be_answered_wrongly_come_first_then_the_frequent_ones(self) -> None:
        asked = [
            left_out("a", "b"),
            left_out("c", "d"),
            left_out("c", "d"),
            left_out("e", "f", is_answered=True),
        ]
        assert [(pair.entry.id, pair.times) for pair in pairs(asked)] == [("e", 1), ("c", 2), ("a", 1)]

    @pytest.mark.parametrize(
        "one",
        [left_out("a", "a"), LeftOut(source("a"), "?", None, is_found=False, is_answered=False)],
        ids=["found", "nowhere"],
    )
    def test_what_was_found_or_went_nowhere_is_no_pair(self, one: LeftOut) -> None:
        assert pairs([one]) == ()
