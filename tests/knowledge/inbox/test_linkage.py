"""Average linkage joins what is most alike, by the mean over all pairs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.inbox.linkage import linked
from knowledge.matching.features import Floats


def alike(size: int, pairs: dict[tuple[int, int], float]) -> Floats:
    found = np.zeros((size, size), np.float32)
    for (one, other), value in pairs.items():
        found[one, other] = found[other, one] = value
    return found


def slowly(likeness: Floats, least: float) -> list[list[int]]:
    """Do the same as the definition says: always join the two groups with the highest mean."""
    groups = [[i] for i in range(len(likeness))]
    while len(groups) > 1:
        means = {
            (i, j): float(likeness[np.ix_(groups[i], groups[j])].mean())
            for j in range(len(groups))
            for i in range(j)
        }
        (one, other), best = max(means.items(), key=lambda item: item[1])
        if best < least:
            break
        groups[one] += groups.pop(other)
    return sorted(map(sorted, groups))


def test_nothing_is_linked_where_there_is_nothing() -> None:
    assert linked(alike(0, {}), 0.5) == []


def test_items_are_joined_from_the_least_likeness_on() -> None:
    pairs = {(0, 1): 0.5, (2, 3): 0.49}
    assert linked(alike(4, pairs), 0.5) == [[0, 1], [2], [3]]


def test_a_chain_of_neighbours_is_no_group() -> None:
    pairs = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}
    assert linked(alike(4, pairs), 0.5) == [[0, 1], [2, 3]]


def test_every_pair_counts_for_the_mean() -> None:
    pairs = {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.3}
    assert linked(alike(3, pairs), 0.5) == [[0, 1, 2]]
    assert linked(alike(3, pairs), 0.6) == [[0, 1], [2]]


def test_equal_items_are_one_group() -> None:
    assert linked(np.ones((5, 5), np.float32), 0.9) == [[0, 1, 2, 3, 4]]


@given(st.integers(1, 12), st.integers(0, 2**31), st.sampled_from((0.2, 0.5, 0.8)))
def test_it_is_as_if_the_likest_were_joined_one_by_one(size: int, seed: int, least: float) -> None:
    drawn = np.random.default_rng(seed).random((size, size)).astype(np.float32)
    likeness = np.maximum(drawn, drawn.T)
    assert linked(likeness.copy(), least) == slowly(likeness, least)


@pytest.mark.parametrize("size", [1, 2, 7])
def test_each_item_is_in_one_group(size: int) -> None:
    found = linked(np.full((size, size), 0.6, np.float32), 0.7)
    assert found == [[i] for i in range(size)]
