"""The words that Discord and the terminal share, so that both say the same. Plain text, no markup."""

from bot.texts import ENGLISH, Texts
from knowledge.model import Answer, Cited, Outcome, SourceKind
from knowledge.text.folding import words
from knowledge.text.languages import NAMES, is_foreign

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


def sureness(confidence: float, texts: Texts = ENGLISH) -> str:
    """Return how sure the bot is, as a sentence. Confidence is calibrated: "very sure" is right nine times in ten."""
    sentences = ((0.9, texts.very_sure), (0.75, texts.fairly_sure), (0.5, texts.not_quite_sure))
    return next((sentence for least, sentence in sentences if confidence >= least), texts.not_sure)


def opening(answer: Answer, texts: Texts = ENGLISH) -> str:
    """Return what is said first: the answer itself, or a sentence that tells the asker why there is none."""
    match answer.outcome:
        case Outcome.ANSWER:
            return answer.text
        case Outcome.CHOICES:
            return texts.choices
        case Outcome.CLOSEST:
            return texts.gap_with_lines if _is_gap(answer) else texts.closest
        case Outcome.UNKNOWN:
            return texts.gap if _is_gap(answer) else texts.unknown


def where(cited: Cited, texts: Texts = ENGLISH) -> str:
    """Return where an excerpt stands, for a person: publisher and title where known, and the place."""
    source = cited.source
    named = ", ".join(filter(None, (source.publisher, source.title))) or cited.name or cited.citation.story
    kind, space, number = cited.place.partition(" ")
    place = f"{texts.places.get(kind, kind)}{space}{number}"
    return f"{named}, {place}" if place else named


def language_note(answer: Answer, texts: Texts = ENGLISH) -> str:
    """Return what to say where the excerpts are plainly in another language than the question: "" where they are not.

    `The source is in English.`; nothing about a language whose name is not known.
    """
    foreign = dict.fromkeys(c.language for c in answer.citations if is_foreign(answer.question, c.language))
    named = [texts.languages.get(code, NAMES[code]) for code in foreign if code in NAMES]
    return texts.source_in.format(languages=texts.and_.join(dict.fromkeys(named))) if named else ""


def _is_gap(answer: Answer) -> bool:
    return answer.source is not None and answer.source.kind is SourceKind.GAP
