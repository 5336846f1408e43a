"""A sentence encoder on the CPU: texts become vectors of unit length, through onnxruntime and tokenizers."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import SettingsError
from knowledge.semantic.folder import ModelFiles

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

Floats = NDArray[np.float32]

LONGEST = 256
"""Tokens after which a text is cut off: what a question or a passage has at most."""
_LEAST_LENGTH = 1e-12


class SentenceEncoder:
    """Encodes texts with one model; may be used from several threads."""

    def __init__(self, files: ModelFiles, *, threads: int = 1) -> None:
        """Load a model that uses so many threads for a text.

        Raises `SettingsError` where the extra is not installed, or the files are no sentence encoder.
        """
        self._files = files
        self._session = _session(files, threads)
        self._tokenizer = _tokenizer(files)
        self._inputs = [given.name for given in self._session.get_inputs()]
        if unknown := sorted(set(self._inputs) - {"input_ids", "attention_mask", "token_type_ids"}):
            raise SettingsError(
                f"{files.model} is no sentence encoder: it asks for {', '.join(unknown)} as well."
            )
        self._output = _output(self._session)
        self.size = self._tried()
        """How many numbers a vector has."""

    def encode(self, text: str) -> Floats:
        """Return the vector of a text, of unit length; zero where the model sees nothing in it.

        One text at a time, without padding: models with 8-bit weights would give a text another vector beside other
        texts, and on one thread a batch is hardly faster.
        """
        tokens = np.array([self._tokenizer.encode(self._files.prefix + text).ids], np.int64)
        if not tokens.size:
            return np.zeros(self.size, np.float32)
        given = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        found = self._session.run([self._output], {name: given[name] for name in self._inputs})[0]
        vector = self._pooled(np.asarray(found[0], np.float32))
        return vector / max(float(np.linalg.norm(vector)), _LEAST_LENGTH)

    def _pooled(self, found: Floats) -> Floats:
        """Make one vector of those of a text's tokens, unless the model did already."""
        if found.ndim == 1:
            return found
        pooled: Floats = found[0] if self._files.takes_first else found.mean(axis=0)
        return pooled

    def _tried(self) -> int:
        """Encode a text, so that a model that cannot is found out at once; returns the size of its vector."""
        try:
            return len(self.encode("who"))
        except Exception as error:  # noqa: BLE001  its errors have no root of their own
            why = _first_line(error)
            raise SettingsError(
                f"{self._files.model} does not run ({why}): fetch or export it again."
            ) from None


def _session(files: ModelFiles, threads: int) -> "onnxruntime.InferenceSession":
    try:
        import onnxruntime  # noqa: PLC0415  only where a model is named
    except ImportError:
        raise _not_installed("onnxruntime") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors alone
    try:
        return onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001  its errors have no root of their own
        raise SettingsError(
            f"{files.model} cannot be loaded ({_first_line(error)}): fetch or export it again."
        ) from None


def _output(session: "onnxruntime.InferenceSession") -> str:
    """Return the output to take: the whole sentence's where the model gives it, else that of the tokens."""
    names: list[str] = [output.name for output in session.get_outputs()]
    return next((name for name in names if name == "sentence_embedding"), names[0])


def _tokenizer(files: ModelFiles) -> "tokenizers.Tokenizer":
    try:
        import tokenizers  # noqa: PLC0415  only where a model is named
    except ImportError:
        raise _not_installed("tokenizers") from None
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(files.tokenizer))
    except Exception as error:  # noqa: BLE001  it raises nothing more precise
        raise SettingsError(
            f"{files.tokenizer} cannot be read ({_first_line(error)}): fetch it again."
        ) from None
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def _not_installed(library: str) -> SettingsError:
    return SettingsError(
        f"A semantic model is named, but {library} is not installed: install the extra semantic"
        " (uv sync --extra semantic), or name no model."
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
