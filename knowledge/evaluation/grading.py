"""A server's own test set: questions of which moderators know what should answer them."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.answering import Base
from knowledge.evaluation.figures import Share
from knowledge.evaluation.judging import Verdict
from knowledge.evaluation.leaving_out import LeftOut, Pair, pairs
from knowledge.model import (
    Answer,
    AnswerSource,
    Citation,
    Entry,
    EntryKind,
    Graded,
    Outcome,
    Question,
    SourceKind,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A graded question, the answer to it, and what became of it."""

    graded: Graded
    answer: Answer
    verdict: Verdict
    is_answerable: bool
    """Whether an entry answers it; else it is best held back."""
    is_gone: bool
    """Whether what was right is not there any more, or hidden: nobody knows what is right now."""
    is_taught: bool
    """Whether an entry or gap has it as a phrasing, word for word: it then says nothing about other questions."""

    @property
    def is_good(self) -> bool:
        """Whether it ended as well as it can, as far as that is known."""
        return not self.is_gone and self.verdict is (
            Verdict.RIGHT if self.is_answerable else Verdict.HELD_BACK
        )


@dataclass(frozen=True, slots=True)
class Check:
    """What became of a server's graded questions.

    The shares leave out those that were taught word for word or whose entry is gone, and count those of the same
    words once.
    """

    checked: tuple[Checked, ...]
    """In the order in which they were asked."""
    right: Share | None
    """Of the questions that an entry answers, those that it does answer; None without any such question."""
    wrong: Share | None
    """Of all questions, those that are answered and should not be, or not so; None without any question."""
    pairs: tuple[Pair, ...]
    """The entries whose questions go to others, most harmful first."""


def check(base: Base, graded: Iterable[Graded]) -> Check:
    """Ask a base its graded questions; about a millisecond each, so not for the event loop.

    The shares know their bounds: `right.least` and `wrong.most` are what can be certified with 95 % certainty.
    """
    taught = {base.words_of(phrasing) for entry in base.known for phrasing in entry.phrasings}
    checked = tuple(_checked(base, one, is_taught=base.words_of(one.question) in taught) for one in graded)
    telling = [one for one in checked if not (one.is_taught or one.is_gone)]
    unseen = {base.words_of(one.graded.question): one for one in telling}.values()
    answerable = [one for one in unseen if one.is_answerable]
    right = sum(one.verdict is Verdict.RIGHT for one in answerable)
    wrong = sum(one.verdict is Verdict.WRONG for one in unseen)
    return Check(
        checked,
        Share(right, len(answerable)) if answerable else None,
        Share(wrong, len(unseen)) if unseen else None,
        pairs([_asked(one) for one in checked if one.is_answerable]),
    )


def is_answerable(base: Base, graded: Graded) -> bool:
    """Tell whether an entry answers a graded question: not a gap, nor one that is gone."""
    entry = base.entry(graded.entry) if graded.entry is not None else None
    return entry is not None and entry.kind is EntryKind.ENTRY


def verdict(base: Base, graded: Graded, answer: Answer) -> Verdict:
    """Say what became of a graded question, in the words of `judging`, by where the answer came from.

    Right is what its own entry says, or whatever else rests on the same line: another entry, a fact, a quotation. What
    no entry answers is best held back.
    """
    mine = base.entry(graded.entry) if graded.entry and is_answerable(base, graded) else None
    if answer.outcome is Outcome.CHOICES and mine is not None:
        offered = ((one.source, base.entry(one.source.id)) for one in answer.suggestions)
        is_offered = any(_says_it(mine, source, one.citations if one else ()) for source, one in offered)
        return Verdict.OFFERED if is_offered else Verdict.HELD_BACK
    if answer.outcome is not Outcome.ANSWER:
        return Verdict.HELD_BACK
    cited = (one.citation for one in answer.citations)
    is_right = mine is not None and answer.source is not None and _says_it(mine, answer.source, cited)
    return Verdict.RIGHT if is_right else Verdict.WRONG


def _checked(base: Base, graded: Graded, *, is_taught: bool) -> Checked:
    answer = base.answer(Question(graded.question))
    return Checked(
        graded,
        answer,
        verdict(base, graded, answer),
        is_answerable(base, graded),
        is_gone=graded.entry is not None and base.entry(graded.entry) is None,
        is_taught=is_taught,
    )


def _says_it(mine: Entry, source: AnswerSource, cited: Iterable[Citation]) -> bool:
    """Tell whether a source is a question's own entry, or cites a line that this cites too."""
    lines = {(citation.story, citation.start) for citation in mine.citations}
    return source == AnswerSource(SourceKind.ENTRY, mine.id) or any(
        (c.story, c.start) in lines for c in cited
    )


def _asked(one: Checked) -> LeftOut:
    """Return a graded question as one that is found by its entry, or goes to the best other candidate."""
    mine = AnswerSource(SourceKind.ENTRY, one.graded.entry or "")
    curated = (c.source for c in one.answer.candidates if c.source.kind in {SourceKind.ENTRY, SourceKind.GAP})
    went_to = one.answer.source if one.answer.outcome is Outcome.ANSWER else next(curated, None)
    is_right = one.verdict is Verdict.RIGHT or went_to == mine
    is_answered = one.answer.outcome is Outcome.ANSWER
    return LeftOut(mine, one.graded.question, went_to, is_found=is_right, is_answered=is_answered)
