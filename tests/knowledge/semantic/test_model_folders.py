"""The folder of a sentence encoder: what is found in it, and what is said where something is missing."""

from pathlib import Path

import pytest

from knowledge.errors import SettingsError
from knowledge.semantic.folder import find_model
from tests.knowledge.semantic.tiny import write_json, write_model, write_tokenizer


def test_a_model_beside_its_tokenizer_is_found(tmp_path: Path) -> None:
    write_model(tmp_path / "model.onnx")
    write_tokenizer(tmp_path / "tokenizer.json")
    found = find_model(tmp_path)
    assert (found.model, found.tokenizer) == (tmp_path / "model.onnx", tmp_path / "tokenizer.json")
    assert (found.prefix, found.takes_first) == ("", False)


@pytest.mark.parametrize("name", ["model.onnx", "model_qint8_avx512.onnx"])
def test_a_model_under_onnx_is_found_as_exports_have_it(tmp_path: Path, name: str) -> None:
    write_model(tmp_path / "onnx" / name)
    write_tokenizer(tmp_path / "tokenizer.json")
    assert find_model(tmp_path).model == tmp_path / "onnx" / name


def test_of_several_models_the_one_without_an_ending_is_taken(tmp_path: Path) -> None:
    for name in ("model.onnx", "model_O4.onnx"):
        write_model(tmp_path / "onnx" / name)
    write_tokenizer(tmp_path / "onnx" / "tokenizer.json")
    assert find_model(tmp_path).model == tmp_path / "onnx" / "model.onnx"


def test_several_models_are_told_and_one_of_them_can_be_named(tmp_path: Path) -> None:
    for name in ("model_O4.onnx", "model_qint8.onnx"):
        write_model(tmp_path / "onnx" / name)
    write_tokenizer(tmp_path / "tokenizer.json")
    with pytest.raises(
        SettingsError, match=r"several models: name one of the files.*model_O4.onnx.*model_qint8"
    ):
        find_model(tmp_path)
    found = find_model(tmp_path / "onnx" / "model_qint8.onnx")
    assert found.tokenizer == tmp_path / "tokenizer.json"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"There is no folder .*nowhere"):
        find_model(tmp_path / "nowhere")


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    write_tokenizer(tmp_path / "tokenizer.json")
    with pytest.raises(SettingsError, match=r"holds no model\.onnx"):
        find_model(tmp_path)


def test_a_model_without_its_tokenizer_is_told(tmp_path: Path) -> None:
    write_model(tmp_path / "model.onnx")
    with pytest.raises(SettingsError, match=r"There is no tokenizer\.json in"):
        find_model(tmp_path)


@pytest.mark.parametrize("name", ["multilingual-e5-small", "E5_base", "e5"])
def test_e5_is_known_by_its_folder(tmp_path: Path, name: str) -> None:
    write_model(tmp_path / name / "model.onnx")
    write_tokenizer(tmp_path / name / "tokenizer.json")
    assert find_model(tmp_path / name).prefix == "query: "


@pytest.mark.parametrize("name", ["ae5f", "base5", "e55"])
def test_a_folder_that_merely_holds_the_letters_is_not_e5(tmp_path: Path, name: str) -> None:
    write_model(tmp_path / name / "model.onnx")
    write_tokenizer(tmp_path / name / "tokenizer.json")
    assert find_model(tmp_path / name).prefix == ""


def test_e5_is_known_by_its_config(tmp_path: Path) -> None:
    write_model(tmp_path / "onnx" / "model.onnx")
    write_tokenizer(tmp_path / "tokenizer.json")
    write_json(tmp_path / "config.json", {"_name_or_path": "intfloat/multilingual-e5-small"})
    assert find_model(tmp_path).prefix == "query: "


def test_the_prompt_that_a_model_names_itself_wins(tmp_path: Path) -> None:
    write_model(tmp_path / "e5" / "model.onnx")
    write_tokenizer(tmp_path / "e5" / "tokenizer.json")
    write_json(tmp_path / "e5" / "config_sentence_transformers.json", {"prompts": {"query": "ask: "}})
    assert find_model(tmp_path / "e5").prefix == "ask: "


def test_a_model_that_takes_the_first_token_says_so(tmp_path: Path) -> None:
    write_model(tmp_path / "model.onnx")
    write_tokenizer(tmp_path / "tokenizer.json")
    write_json(tmp_path / "1_Pooling" / "config.json", {"pooling_mode_cls_token": True})
    assert find_model(tmp_path).takes_first


def test_a_config_that_is_no_json_is_told(tmp_path: Path) -> None:
    write_model(tmp_path / "model.onnx")
    write_tokenizer(tmp_path / "tokenizer.json")
    (tmp_path / "config.json").write_text("<html>", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"config.json is not JSON"):
        find_model(tmp_path)
