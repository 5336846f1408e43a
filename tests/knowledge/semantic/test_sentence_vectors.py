"""What texts mean: vectors that compare well, kept for curated texts and not for questions."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import SettingsError
from knowledge.semantic import open_models, read_models
from knowledge.semantic.cache import VectorCache
from knowledge.semantic.encoder import SentenceEncoder
from knowledge.semantic.folder import find_model
from knowledge.semantic.sentences import Sentences
from tests.knowledge.semantic.tiny import write_folder


class Counting(SentenceEncoder):
    """A sentence encoder that counts what it is given."""

    def __init__(self, folder: Path) -> None:
        self.given: list[str] = []
        super().__init__(find_model(folder))

    def encode(self, text: str) -> np.ndarray:
        self.given.append(text)
        return super().encode(text)


@pytest.fixture
def counting(tmp_path: Path) -> Counting:
    return Counting(write_folder(tmp_path / "tiny"))


@pytest.fixture
def cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "vectors.db")


def test_texts_of_one_meaning_are_alike_and_others_are_not(counting: Counting, cache: VectorCache) -> None:
    king, monarch, trout = Sentences(counting, cache).curated(["king", "monarch", "trout"])
    assert king @ monarch > 0.9
    assert king @ trout < 0.6


def test_what_every_text_has_in_common_does_not_make_them_alike(tmp_path: Path, cache: VectorCache) -> None:
    """The prefix of this encoder outweighs the words: all its vectors point nearly the same way."""
    e5 = SentenceEncoder(find_model(write_folder(tmp_path / "e5")))
    assert e5.encode("king") @ e5.encode("trout") > 0.9
    king, trout = Sentences(e5, cache).curated(["king", "trout"])
    assert king @ trout < 0.5


def test_a_question_has_the_vector_that_it_would_have_as_a_phrasing(
    counting: Counting, cache: VectorCache
) -> None:
    sentences = Sentences(counting, cache)
    assert sentences.question("king fish") @ sentences.curated(["king fish"])[0] == pytest.approx(1, abs=1e-3)


def test_curated_texts_are_encoded_once_ever(tmp_path: Path, counting: Counting, cache: VectorCache) -> None:
    first = Sentences(counting, cache).curated(["king", "fish", "king"])
    assert counting.given.count("king") == 1
    again = Counting(tmp_path / "tiny")
    assert (Sentences(again, cache).curated(["king", "fish", "king"]) == first).all()
    assert again.given == ["who"], "the one text that an encoder is tried with"


def test_questions_are_never_kept_on_disk(counting: Counting, cache: VectorCache) -> None:
    sentences = Sentences(counting, cache)
    sentences.question("what does a trout cost")
    sentences.question("what does a trout cost")
    assert counting.given.count("what does a trout cost") == 1, "it is asked twice, and encoded once"
    assert cache.read(["what does a trout cost"]) == {}


def test_progress_is_told_and_counts_what_has_to_be_encoded(counting: Counting, cache: VectorCache) -> None:
    sentences = Sentences(counting, cache)
    told: list[tuple[int, int]] = []
    texts = [f"fish {i}" for i in range(300)]
    sentences.curated(texts[:20])
    sentences.curated(texts, lambda done, of: told.append((done, of)))
    assert told == [(128, 280), (256, 280), (280, 280)]


def test_no_texts_are_no_vectors(counting: Counting, cache: VectorCache) -> None:
    assert Sentences(counting, cache).curated([]).shape == (0, 4)


def test_one_folder_is_for_every_language(tmp_path: Path) -> None:
    models = open_models(read_models(str(write_folder(tmp_path / "tiny"))), tmp_path)
    assert models("en") is not None
    assert models("fr") is not None


def test_a_language_has_its_own_folder_and_others_none(tmp_path: Path) -> None:
    models = open_models(read_models(f"en={write_folder(tmp_path / 'tiny')}"), tmp_path)
    assert models("en") is not None
    assert models("fr") is None


def test_models_are_read_by_language() -> None:
    read = read_models(" en = models/minilm , /models/e5 ")
    assert read == {"en": Path("models/minilm"), "": Path("/models/e5")}
    assert read_models("") == {}


@pytest.mark.parametrize(("text", "whom"), [("/a,/b", "all languages"), ("en=/a,/b,EN=/c", "en")])
def test_two_models_for_one_language_are_refused(text: str, whom: str) -> None:
    with pytest.raises(SettingsError, match=f"Two semantic models are named for {whom}"):
        read_models(text)


def test_another_model_does_not_read_the_vectors_of_this_one(tmp_path: Path) -> None:
    for name in ("tiny", "e5"):
        models = open_models(read_models(str(write_folder(tmp_path / name))), tmp_path / "kept")
        sentences = models("en")
        assert sentences is not None
        sentences.curated(["king"])
    assert len(list((tmp_path / "kept").glob("sentences-*.db"))) == 2
