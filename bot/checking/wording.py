"""How well a server's graded questions are answered, in words. Plain text, no markup."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.certainty import too_few
from bot.counting import counted
from knowledge.answering import Base
from knowledge.evaluation import Check, Checked, Pair, Verdict
from knowledge.model import Answer, EntryKind, Graded, Outcome

_HEADINGS = {
    Verdict.WRONG: "Wrong",
    Verdict.OFFERED: "Only offered among choices",
    Verdict.HELD_BACK: "Not answered",
}
"""What ends otherwise than it should, the worst first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A question that did not end as it should."""

    heading: str
    question: str
    said: str
    right: str


def summary(check: Check) -> list[str]:
    """Return sentences on how many questions ended how, and on what that certifies of others like them."""
    answerable = [one for one in check.checked if one.is_answerable]
    gone = sum(one.is_gone for one in check.checked)
    others = [one for one in check.checked if not (one.is_answerable or one.is_gone)]
    good = sum(one.is_good for one in check.checked)
    lines = [f"{counted(len(check.checked), 'graded question')}, {good} as they should be."]
    if answerable:
        count = Counter(one.verdict for one in answerable)
        lines.append(
            f"Of {len(answerable)} that an entry answers: {count[Verdict.RIGHT]} right, {count[Verdict.WRONG]} wrong,"
            f" {count[Verdict.OFFERED]} offered among choices, {count[Verdict.HELD_BACK]} held back."
        )
    if others:
        count = Counter(one.verdict for one in others)
        lines.append(
            f"Of {len(others)} that the story does not answer: {count[Verdict.HELD_BACK]} held back as they should be,"
            f" {count[Verdict.WRONG]} answered all the same."
        )
    if gone:
        lines.append(
            f"Of {gone} the entry that was right is not there any more, or hidden: grade them anew, or take them out"
            " with /qa ungrade. They do not count in what follows."
        )
    return [*lines, *_certified(check)]


def findings(base: Base, check: Check) -> list[Finding]:
    """Return the questions that did not end as they should, the wrong ones first."""
    return [
        Finding(heading, one.graded.question, _said(one.answer), right(base, one.graded))
        for verdict, heading in _HEADINGS.items()
        for one in check.checked
        if one.verdict is verdict and not one.is_good
    ]


def confused(pairs: Sequence[Pair]) -> list[str]:
    """Return a line for each entry whose questions go to another."""
    return [
        f"{pair.entry.id} is taken for {pair.taken_for.id}: {pair.times} of {counted(pair.of, 'question')}"
        f"{f', {pair.answered} even answered so' if pair.answered else ''}; such as “{pair.example}”"
        for pair in pairs
    ]


def right(base: Base, graded: Graded) -> str:
    """Return what is right for a graded question."""
    if graded.entry is None:
        return "The story does not say this."
    entry = base.entry(graded.entry)
    if entry is None:
        return f"{graded.entry}, which is not there any more: grade the question anew."
    if entry.kind is EntryKind.GAP:
        return f"The story does not say this ({entry.id})."
    return f"{entry.id}: {entry.answer}"


def outcome(one: Checked) -> str:
    """Return what becomes of a single graded question, as a sentence."""
    if one.is_good:
        return "Right now I answer it so." if one.is_answerable else "Right now I hold back, as I should."
    return f"Right now it ends otherwise. {_HEADINGS[one.verdict]}: {_said(one.answer)}"


def report(base: Base, check: Check) -> str:
    """Return all of it as the text of a file."""
    blocks = ["\n".join(summary(check))]
    blocks += [
        f"{one.heading}: {one.question}\n  I said: {one.said}\n  Right: {one.right}"
        for one in findings(base, check)
    ]
    if check.pairs:
        blocks.append("\n".join(["Entries that are taken for others", *confused(check.pairs)]))
    rest = [one.graded.question for one in check.checked if one.is_good]
    if rest:
        blocks.append("\n".join(["As they should be", *rest]))
    return "\n\n".join(blocks) + "\n"


def _certified(check: Check) -> Iterator[str]:
    taught = sum(one.is_taught for one in check.checked)
    if taught:
        yield (
            f"{counted(taught, 'question')} of these stand{'s' if taught == 1 else ''} in an entry word for word. That"
            " tells whether something broke, but nothing about other questions, so they do not count in what follows."
        )
    if check.wrong is None:
        yield "Nothing can be certified: grade questions that members ask in words of their own, with /qa grade."
        return
    yield (
        f"Of {counted(check.wrong.of, 'question')} in other words, {check.wrong.count} got a wrong answer. If members"
        f" ask like this, at most {check.wrong.most:.0%} of their questions do (certified at 95 %)."
    )
    if check.right is not None:
        yield (
            f"Of {check.right.of} that an entry answers, {check.right.count} got the right answer: at least"
            f" {check.right.least:.0%} do (certified at 95 %)."
        )
    if sentence := too_few(check.wrong, "wrong"):
        yield sentence


def _said(answer: Answer) -> str:
    match answer.outcome:
        case Outcome.ANSWER:
            said = answer.text or " | ".join(cited.citation.excerpt for cited in answer.citations)
            return f"{answer.source.id}: {said}" if answer.source else said
        case Outcome.CHOICES:
            return "did you mean " + " | ".join(one.question for one in answer.suggestions)
        case Outcome.CLOSEST:
            return "that I do not know, with the nearest lines."
        case _:
            return "that I do not know."
