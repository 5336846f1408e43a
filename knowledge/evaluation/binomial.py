"""What a sample says about all such questions: the bounds of Clopper and Pearson (Biometrika, 1934).

They follow from the binomial distribution itself, not from an approximation, and hold for samples of any size. Each
bound is one-sided: it fails for at most one sample in twenty.
"""

import math

CERTAINTY = 0.95
"""The probability, at least, with which a bound holds."""


def at_least(hits: int, tries: int) -> float:
    """Return the share that is certainly reached, where `hits` of `tries` (at least 1) were seen."""
    return 1.0 - at_most(tries - hits, tries)


def at_most(hits: int, tries: int) -> float:
    """Return the share that is certainly not exceeded, where `hits` of `tries` (at least 1) were seen.

    It is the share at which so few hits, or fewer, are seen only once in twenty samples, found by bisection.
    """
    if hits >= tries:
        return 1.0
    low, high = hits / tries, 1.0
    ways = [_log_ways(tries, k) for k in range(hits + 1)]
    while (middle := (low + high) / 2) not in {low, high}:
        if _so_few(ways, tries, middle) > 1.0 - CERTAINTY:
            low = middle
        else:
            high = middle
    return high


def needed(share: float) -> int:
    """Return how many tries without a single hit it takes to certify that a share (between 0 and 1) is not exceeded."""
    return math.ceil(math.log(1.0 - CERTAINTY) / math.log1p(-share))


def _log_ways(tries: int, hits: int) -> float:
    """Return the logarithm of the number of ways to have so many hits."""
    return math.lgamma(tries + 1) - math.lgamma(hits + 1) - math.lgamma(tries - hits + 1)


def _so_few(ways: list[float], tries: int, share: float) -> float:
    """Return the probability of fewer hits than there are ways given, where each try hits with this share."""
    hit, miss = math.log(share), math.log1p(-share)
    return math.fsum(math.exp(way + k * hit + (tries - k) * miss) for k, way in enumerate(ways))
