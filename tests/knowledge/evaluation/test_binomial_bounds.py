"""The bounds of Clopper and Pearson, beside values that were computed elsewhere and beside their own definition."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation import at_least, at_most, needed

KNOWN = [
    (0, 12, 0.0, 0.220922191945556),
    (1, 20, 0.002561378776530, 0.216106164206847),
    (3, 4, 0.248604625730182, 0.987258544901434),
    (10, 100, 0.055263237682870, 0.163717623275814),
    (182, 293, 0.572073039767677, 0.668406560844714),
    (600, 1000, 0.573823413335309, 0.625739118154277),
    (5000, 10000, 0.491726504403739, 0.508273495596261),
    (12, 12, 0.779077808054444, 1.0),
]
"""Hits, tries, and the two quantiles of the beta distribution that the bounds are."""

samples = st.integers(1, 80).flatmap(lambda tries: st.tuples(st.integers(0, tries), st.just(tries)))


def so_few(hits: int, tries: int, share: float) -> float:
    """The probability of that many hits or fewer, straight from the definition."""
    return sum(comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(hits + 1))


@pytest.mark.parametrize(("hits", "tries", "least", "most"), KNOWN)
def test_known_values(hits: int, tries: int, least: float, most: float) -> None:
    assert at_least(hits, tries) == pytest.approx(least, abs=1e-11)
    assert at_most(hits, tries) == pytest.approx(most, abs=1e-11)


@given(samples)
def test_the_share_that_was_seen_lies_between_the_bounds(sample: tuple[int, int]) -> None:
    hits, tries = sample
    assert 0.0 <= at_least(hits, tries) <= hits / tries <= at_most(hits, tries) <= 1.0


@given(samples)
def test_at_the_upper_bound_so_few_hits_are_seen_once_in_twenty_samples(sample: tuple[int, int]) -> None:
    hits, tries = sample
    if hits < tries:
        assert so_few(hits, tries, at_most(hits, tries)) == pytest.approx(0.05)


@given(samples)
def test_more_of_the_same_certifies_more(sample: tuple[int, int]) -> None:
    hits, tries = sample
    assert at_most(2 * hits, 2 * tries) <= at_most(hits, tries)
    assert at_least(2 * hits, 2 * tries) >= at_least(hits, tries)


@pytest.mark.parametrize(("share", "tries"), [(0.5, 5), (0.05, 59), (0.01, 299)])
def test_how_many_faultless_tries_certify_a_share(share: float, tries: int) -> None:
    assert needed(share) == tries
    assert at_most(0, tries) <= share < at_most(0, tries - 1)
