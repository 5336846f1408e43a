"""The words that Discord and the terminal share, so that both say the same. Plain text, no markup."""

from knowledge.model import Answer, Cited, Outcome, SourceKind
from knowledge.text.folding import words
from knowledge.text.languages import NAMES, is_foreign

_SURE = ((0.9, "very sure"), (0.75, "fairly sure"), (0.5, "not quite sure"))
"""Confidence is calibrated, so the words can be counted: "very sure" is right nine times in ten."""

_NO_WORDS_FIT = "not sure at all"


_HELLO = """
hello|hi|hey|hiya|yo|greetings|howdy|good morning|good afternoon|good evening|good day|how are you|whats up|sup|
hallo|hei|hej|moin|guten tag|bonjour|salut|hola|buenos dias|ciao|ola|privet|test|ping
"""
_HELP = """
help|help me|help please|can you help me|commands|usage|instructions|who are you|what are you|who r u|
what is this|what is this bot|what is your name|what's your name|what do you do|what can you do|
what can i ask|what can i ask you|what do you know|what should i ask|how do you work|how does this work|
how do i use you|how do i use this|how can i use you|how to use this|how do i ask|are you a bot|
are you there|tell me about yourself|introduce yourself|aide|ayuda|hilfe|hjelp|wer bist du|qui es tu|
quien eres|hvem er du
"""
_ADDRESSED = {"there", "bot", "pullquote", "everyone", "all", "again", "dear", "please"}


def _said(text: str) -> tuple[str, ...]:
    """Return the words of a greeting, without whom it is addressed to."""
    return tuple(word for word in words(text) if word not in _ADDRESSED)


_NOT_ASKING = {_said(phrase) for phrase in f"{_HELLO}|{_HELP}".replace("\n", "").split("|")}


def asks_nothing(text: str) -> bool:
    """Return whether a text greets, asks for help or has no words, so that nothing in a story could answer it."""
    said = _said(text)
    return not said or said in _NOT_ASKING


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


def language_note(answer: Answer) -> str:
    """Return what to say where the excerpts are plainly in another language than the question: "" where they are not.

    `The source is in English.`; nothing about a language whose name is not known.
    """
    foreign = dict.fromkeys(c.language for c in answer.citations if is_foreign(answer.question, c.language))
    named = [NAMES[language] for language in foreign if language in NAMES]
    return f"The source is in {' and '.join(dict.fromkeys(named))}." if named else ""


def _is_gap(answer: Answer) -> bool:
    return answer.source is not None and answer.source.kind is SourceKind.GAP
