"""Why a question was answered as it was, in words that Discord and the terminal share. Plain text, no markup."""

from knowledge.answering import Considered, Explanation, Refusal
from knowledge.model import Outcome, SourceKind

_EVIDENCE = {
    "margin": "lead over its best rival",
    "opposed": "score of the best opponent",
    "told": "words found in it",
    "least": "how well the least met word is met",
    "meant": "words meant by something in it",
    "length": "telling words (logarithm)",
    "kind": "phrasings that ask the same kind",
    "has_kind": "a certain kind is asked for",
    "denial": "the question denies, it does not",
    "numbers": "numbers that it does not have",
    "names": "names that it does not have",
    "overlap": "words shared with one phrasing",
    "alignment": "same words as one phrasing",
    "votes": "votes of the ten nearest phrasings",
}
"""What each field of the evidence is called; the opponents of an entry are the gaps, those of a gap all others."""

_REFUSALS = {
    Refusal.DENIAL: "the question denies something that it does not",
    Refusal.NAMES: "the question names somebody else",
    Refusal.NUMBERS: "the question has another number",
    Refusal.KIND: "the question asks for another kind of answer",
    Refusal.UNSURE: "not sure enough",
    Refusal.RIVAL: "another one comes as near",
}


def evidence_in_words(field: str) -> str:
    """Return what a field of the evidence is called, in at most 36 characters."""
    return _EVIDENCE.get(field, field.replace("_", " "))


def name_of(candidate: Considered) -> str:
    """Return the id of a candidate and, for all but entries, its kind."""
    source = candidate.source
    return source.id if source.kind is SourceKind.ENTRY else f"{source.id} ({source.kind})"


def fate(explanation: Explanation, candidate: Considered) -> str:
    """Return what became of a candidate: given, offered, or why not."""
    answer = explanation.answer
    if candidate.source == answer.source:
        return "given" if answer.outcome is Outcome.ANSWER else "given: the story does not say"
    refused = "; ".join(_REFUSALS[refusal] for refusal in candidate.refusals)
    if any(candidate.source == offered.source for offered in answer.suggestions):
        return f"offered: {refused}" if refused else "offered"
    return refused or "another one is better"


def reading(explanation: Explanation) -> list[str]:
    """Return sentences on how the question was read, and which of its words nothing meets."""
    read = " ".join(explanation.asked) or "nothing"
    mended = ", ".join(f"{one.typed} to {one.read}" for one in explanation.mended)
    short = ", ".join(f"{one.typed} for {one.read}" for one in explanation.short_forms)
    sentences = [
        f"Read as: {read}",
        f"Short forms: {short}" if short else "",
        f"Mended: {mended}" if mended else "",
        "It was read as a follow-up, with the question before it." if explanation.is_follow_up else "",
        f"No candidate meets: {', '.join(explanation.uncovered)}" if explanation.uncovered else "",
    ]
    return list(filter(None, sentences))


def thresholds(explanation: Explanation) -> str:
    """Return from which confidence something is said."""
    least = explanation.thresholds
    return (
        f"An answer is given from {least.sure:.0%} confidence, if no other entry is as near and within"
        f" {least.margin:.0%}; choices are offered from {least.possible:.0%}. Lines are shown from a nearness of"
        f" {least.near:.0%}."
    )
