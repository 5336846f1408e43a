"""Look closer at passages: how near their words are to a question, joined with what a sentence encoder says."""

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

from knowledge.matching.encoding import Progress, Sentences, joined
from knowledge.matching.passages import Near
from knowledge.model import Passage

LOOKED_AT = 30
"""Passages nearest by their words whose nearness counts; that of the others is next to nothing."""

_MEANING = 4.0
"""What a cosine of 1 adds to the log-odds of nearness: the best of 4 to 14 on SQuAD 2 (all-MiniLM-L6-v2 and
multilingual-e5-small) and on Romanian XQuAD (the latter)."""
_MIDDLE = 0.45
"""The cosine that adds nothing: those of right passages were about 0.55 there, of near ones that are wrong 0.4."""
_LEAST = 0.01


class CloserPassages:
    """The passages of some stories by what they mean."""

    def __init__(self, passages: Iterable[Passage], sentences: Sentences, progress: Progress) -> None:
        """Encode passages, which may take a while."""
        self._passages = tuple(passages)
        self._sentences = sentences
        self._vectors = sentences.curated([passage.text for passage in self._passages], progress)
        self._row = {passage.id: row for row, passage in enumerate(self._passages)}

    def nearest(
        self, question: Sequence[str], near: Iterable[Near], *, story: str | None = None, limit: int = 3
    ) -> tuple[Near, ...]:
        """Return the passages nearest to a question, given as folded words, best first; of one story where named.

        `near` are those nearest by their words. Any passage may come out, one too that shares no word with a question.
        """
        nearness = np.full(len(self._passages), _LEAST)
        for one in near:
            nearness[self._row[one.passage.id]] = min(max(one.nearness, _LEAST), 1 - _LEAST)
        cosines = self._vectors @ self._sentences.question(joined(question))
        odds = nearness / (1 - nearness) * np.exp(_MEANING * (cosines - _MIDDLE))
        order = np.argsort(-odds, kind="stable").tolist()
        rows = (row for row in order if story is None or self._passages[row].story == story)
        return tuple(
            Near(self._passages[row], float(odds[row] / (1 + odds[row]))) for row in islice(rows, limit)
        )
