"""Average linkage: join what is most alike, as long as two groups are alike enough on average."""

import numpy as np

from knowledge.matching.features import Floats

_NEVER = -1.0
"""The likeness of what is not, or no longer, to be joined."""


def linked(likeness: Floats, least: float) -> list[list[int]]:
    """Group items by how alike they are (a symmetric matrix, 0 to 1, which is used up); each group's items rise.

    Two groups are joined while the mean likeness of their pairs is `least` (above 0) or more, the most alike first.
    They are found by following nearest neighbours until two are each other's (Murtagh, "A survey of recent advances
    in hierarchical clustering algorithms", The Computer Journal, 1983): the time goes with the square of the items.
    """
    np.fill_diagonal(likeness, _NEVER)
    groups = {i: [i] for i in range(len(likeness))}
    found: list[list[int]] = []
    chain: list[int] = []
    while groups:
        chain = chain or [next(iter(groups))]
        last, before = chain[-1], chain[-2] if len(chain) > 1 else None
        nearest = int(likeness[last].argmax())
        if before is not None and likeness[last, before] >= likeness[last, nearest]:
            _join(likeness, groups, last, before)
            del chain[-2:]
        elif likeness[last, nearest] >= least:
            chain.append(nearest)
        else:
            # Others only become less like it by being joined, so nothing will ever be near enough.
            found.append(sorted(groups.pop(chain.pop())))
    return sorted(found)


def _join(likeness: Floats, groups: dict[int, list[int]], gone: int, kept: int) -> None:
    """Add one group to another, whose likeness to each other group becomes the mean over all pairs."""
    share = len(groups[gone]) / (len(groups[gone]) + len(groups[kept]))
    mean = share * likeness[gone] + (1 - share) * likeness[kept]
    mean[[gone, kept]] = _NEVER
    likeness[kept] = likeness[:, kept] = mean
    likeness[gone] = likeness[:, gone] = _NEVER
    groups[kept] += groups.pop(gone)
