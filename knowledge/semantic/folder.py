"""Find what a sentence encoder is made of in the folder that an operator named.

The folder is an ONNX export of a sentence-transformers model: `model.onnx`, or one file under `onnx/`, and
`tokenizer.json`; what else is read, if it is there, is how the model wants its texts.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import SettingsError

_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])", re.IGNORECASE)
_E5_PREFIX = "query: "
"""E5 was trained on texts that say what they are; questions compared with questions are all queries
(https://huggingface.co/intfloat/multilingual-e5-small, "FAQ")."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of an encoder, and how it wants its texts."""

    model: Path
    tokenizer: Path
    prefix: str
    """What is put before every text."""
    takes_first: bool
    """Whether a text's vector is that of its first token, not the mean of all of them."""


def find_model(named: Path) -> ModelFiles:
    """Find an encoder by its folder, or by the `.onnx` file itself where a folder holds several.

    Raises `SettingsError` where the model or its tokenizer is not there, or could be one of several files.
    """
    model = named if named.is_file() else _only_model(named)
    # A file named by itself stands in the folder, or one below it.
    folders = [named] if named.is_dir() else [model.parent, model.parent.parent]
    return ModelFiles(
        model,
        _tokenizer(model, folders),
        _prefix(folders),
        takes_first=any(_json(f / "1_Pooling/config.json").get("pooling_mode_cls_token") for f in folders),
    )


def _only_model(folder: Path) -> Path:
    if not folder.is_dir():
        raise SettingsError(
            f"There is no folder {folder}: name the folder of a sentence encoder, with model.onnx and tokenizer.json."
        )
    for usual in (folder / "model.onnx", folder / "onnx" / "model.onnx"):
        if usual.is_file():
            return usual
    found = sorted([*folder.glob("*.onnx"), *folder.glob("onnx/*.onnx")])
    if not found:
        raise SettingsError(
            f"{folder} holds no model.onnx, nor onnx/*.onnx: export the encoder to ONNX first, as the README tells."
        )
    if len(found) > 1:
        names = ", ".join(str(path.relative_to(folder)) for path in found)
        raise SettingsError(f"{folder} holds several models: name one of the files instead ({names}).")
    return found[0]


def _tokenizer(model: Path, folders: list[Path]) -> Path:
    for folder in (*folders, model.parent):
        if (path := folder / "tokenizer.json").is_file():
            return path
    raise SettingsError(
        f"There is no tokenizer.json in {folders[0]}: copy it there from where the model came from."
    )


def _prefix(folders: list[Path]) -> str:
    """Return the model's own prompt for a question, or that of E5 where its folder or config says that it is one."""
    for folder in folders:
        prompt = _json(folder / "config_sentence_transformers.json").get("prompts", {}).get("query")
        if prompt is not None:
            return str(prompt)
        if _E5.search(folder.resolve().name) or _E5.search(
            str(_json(folder / "config.json").get("_name_or_path"))
        ):
            return _E5_PREFIX
    return ""


def _json(path: Path) -> dict[str, Any]:
    """Return a JSON object; an empty one where the file is not there. Raises `SettingsError` for any other file."""
    if not path.is_file():
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SettingsError(f"{path} is not JSON ({error}): fetch it again.") from None
    return value if isinstance(value, dict) else {}
