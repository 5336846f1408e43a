"""What a base answered to the questions that it knows, kept so that a change can be told from it at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from knowledge.answering import Base
from knowledge.answering.weighing import SAME
from knowledge.effect.changed import Touched, is_another_server, stems_affected, touched, words_affected
from knowledge.effect.known import Known
from knowledge.effect.said import Lookup, Seen, see
from knowledge.matching.encoding import Progress
from knowledge.matching.index import LEAST, MEANING_SHARE, Index

_ROUNDING = 1e-5
Flags = NDArray[np.bool_]


class Memory:
    """The answers of a base to the questions that it knows, and from where on a change touches each of them."""

    def __init__(
        self,
        base: Base,
        questions: Iterable[Known],
        before: "Memory | None" = None,
        progress: Progress = lambda _done, _all: None,
    ) -> None:
        """Ask the questions, but for those whose answers `before`, of an earlier base, shows to be still the same.

        Two or three milliseconds for each question that is asked: long, for thousands, and not for the event loop.
        """
        self.base = base
        self.questions = tuple(questions)
        kept: Mapping[str, Seen] = {} if before is None else before.still_true(base)
        self.seen: dict[str, Seen] = {}
        for done, one in enumerate(self.questions, start=1):
            self.seen[one.text] = kept.get(one.text) or see(base, one.text)
            progress(done, len(self.questions))
        looked_up = [(text, lookup) for text, seen in self.seen.items() for lookup in seen.lookups]
        lookups = [lookup for _, lookup in looked_up]
        self._texts = [text for text, _ in looked_up]
        """The question of each lookup; all that follows runs along the lookups."""
        encoded = base.compiled.encoder.encode([one.mended for one in lookups])
        self._index = Index(encoded, range(len(lookups)))
        """What was looked up, as if it were phrasings."""
        self._reach = np.array([_reach(one) for one in lookups], np.float32)
        self._open = np.array([not self.seen[text].is_alone for text in self._texts], bool)
        self._with_word = _places(one.words for one in lookups)
        self._with_stem = _places(one.stems for one in lookups)

    def still_true(self, after: Base) -> dict[str, Seen]:
        """Return what was seen and is certainly the same with a changed base."""
        affected = self.affected(after)
        return {text: seen for text, seen in self.seen.items() if text not in affected}

    def affected(self, after: Base) -> set[str]:
        """Return the questions that a changed base may answer otherwise; all others it answers the same."""
        if is_another_server(self.base, after):
            return set(self._texts)
        change = touched(self.base, after)
        found = self._open | self._near(change)
        words = words_affected(self.base, after, change, self._with_word)
        for places, keys in (
            (self._with_word, words),
            (self._with_stem, stems_affected(self.base, after, self._with_stem)),
        ):
            for key in keys:
                found[places[key]] = True
        return {self._texts[at] for at in np.flatnonzero(found).tolist()}

    def _near(self, change: Touched) -> Flags:
        """Tell for each question whether a touched phrasing is, or comes to be, among those it is answered by."""
        found = np.zeros(len(self._texts), bool)
        encoder = self.base.compiled.encoder
        for phrasing in {phrasing for group in change.groups for phrasing in group.folded}:
            like = self._index.similarities(encoder.encode([phrasing]))
            found |= (1 - MEANING_SHARE) * like.wording + MEANING_SHARE * like.meaning >= self._reach
        return found


def _reach(seen: Lookup) -> float:
    """Return from which likeness on a phrasing may change an answer.

    One that is a mere wording of the question makes the server's own entries be looked at alone, if they were not yet.
    """
    return max(min(seen.reach, seen.own_reach, SAME), float(LEAST)) - _ROUNDING


def _places(lists: Iterable[Iterable[str]]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, names in enumerate(lists):
        for name in names:
            found[name].append(place)
    return found
