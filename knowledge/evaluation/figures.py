"""The figures that matter, and what a sample of questions can certify of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.evaluation.binomial import at_least, at_most
from knowledge.evaluation.judging import Judged, Kind, Verdict
from knowledge.model import Outcome

ALL_STYLES = "all"
"""The style under which a tally counts every style together."""

LOW_IS_GOOD = frozenset({"wrong", "answered"})
"""The shares of which people want to know that they are no higher; of all others, that they are no lower."""

Tally = Counter[Verdict]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many questions; `of` is at least 1."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.count / self.of

    @property
    def least(self) -> float:
        """The share that such questions have at least, with 95 % certainty (Clopper and Pearson, one-sided)."""
        return at_least(self.count, self.of)

    @property
    def most(self) -> float:
        """The share that such questions have at most, with 95 % certainty."""
        return at_most(self.count, self.of)


def tally(judged: Iterable[Judged]) -> dict[tuple[Kind, str], Tally]:
    """Count the verdicts of each kind and style, and of a kind's styles together under `ALL_STYLES`."""
    counts: dict[tuple[Kind, str], Tally] = {}
    for one in judged:
        for style in (ALL_STYLES, one.expected.style):
            counts.setdefault((one.kind, style), Counter())[one.verdict] += 1
    return dict(sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] != ALL_STYLES, item[0][1])))


def shares(judged: Iterable[Judged]) -> dict[str, Share]:
    """Return the figures that matter, with what they were counted from; one that nothing was asked for is left out.

    `right`, `wrong`, `offered` and `helped` (right or offered) of the answerable questions; `answered` of the
    unanswerable ones; `uncurated`: how many of those got their line.
    """
    counts = tally(judged)
    found: dict[str, Share] = {}
    if answerable := counts.get((Kind.ANSWERABLE, ALL_STYLES)):
        right, offered = answerable[Verdict.RIGHT], answerable[Verdict.OFFERED]
        whole = answerable.total()
        found |= {"right": Share(right, whole), "wrong": Share(answerable[Verdict.WRONG], whole)}
        found |= {"offered": Share(offered, whole), "helped": Share(right + offered, whole)}
    if unanswerable := counts.get((Kind.UNANSWERABLE, ALL_STYLES)):
        found["answered"] = Share(unanswerable[Verdict.WRONG], unanswerable.total())
    if uncurated := counts.get((Kind.UNCURATED, ALL_STYLES)):
        found["uncurated"] = Share(uncurated[Verdict.RIGHT], uncurated.total())
    return found


def wrong_answers(judged: Iterable[Judged]) -> Share | None:
    """Return how many of the answers given are wrong, whatever was asked; None where none was given."""
    given = [one for one in judged if one.answer.outcome is Outcome.ANSWER]
    return Share(sum(one.verdict is Verdict.WRONG for one in given), len(given)) if given else None


def figures(judged: Iterable[Judged]) -> dict[str, float]:
    """Return the same figures as mere shares of 1."""
    return {name: share.value for name, share in shares(judged).items()}
