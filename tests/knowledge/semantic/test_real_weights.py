"""A real encoder, where a folder with one is named: SEMANTIC_MODEL_FOR_TESTS=models/minilm uv run pytest ..."""

import os
from pathlib import Path

import pytest

from knowledge.semantic import open_models

FOLDER = os.environ.get("SEMANTIC_MODEL_FOR_TESTS", "")


@pytest.mark.skipif(not FOLDER, reason="needs weights: name a folder in SEMANTIC_MODEL_FOR_TESTS")
@pytest.mark.parametrize(
    ("question", "same", "other"),
    [
        ("who won the race", "which runner came in first", "what does the ticket cost"),
        ("i lost my bank card", "my debit card is missing", "where is the nearest bank"),
    ],
)
def test_what_means_the_same_is_nearer_than_what_shares_words(
    tmp_path: Path, question: str, same: str, other: str
) -> None:
    sentences = open_models({"": Path(FOLDER)}, tmp_path)("en")
    assert sentences is not None
    near, far = sentences.curated([same, other]) @ sentences.question(question)
    assert near > far
