"""Find the passages nearest to a question, by a handful of signs that hold in any language.

Every word of the question is looked for in every passage: as a stem, in a spelling that is like it, and in the
sentences beside it; each weighed by how rare it is in the passage's story (the inverse document frequency of BM25,
Robertson and Zaragoza, 2009). To it come character n-grams, word vectors, and whether the passage tells the kind of
thing that is asked for. A logistic function of their sum is the nearness: about the probability that the passage
holds the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.matching.encoding import Encoder
from knowledge.matching.features import Floats
from knowledge.matching.groups import pieces
from knowledge.matching.index import Index
from knowledge.matching.near_words import NearWords
from knowledge.matching.postings import Postings
from knowledge.matching.vectors import word_vectors
from knowledge.model import Passage, Story
from knowledge.text.asking import content, kinds
from knowledge.text.folding import words
from knowledge.text.stems import stem
from knowledge.text.telling import told

MIX = {"held": 4.6, "alike": 1.3, "meant": 2.2, "beside": 3.1, "wording": 3.7, "meaning": 3.1, "kind": 0.8}
"""How much each sign counts, as `benchmarks/train_passages.py` found, in the order in which `signs` gives them."""
OFFSET = 4.8
"""The sum of the signs at which a passage is as likely right as wrong."""

_SHARED = 4
"""The first signs, which tell that a passage shares something with the question."""
_BESIDE = {-2: 0.5, -1: 1.0, 1: 0.5}
"""How much a word counts that stands so many sentences on, beside one that stands in the sentence before."""
_MEANT = 0.4
"""The least cosine at which a word of a passage counts as what a word of the question means."""
_REMEMBERED = 4096
_NUMBER, _NAME, _TIME = range(3)
_ENOUGH = np.array([1, 3, 1], np.float32)
"""How many numbers, names and times a passage tells that tells them fully."""
_TOLD = {"many": [_NUMBER], "age": [_NUMBER], "time": [_NUMBER, _TIME], "person": [_NAME], "place": [_NAME]}
"""What tells each kind of answer."""


@dataclass(frozen=True, slots=True)
class Near:
    """A passage and how near it is to the question, 0 to 1."""

    passage: Passage
    nearness: float


class PassageIndex:
    """The passages of some stories, each story's behind one another."""

    def __init__(self, stories: Iterable[Story]) -> None:
        told_of = [story for story in stories if story.passages]
        self._passages = [passage for story in told_of for passage in story.passages]
        languages = [story.language for story in told_of for _ in story.passages]
        self._ends = np.cumsum([0, *(len(story.passages) for story in told_of)])
        spans = zip(told_of, self._ends.tolist(), self._ends[1:].tolist(), strict=False)
        self._story_of = np.repeat(np.arange(len(told_of)), np.diff(self._ends))
        self._scopes = {story.slug: slice(start, end) for story, start, end in spans}
        folded = [[w for piece in pieces(p.text) for w in words(piece)] for p in self._passages]
        self._stems = Postings(
            [[stem(w, lang) for w in text] for text, lang in zip(folded, languages, strict=True)]
        )
        self._spellings = NearWords(self._stems.terms)
        word_of = {
            stem(w, lang): w for text, lang in zip(folded, languages, strict=True) for w in reversed(text)
        }
        self._meanings = word_vectors().texts([[word_of[term]] for term in self._stems.terms])
        self._meant_by = lru_cache(_REMEMBERED)(self._look_for_meant)
        self._encoder, encoded = Encoder.learnt(folded)
        self._index = Index(encoded, range(len(folded)))
        tells = [told(passage.text) for passage in self._passages]
        self._numbers = Postings([t.numbers for t in tells])
        self._names = Postings([t.names for t in tells])
        self._tell = np.array([(len(t.numbers), len(t.names), t.has_time) for t in tells], np.float32)

    def nearest(
        self, question: Sequence[str], languages: Iterable[str], *, story: str | None = None, limit: int = 3
    ) -> tuple[Near, ...]:
        """Return the passages nearest to a question, given as folded words, best first; of one story where named.

        `languages` are those in which the question's words are cut to stems, as the stories' languages. A passage
        that shares nothing with the question is left out.
        """
        scope = self.scope(story)
        if scope.start == scope.stop or not question:
            return ()
        signs = self.signs(question, languages, scope)
        nearness = 1 / (1 + np.exp(OFFSET - (signs * [*MIX.values()]).sum(axis=1)))
        nearness[~signs[:, :_SHARED].any(axis=1)] = 0
        best = np.argsort(-nearness, kind="stable")[:limit].tolist()
        return tuple(Near(self._passages[scope.start + i], float(nearness[i])) for i in best if nearness[i])

    def scope(self, story: str | None) -> slice:
        """Return where the passages of a story stand, or of all stories; an empty slice for one that is not here."""
        return slice(0, len(self._passages)) if story is None else self._scopes.get(story, slice(0, 0))

    def signs(self, question: Sequence[str], languages: Iterable[str], scope: slice) -> Floats:
        """Return what speaks for each passage of a scope: a row each, a column for each sign, in the order of `MIX`."""
        languages = tuple(languages)
        starts = self._ends[(self._ends >= scope.start) & (self._ends < scope.stop)] - scope.start
        lengths = np.diff(np.append(starts, scope.stop - scope.start))
        telling = content(tuple(question))
        asked = [{stem(w, language) for language in languages} for w in telling]
        held = np.stack([self._held(forms, scope) for forms in asked])
        meant = np.stack([self._meant(word, scope) for word in telling])
        alike = np.stack([self._alike(forms, scope) for forms in asked])
        beside = self._beside(held, scope)
        holding = np.add.reduceat(held, starts, axis=1)
        rarity = np.log(1 + (lengths - holding + 0.5) / (holding + 0.5))
        share = np.repeat(rarity / rarity.sum(axis=0), lengths, axis=1)
        whole = self._index.similarities(self._encoder.encode([question]))
        columns = (
            (share * held).sum(axis=0),
            (share * np.where(held, 0, alike)).sum(axis=0),
            (share * np.where(held, 0, meant)).sum(axis=0),
            (share * np.where(held, 0, beside)).sum(axis=0),
            whole.wording[scope],
            # Of words that the stories do not have, as those of another language, the vectors are too coarse.
            whole.meaning[scope] * held.any(axis=1).mean(),
            self._of_the_kind(question, scope),
        )
        return np.stack(columns, axis=1).astype(np.float32)

    def _held(self, forms: Iterable[str], scope: slice) -> Floats:
        found = np.zeros(scope.stop - scope.start, np.float32)
        for form in forms:
            found[self._stems.holders(form, scope)] = 1
        return found

    def _alike(self, forms: Iterable[str], scope: slice) -> Floats:
        """Return how alike to a word, at most, a word of each passage is spelt, 0 to 1."""
        found = np.zeros(scope.stop - scope.start, np.float32)
        spellings = ((likeness, near) for form in forms for near, likeness in self._spellings.near(form))
        for likeness, near in sorted(spellings):
            found[self._stems.holders(near, scope)] = likeness
        return found

    def _meant(self, word: str, scope: slice) -> Floats:
        """Return how near in meaning to a word, at most, a word of each passage is, as a cosine; 0 below `_MEANT`."""
        found = np.zeros(scope.stop - scope.start, np.float32)
        for cosine, near in self._meant_by(word):
            found[self._stems.holders(near, scope)] = cosine
        return found

    def _look_for_meant(self, word: str) -> tuple[tuple[float, str], ...]:
        cosines = self._meanings @ word_vectors().text([word])
        near = np.flatnonzero(cosines >= _MEANT).tolist()
        return tuple(sorted((float(cosines[at]), self._stems.terms[at]) for at in near))

    def _beside(self, held: Floats, scope: slice) -> Floats:
        """Return how near to each passage the words stand in the sentences beside it of the same story, 0 to 1."""
        found = np.zeros_like(held)
        story = self._story_of[scope]
        for step, worth in _BESIDE.items():
            here, there = (
                (slice(-step, None), slice(None, step))
                if step < 0
                else (slice(None, -step), slice(step, None))
            )
            same = story[here] == story[there]
            found[:, here] = np.maximum(found[:, here], worth * held[:, there] * same)
        return found

    def _of_the_kind(self, question: Sequence[str], scope: slice) -> Floats:
        """Return how far passages tell a number, a time or names that the question asks for and does not hold."""
        wanted = kinds(question) & _TOLD.keys()
        if not wanted:
            return np.zeros(scope.stop - scope.start, np.float32)
        tell = self._tell[scope].copy()
        for word in set(question):
            tell[self._numbers.holders(word, scope), _NUMBER] -= 1
            tell[self._names.holders(word, scope), _NAME] -= 1
        tell = np.clip(tell / _ENOUGH, 0, 1)
        found: Floats = tell[:, [column for kind in wanted for column in _TOLD[kind]]].max(axis=1)
        return found
