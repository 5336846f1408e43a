"""What a server's own entry answers word for word stays so, however common its words become."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering import Base, weighing
from knowledge.answering.weighing import is_settled
from knowledge.effect.said import said, see
from knowledge.matching.confidence import at_most, confidence
from knowledge.model import Entry, Question
from tests.knowledge.bases import base, entry
from tests.knowledge.generated import owned, phrasings

HUT = entry("hut", ("where is the mountain hut",), "Up there.")


def settled(text: str, *own: Entry) -> bool:
    asked = base(*own)
    return is_settled(asked, asked.asked(asked.words_of(text)))


def with_rarities(asked: Base, seed: int) -> Base:
    """Return a base of the same entries, to which words are as rare as it happens."""

    def rarity(stem: str) -> float:
        return Random(f"{seed}{stem}").choice((0.3, 1.0, 3.0, 9.0))  # noqa: S311  nothing is kept secret by it

    other = Base(asked.compiled, asked.own)
    other.vocabulary.rarity = rarity  # type: ignore[method-assign]
    return other


@settings(max_examples=100, deadline=None)
@given(owned.filter(bool), phrasings, st.integers(0, 99))
def test_no_rarity_of_words_changes_what_is_settled(own: tuple[Entry, ...], question: str, seed: int) -> None:
    before = base(*own)
    after = with_rarities(before, seed)
    for text in (question, *(phrasing for one in own for phrasing in one.phrasings)):
        if is_settled(before, before.asked(before.words_of(text))):
            assert said(after.answer(Question(text))) == said(before.answer(Question(text)))


def test_what_an_entry_was_written_for_is_settled() -> None:
    assert settled("Where is the mountain hut?", HUT)


def test_what_no_own_entry_was_written_for_is_not() -> None:
    assert not settled("Who drew the library?", HUT)


def test_a_word_that_the_entry_does_not_hold_may_come_to_tell_more() -> None:
    assert not settled("Where is the mountain hut, Ottokar?", HUT)


def test_what_comes_as_near_may_come_first() -> None:
    assert not settled("where is the mountain hut", HUT, entry("other", HUT.phrasings, "Down there."))


def test_what_could_be_as_sure_may_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    near = entry("boat", ("when does the boat leave for the mountain hut",), "At noon.")
    assert settled("where is the mountain hut", HUT, near)
    monkeypatch.setattr(weighing, "at_most", lambda *_args, **_more: 1.0)
    assert not settled("where is the mountain hut", HUT, near)


@given(st.floats(0, 1), st.floats(0, 1))
def test_no_share_of_words_that_are_met_makes_surer_than_at_most(told: float, meant: float) -> None:
    asked = base(HUT)
    found = weighing.weigh(asked, asked.words_of("where is the mountain hut"), None)
    for weighed in found:
        evidence = replace(weighed.match.evidence, told=told, meant=meant)
        assert confidence(evidence) <= at_most(weighed.match.evidence) == at_most(evidence)


def test_the_rarity_of_its_words_is_not_watched() -> None:
    asked = base(HUT)
    assert {one.stems for one in see(asked, HUT.phrasings[0]).lookups} == {()}
    assert all(one.stems for one in see(asked, "Who drew the library?").lookups)
