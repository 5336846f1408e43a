"""The sentence encoder, with a real onnxruntime on a tiny model."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import SettingsError
from knowledge.semantic.encoder import LONGEST, SentenceEncoder
from knowledge.semantic.folder import find_model
from tests.knowledge.semantic.tiny import MEANINGS, write_folder, write_json, write_model, write_tokenizer


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    return SentenceEncoder(find_model(write_folder(tmp_path_factory.mktemp("tiny"))))


def test_a_vector_is_the_mean_of_the_tokens_at_unit_length(encoder: SentenceEncoder) -> None:
    mean = np.mean([MEANINGS["king"], MEANINGS["fish"]], axis=0)
    assert encoder.size == 4
    assert encoder.encode("king fish") == pytest.approx(mean / np.linalg.norm(mean))


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_has_a_vector(encoder: SentenceEncoder, text: str) -> None:
    vector = encoder.encode(text)
    assert vector.shape == (4,)
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) <= 1 + 1e-5


def test_texts_that_mean_the_same_are_nearer_than_others(encoder: SentenceEncoder) -> None:
    king, monarch, trout = map(encoder.encode, ("king", "monarch", "trout"))
    assert king @ monarch > 0.9
    assert king @ trout < 0.5


def test_what_is_too_long_is_cut_off(encoder: SentenceEncoder) -> None:
    text = "king " * LONGEST
    assert (encoder.encode(text + "fish " * 99) == encoder.encode(text)).all()


def test_the_prefix_stands_before_every_text(tmp_path: Path) -> None:
    e5 = SentenceEncoder(find_model(write_folder(tmp_path / "e5")))
    mean = np.mean([MEANINGS["query:"], MEANINGS["king"]], axis=0)
    assert e5.encode("king") == pytest.approx(mean / np.linalg.norm(mean))


def test_the_first_token_is_taken_where_the_model_says_so(tmp_path: Path) -> None:
    write_json(tmp_path / "1_Pooling" / "config.json", {"pooling_mode_cls_token": True})
    first = SentenceEncoder(find_model(write_folder(tmp_path)))
    assert first.encode("king fish") == pytest.approx(np.array(MEANINGS["king"]))


@pytest.mark.parametrize(
    "inputs", [("input_ids",), ("input_ids", "attention_mask", "token_type_ids")], ids=len
)
def test_a_model_is_given_what_it_asks_for(tmp_path: Path, inputs: tuple[str, ...]) -> None:
    encoder = SentenceEncoder(find_model(write_folder(tmp_path, inputs=inputs)))
    assert encoder.encode("king") == pytest.approx(np.array(MEANINGS["king"]))


def test_a_model_that_gives_whole_sentences_is_taken_at_its_word(tmp_path: Path) -> None:
    encoder = SentenceEncoder(find_model(write_folder(tmp_path, whole=True)))
    mean = np.mean([MEANINGS["king"], MEANINGS["fish"]], axis=0)
    assert encoder.encode("king fish") == pytest.approx(mean / np.linalg.norm(mean))


def test_a_model_that_asks_for_something_else_is_no_sentence_encoder(tmp_path: Path) -> None:
    write_folder(tmp_path, inputs=("input_ids", "pixels"))
    with pytest.raises(SettingsError, match="no sentence encoder: it asks for pixels"):
        SentenceEncoder(find_model(tmp_path))


def test_a_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"version https://git-lfs.github.com/spec/v1")
    with pytest.raises(SettingsError, match=r"model.onnx cannot be loaded \("):
        SentenceEncoder(find_model(tmp_path))


def test_a_file_that_is_no_tokenizer_is_told(tmp_path: Path) -> None:
    write_model(tmp_path / "model.onnx")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"tokenizer.json cannot be read \("):
        SentenceEncoder(find_model(tmp_path))


def test_a_tokenizer_of_another_model_is_told(tmp_path: Path) -> None:
    write_model(tmp_path / "model.onnx", rows=1)
    write_tokenizer(tmp_path / "tokenizer.json")
    write_json(tmp_path / "config_sentence_transformers.json", {"prompts": {"query": "cost "}})
    with pytest.raises(SettingsError, match=r"model.onnx does not run \("):
        SentenceEncoder(find_model(tmp_path))


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_without_the_extra_a_named_model_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    files = find_model(write_folder(tmp_path))
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SettingsError, match=rf"{library} is not installed: install the extra semantic"):
        SentenceEncoder(files)


def test_nothing_of_the_extra_is_imported_before_a_model_is_opened() -> None:
    code = (
        "import sys, knowledge.library, knowledge.semantic, bot.lifecycle;"
        "print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert done.stdout.strip() == "set()"
