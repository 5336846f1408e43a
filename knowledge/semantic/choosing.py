"""Which sentence encoder is for which language, as the operator names them."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs

from knowledge.errors import SettingsError
from knowledge.semantic.cache import VectorCache
from knowledge.semantic.encoder import SentenceEncoder
from knowledge.semantic.folder import ModelFiles, find_model
from knowledge.semantic.sentences import Sentences


def open_models(named: Mapping[str, Path], cache: Path | None = None) -> Callable[[str], Sentences | None]:
    """Return what opens the encoder for a language: None where none is named for it.

    `named` are folders or files by language, "" for all others. Vectors are kept in the folder `cache`; None: the
    platform's. Opening raises `SettingsError` where the encoder is not there, or its libraries are not installed.
    """
    kept = cache or platformdirs.user_cache_path("pullquote", appauthor=False)

    def opened(language: str) -> Sentences | None:
        path = named.get(language) or named.get("")
        if path is None:
            return None
        files = find_model(path)
        return Sentences(SentenceEncoder(files), VectorCache(kept / f"sentences-{_identity(files)}.db"))

    return opened


def read_models(text: str) -> dict[str, Path]:
    """Read `/models/e5`, or one with a language before it and commas between: `en=/models/minilm,/models/e5`.

    Raises `SettingsError` where a language is named twice.
    """
    named: dict[str, Path] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        language, _, path = part.rpartition("=")
        language = language.strip().lower()
        if language in named:
            raise SettingsError(
                f"Two semantic models are named for {language or 'all languages'}: put a language before one of them,"
                " such as en=/models/minilm,/models/e5."
            )
        named[language] = Path(path.strip()).expanduser()
    return named


def _identity(files: ModelFiles) -> str:
    """Return a name that changes with anything that changes vectors."""
    digest = hashlib.blake2b(files.prefix.encode(), digest_size=8)
    for path in (files.model, files.tokenizer):
        with path.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()
