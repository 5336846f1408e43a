"""Misses that ask for the same are put together, and others are not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import Base
from knowledge.inbox import clusters
from knowledge.model import Alias, Miss
from tests.knowledge.bases import COMPILED
from tests.knowledge.inbox.misses import MONDAY, miss

PARKING = (
    "Where can I park my car?",
    "where can i park a car",
    "Where is it possible to park my car?",
    "can I park my car somewhere?",
)
CAPTAIN = ("Who is the captain's wife?", "Who is the wife of the captain?")
ONE_OFFS = (
    "What does the soup cost on Sundays?",
    "Did the bridge ever fall down?",
    "Which football team won in 1984?",
    "Is there a dentist in town?",
)


def questions_of(*misses: Miss) -> list[set[str]]:
    return [{m.question for m in cluster.misses} for cluster in clusters(misses)]


def test_nothing_was_missed() -> None:
    assert clusters([]) == ()


def test_a_question_alone_is_a_cluster_of_its_own() -> None:
    (cluster,) = clusters([miss("Is there cake?", 3, day=1, days=4)])
    assert cluster.typical.question == "Is there cake?"
    assert (cluster.times, cluster.first.day, cluster.last.day) == (3, 3, 7)


def test_what_asks_for_the_same_is_put_together_and_the_rest_stays_alone() -> None:
    found = questions_of(*map(miss, (*PARKING, *CAPTAIN, *ONE_OFFS)))
    assert set(PARKING) in found
    assert set(CAPTAIN) in found
    assert sorted(map(len, found)) == [1, 1, 1, 1, len(CAPTAIN), len(PARKING)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is there cake?", "is there CAKE"),
        ("Is there cake?", "  is there... cake!!"),
        ("Is there cake?", "cake is there?"),
        ("Who's the mayor?", "who\u2019s the mayor"),
        ("Where is the café?", "where is the cafe"),
    ],
)
def test_case_punctuation_and_the_order_of_words_do_not_count(one: str, other: str) -> None:
    assert len(clusters([miss(one), miss(other)])) == 1


def test_questions_without_a_word_are_told_apart_by_their_text() -> None:
    assert questions_of(miss("???"), miss("!"), miss("???", day=2)) == [{"???"}, {"!"}]


def test_what_means_the_same_by_an_alias_of_the_server_is_put_together() -> None:
    base = Base(COMPILED, aliases=[Alias("hp", "harbour police")])
    misses = [miss("where are the hp"), miss("Where are the harbour police?")]
    assert len(clusters(misses, base.words_of)) == 1


def test_a_misspelt_question_stays_with_the_right_one() -> None:
    assert (
        len(clusters([miss("how do I renew my libary card"), miss("How do I renew my library card?")])) == 1
    )


def test_the_most_asked_cluster_comes_first_however_many_questions_it_has() -> None:
    found = clusters([*map(miss, PARKING), miss(ONE_OFFS[0], 9)])
    assert [cluster.times for cluster in found] == [9, len(PARKING)]


def test_of_clusters_asked_as_often_the_one_asked_last_comes_first() -> None:
    found = clusters([miss(ONE_OFFS[0], day=1), miss(ONE_OFFS[1], day=3), miss(ONE_OFFS[2], day=2)])
    assert [cluster.last.day - MONDAY.day for cluster in found] == [3, 2, 1]


def test_a_cluster_tells_how_often_and_from_when_to_when_it_was_asked() -> None:
    (cluster,) = clusters([miss(CAPTAIN[0], 2, day=3, days=1), miss(CAPTAIN[1], 3, day=1, days=8)])
    assert cluster.times == 5
    assert (cluster.first.day - MONDAY.day, cluster.last.day - MONDAY.day) == (1, 9)
    assert [m.times for m in cluster.misses] == [3, 2]


def test_the_question_to_show_is_one_that_is_like_the_others() -> None:
    (cluster,) = clusters(map(miss, PARKING))
    assert cluster.typical.question in PARKING[:3]


def test_the_question_to_show_is_the_one_that_most_asked() -> None:
    (cluster,) = clusters([miss(CAPTAIN[0]), miss(CAPTAIN[1], 7)])
    assert cluster.typical.question == CAPTAIN[1]


def test_the_stricter_the_fewer_are_put_together() -> None:
    misses = [*map(miss, (*PARKING, *CAPTAIN, *ONE_OFFS))]
    sizes = [len(clusters(misses, least=least)) for least in (0.2, 0.5, 0.7, 0.9, 1.1)]
    assert all(fewer <= more for fewer, more in pairwise(sizes))
    assert sizes[-1] == len(misses)


asked = st.lists(
    st.builds(
        miss,
        st.sampled_from((*PARKING, *CAPTAIN, *ONE_OFFS, "", "?")) | st.text(max_size=20),
        st.integers(1, 5),
        day=st.integers(0, 5),
    ),
    max_size=12,
)


@given(asked)
def test_every_miss_is_in_one_cluster(misses: list[Miss]) -> None:
    found = [m for cluster in clusters(misses) for m in cluster.misses]
    assert sorted(found, key=repr) == sorted(misses, key=repr)
    assert all(cluster.typical in cluster.misses for cluster in clusters(misses))


@given(asked, st.randoms(use_true_random=False))
def test_in_which_order_the_misses_come_does_not_matter(misses: list[Miss], rng: object) -> None:
    shuffled = list(misses)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clusters(shuffled) == clusters(misses)
