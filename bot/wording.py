"""The words that Discord and the terminal share, so that both say the same. Plain text, no markup."""

from knowledge.model import Answer, Cited, Outcome, SourceKind

_SURE = ((0.9, "very sure"), (0.75, "fairly sure"), (0.5, "not quite sure"))
"""Confidence is calibrated, so the words can be counted: "very sure" is right nine times in ten."""

_NO_WORDS_FIT = "not sure at all"


def confidence_in_words(confidence: float) -> str:
    """Return how sure the bot is, to stand after "I am": `very sure` from 0.9, and so on down."""
    return next((words for least, words in _SURE if confidence >= least), _NO_WORDS_FIT)


def opening(answer: Answer) -> str:
    """Return what is said first: the answer itself, or a sentence that tells the asker why there is none."""
    match answer.outcome:
        case Outcome.ANSWER:
            return answer.text
        case Outcome.CHOICES:
            return "I'm not certain which of these you mean:"
        case Outcome.CLOSEST if _is_gap(answer):
            return "The story doesn't say. What it does say:"
        case Outcome.CLOSEST:
            return "I don't have an answer to that. The nearest lines in the story:"
        case Outcome.UNKNOWN if _is_gap(answer):
            return "The story doesn't say."
        case Outcome.UNKNOWN:
            return "I found nothing about that in the story."


def where(cited: Cited) -> str:
    """Return where an excerpt stands, for a person: publisher and title where known, and the place."""
    source = cited.source
    named = ", ".join(filter(None, (source.publisher, source.title))) or cited.name or cited.citation.story
    return f"{named}, {cited.place}" if cited.place else named


def _is_gap(answer: Answer) -> bool:
    return answer.source is not None and answer.source.kind is SourceKind.GAP
