"""An inverted index of whole terms: which texts hold a term."""

from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.matching.features import Ints

_NOWHERE = np.zeros(0, np.int64)


class Postings:
    """The terms of some texts, each with the texts that hold it."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        """Take the terms of each text."""
        places: dict[str, list[int]] = {}
        for at, terms in enumerate(texts):
            for term in dict.fromkeys(terms):
                places.setdefault(term, []).append(at)
        self.terms: tuple[str, ...] = tuple(places)
        """Every term, in the order in which they first came."""
        self._places = {term: np.array(rows, np.int64) for term, rows in places.items()}

    def holders(self, term: str, run: slice) -> Ints:
        """Return which of a run of texts hold a term, counted from the start of the run."""
        rows = self._places.get(term, _NOWHERE)
        first, last = rows.searchsorted((run.start, run.stop))
        held: Ints = rows[first:last] - run.start
        return held
