"""Sentence encoders small enough to be made on the spot: every word has a vector of its own."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

MEANINGS = {
    "[UNK]": (0.0, 0.0, 0.0, 0.1),
    "query:": (0.0, 0.0, 0.0, 9.0),
    "king": (1.0, 0.0, 0.0, 0.0),
    "monarch": (0.9, 0.1, 0.0, 0.0),
    "fish": (0.0, 1.0, 0.0, 0.0),
    "trout": (0.1, 0.9, 0.0, 0.0),
    "price": (0.0, 0.0, 1.0, 0.0),
    "cost": (0.0, 0.1, 0.9, 0.0),
}
"""What each word of the encoder means: words of one sense point the same way."""


def write_model(
    file: Path,
    *,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    whole: bool = False,
    rows: int | None = None,
) -> None:
    """Write an ONNX model that gives each token its word's vector.

    `whole`: it gives the mean of them all, doubled, as well. `rows`: it knows so many words only.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    table = numpy_helper.from_array(np.array(list(MEANINGS.values())[:rows], np.float32), "table")
    two = numpy_helper.from_array(np.array(2, np.float32), "two")
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    outputs = [_value("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", 4])]
    if whole:
        nodes.append(helper.make_node("ReduceMean", ["last_hidden_state"], ["mean"], axes=[1], keepdims=0))
        nodes.append(helper.make_node("Mul", ["mean", "two"], ["sentence_embedding"]))
        outputs.append(_value("sentence_embedding", TensorProto.FLOAT, ["batch", 4]))
    given = [_value(name, TensorProto.INT64, ["batch", "sequence"]) for name in inputs]
    graph = helper.make_graph(nodes, "tiny", given, outputs, [table, two])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(file))


def write_tokenizer(file: Path) -> None:
    """Write a tokenizer that knows the words of `MEANINGS`."""
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(MEANINGS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.save(str(file))


def write_folder(folder: Path, **model: object) -> Path:
    """Write a folder with a model and its tokenizer, and return it."""
    write_model(folder / "model.onnx", **model)  # type: ignore[arg-type]
    write_tokenizer(folder / "tokenizer.json")
    return folder


def write_json(file: Path, value: object) -> None:
    """Write one of the files that tell how a model wants its texts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")


def _value(name: str, kind: int, shape: Sequence[str | int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)
