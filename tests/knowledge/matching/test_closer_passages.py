"""Passages looked at closer: words and meaning joined."""

import pytest

from knowledge.matching.closer_passages import CloserPassages
from knowledge.matching.passages import Near, PassageIndex
from knowledge.model import Passage
from knowledge.text.folding import words
from tests.knowledge.bases import BURNED, COST, FERRY, LIBRARY
from tests.knowledge.fake_sentences import FakeSentences

STORIES = (LIBRARY, FERRY)
PASSAGES = [passage for story in STORIES for passage in story.passages]


@pytest.fixture
def closer() -> CloserPassages:
    return CloserPassages(PASSAGES, FakeSentences(raw={COST.lower(): "price"}), lambda _done, _of: None)


def near(question: str) -> tuple[Near, ...]:
    return PassageIndex(STORIES).nearest(words(question), ["en"], limit=30)


def found(closer: CloserPassages, question: str, **more: object) -> list[Passage]:
    return [one.passage for one in closer.nearest(words(question), near(question), **more)]


def test_a_passage_that_shares_no_word_is_found_by_its_meaning(closer: CloserPassages) -> None:
    assert COST not in [one.passage.text for one in near("quaffle")]
    assert found(closer, "quaffle")[0].text == COST


def test_words_still_count_where_the_meaning_says_little(closer: CloserPassages) -> None:
    assert found(closer, "why did the old library burn down in 1998")[0].text == BURNED


def test_nearness_is_a_share_and_falls(closer: CloserPassages) -> None:
    nearness = [one.nearness for one in closer.nearest(("fire",), near("fire"), limit=99)]
    assert nearness == sorted(nearness, reverse=True)
    assert all(0 < one < 1 for one in nearness)
    assert len(nearness) == len(PASSAGES)


def test_only_the_story_that_was_named_is_looked_at(closer: CloserPassages) -> None:
    assert {passage.story for passage in found(closer, "quaffle", story="ferry", limit=9)} == {"ferry"}
    assert found(closer, "quaffle", story="nowhere") == []


def test_as_many_are_given_as_are_wanted(closer: CloserPassages) -> None:
    assert len(found(closer, "library", limit=2)) == 2


def test_without_passages_there_is_nothing_near() -> None:
    nothing = CloserPassages([], FakeSentences(), lambda _done, _of: None)
    assert nothing.nearest(("fire",), []) == ()
