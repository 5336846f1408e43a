"""Cut words to their stems, so that "scored" and "scores" are one word. Snowball's algorithms, by language."""

from functools import lru_cache
from threading import Lock

from Stemmer import Stemmer

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# A stemmer holds the word that it works on, and bases are built in threads beside the one that answers.
_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=16)
def _stemmer(language: str) -> Stemmer:
    return Stemmer(_ALGORITHMS[language], 0)  # what it stemmed is remembered below


@lru_cache(maxsize=1 << 15)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word; the word itself in a language that has no stemmer here."""
    if language not in _ALGORITHMS:
        return word
    with _ONE_AT_A_TIME:
        return str(_stemmer(language).stemWord(word))
