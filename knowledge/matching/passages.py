"""Find the passages nearest to a question: BM25 (Robertson and Zaragoza, 2009) over stems, and token_set_ratio."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.matching.groups import meanings, pieces
from knowledge.model import Passage, Story
from knowledge.text.folding import words

_K1 = 1.2
_B = 0.75
_REREAD = 30
"""Best passages by BM25 that token_set looks at."""


@dataclass(frozen=True, slots=True)
class Near:
    """A passage and how near it is to the question, 0 to 1."""

    passage: Passage
    nearness: float


class PassageIndex:
    """The passages of some stories, by their stems."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._passages: list[tuple[Passage, str, int]] = []
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for story in stories:
            for passage in story.passages:
                self._add(passage, story.language)
        self._mean = sum(size for _, _, size in self._passages) / max(1, len(self._passages))

    def _add(self, passage: Passage, language: str) -> None:
        folded = [word for piece in pieces(passage.text) for word in words(piece)]
        stems = Counter(meanings(folded, language))
        for stem, times in stems.items():
            self._postings[stem].append((len(self._passages), times))
        self._passages.append((passage, " ".join(folded), stems.total()))

    def nearest(
        self, question: Sequence[str], languages: Iterable[str], *, story: str | None = None, limit: int = 3
    ) -> tuple[Near, ...]:
        """Return the passages nearest to a question, given as folded words, best first; of one story where named.

        `languages` are those in which the question's words are cut to stems, as the stories' languages.
        """
        if not self._passages:
            return ()
        stems = dict.fromkeys(stem for language in languages for stem in meanings(question, language))
        scores: dict[int, float] = defaultdict(float)
        most = 0.0
        for stem in stems:
            found = self._postings.get(stem, ())
            rarity = math.log(1 + (len(self._passages) - len(found) + 0.5) / (len(found) + 0.5))
            most += rarity * (_K1 + 1) / (1 + _K1 * 0.5)
            for at, times in found:
                size = self._passages[at][2] / self._mean
                scores[at] += rarity * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * size))
        asked = " ".join(question)
        ranked = sorted(
            (at for at in scores if story is None or self._passages[at][0].story == story),
            key=lambda at: -scores[at],
        )
        near = [
            Near(
                self._passages[at][0],
                0.5 * min(1.0, scores[at] / most)
                + 0.5 * fuzz.token_set_ratio(asked, self._passages[at][1]) / 100,
            )
            for at in ranked[:_REREAD]
        ]
        return tuple(sorted(near, key=lambda n: -n.nearness)[:limit])
