"""How alike questions are, all with one another, is what one by one would give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.inbox import likeness as module
from knowledge.inbox.likeness import MEANING_SHARE, likeness
from knowledge.matching.encoding import Encoded, Encoder
from knowledge.matching.index import Index

WORDS = "where is the old library burned ferry captain price of tolvik zzzq".split()
TEXTS = [text.split() for text in ("where is the library", "where is the old library", "captain", "", "zzzq")]

texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=1, max_size=12)


def one_by_one(encoded: Encoded, words: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the likeness of wording and meaning as the index of phrasings has it."""
    index, encoder = Index(encoded, range(len(words))), Encoder.learnt(words)[0]
    rows = [index.similarities(encoder.encode([text])) for text in words]
    return np.stack([r.wording for r in rows]), np.stack([r.meaning for r in rows])


@given(texts, st.sampled_from((0.4, 0.7, 0.95)))
def test_what_may_be_alike_enough_is_as_alike_as_the_index_has_it(
    words: list[list[str]], least: float
) -> None:
    encoded = Encoder.learnt(words)[1]
    rows, alike = likeness(encoded, least)
    wording, meaning = one_by_one(encoded, words)
    whole = MEANING_SHARE * meaning + (1 - MEANING_SHARE) * wording
    np.fill_diagonal(whole, 0)
    wanted = np.flatnonzero((whole >= least + 1e-5).any(axis=1))
    assert set(wanted) <= set(rows)
    assert set(rows) <= set(np.flatnonzero((whole >= least - 1e-5).any(axis=1)))
    whole = whole[np.ix_(rows, rows)]
    enough = whole >= least
    np.testing.assert_allclose(alike[enough], whole[enough], atol=1e-4)
    assert (alike[~enough] <= whole[~enough] + 1e-4 + 2 * np.eye(len(rows))[~enough]).all()


@pytest.mark.parametrize("block", [1, 2, 256])
def test_how_many_are_compared_at_once_does_not_matter(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    encoded = Encoder.learnt(TEXTS)[1]
    rows, alike = likeness(encoded, 0.5)
    monkeypatch.setattr(module, "_BLOCK", block)
    others, again = likeness(encoded, 0.5)
    assert rows.tolist() == others.tolist() == [0, 1]
    np.testing.assert_allclose(alike, again, atol=1e-6)
