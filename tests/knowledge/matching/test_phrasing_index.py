"""The index: nearest phrasings, and the regression over them."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching.encoding import Encoder
from knowledge.matching.index import NEIGHBOURS, Index, Neighbours, neighbours

PHRASINGS = [
    "who won the award",
    "winner of the award",
    "how many goals did she score",
    "number of goals",
    "when did she join lyon",
    "since when does she play for lyon",
]
GROUPS = [0, 0, 1, 1, 2, 2]

SENTENCES = st.lists(
    st.sampled_from("who when where many goal match prize city song dance coach year young girl".split()),
    min_size=3,
    max_size=6,
    unique=True,
).map(tuple)


def indexed(phrasings: list[str], groups: list[int], encoder: Encoder | None = None) -> tuple[Index, Encoder]:
    texts = [phrasing.split() for phrasing in phrasings]
    encoder = encoder or Encoder.learnt(texts)[0]
    return Index(encoder.encode(texts), groups), encoder


def found(question: str, indexes: list[Index], encoder: Encoder) -> Neighbours:
    asked = encoder.encode([question.split()])
    return neighbours(indexes, [index.nearest(asked) for index in indexes])


def scores(near: Neighbours) -> dict[int, float]:
    """Return the score of each group."""
    groups = np.unique(near.group)
    return {int(group): float(near.pull[near.group == group].sum()) for group in groups}


def test_the_index_gives_what_comparing_with_every_phrasing_would_give() -> None:
    index, encoder = indexed(PHRASINGS, GROUPS)
    asked = encoder.encode(["when did she score".split()])
    vector = dict(zip(asked.grams.buckets.tolist(), asked.grams.values.tolist(), strict=True))
    rows, similarities = index.rows, index.similarities(asked)
    assert similarities.meaning == pytest.approx(np.maximum(index.vectors @ asked.vectors[0], 0))
    for i, similarity in enumerate(similarities.wording.tolist()):
        at = slice(rows.starts[i], rows.starts[i + 1])
        pairs = zip(rows.buckets[at].tolist(), rows.values[at].tolist(), strict=True)
        assert similarity == pytest.approx(
            sum(vector.get(bucket, 0) * value for bucket, value in pairs), abs=1e-5
        )


def test_of_thousands_the_nearest_are_those_that_comparing_in_full_would_give() -> None:
    # Beyond some hundreds of phrasings, what many of them hold is left out of the first look at them.
    chance = random.Random(1)  # noqa: S311  nothing secret
    known = "who when where many goal match prize city song dance coach year young girl she won the play in of".split()
    phrasings = [" ".join(chance.sample(known, 5)) + f" {chance.randrange(40)}" for _ in range(1500)]
    index, encoder = indexed(phrasings, list(range(len(phrasings))))
    for question in ("when did she win the prize 7", "where is the city of 3", phrasings[9]):
        asked = encoder.encode([question.split()])
        near, full = index.nearest(asked), index.similarities(asked)
        likeness = (full.wording + full.meaning) / 2
        assert near.likeness == pytest.approx(likeness[near.row], abs=1e-5)
        assert near.likeness[:10] == pytest.approx(np.sort(likeness)[::-1][:10], abs=1e-5)


def test_a_phrasing_without_words_is_near_to_nothing() -> None:
    index, encoder = indexed(["who won", "", "when did she win", ""], [0, 1, 2, 3])
    blind = index.with_vectors(np.ones_like(index.vectors))
    for each in (index, blind):
        near = each.nearest(encoder.encode(["who won".split()]))
        assert near.row[0] == 0
    assert index.nearest(encoder.encode([()])).row.tolist() == []


def test_the_exact_phrasing_is_nearest_and_wholly_like() -> None:
    index, encoder = indexed(PHRASINGS, GROUPS)
    near = found(PHRASINGS[3], [index], encoder)
    assert near.row[0] == 3
    assert near.likeness[0] == pytest.approx(1.0, abs=1e-5)
    assert near.likeness.tolist() == sorted(near.likeness.tolist(), reverse=True)


def test_phrasings_with_nothing_in_common_are_left_out() -> None:
    index, encoder = indexed(["who won", "bananas"], [0, 1])
    assert found("who won", [index], encoder).group.tolist() == [0]
    assert len(found("zzzz", [index], encoder).row) == 0


def test_an_empty_index_and_an_empty_question_find_nothing() -> None:
    empty, encoder = indexed([], [])
    full, _ = indexed(PHRASINGS, GROUPS)
    assert len(empty) == 0
    assert len(found("who won", [empty], encoder).row) == 0
    assert len(found("", [full, empty], encoder).row) == 0


def test_two_parts_give_what_one_index_of_both_gives() -> None:
    whole, encoder = indexed(PHRASINGS, GROUPS)
    first, _ = indexed(PHRASINGS[:3], GROUPS[:3], encoder)
    second, _ = indexed(PHRASINGS[3:], GROUPS[3:], encoder)
    for question in (*PHRASINGS, "when did she win the award", "goals for lyon"):
        together, apart = found(question, [whole], encoder), found(question, [first, second], encoder)
        assert (apart.row + 3 * apart.part).tolist() == together.row.tolist()
        assert apart.group.tolist() == together.group.tolist()
        assert apart.likeness == pytest.approx(together.likeness, abs=1e-5)
        assert apart.pull == pytest.approx(together.pull, abs=1e-4)


def test_the_order_of_the_parts_makes_no_difference() -> None:
    _, encoder = indexed(PHRASINGS, GROUPS)
    one, _ = indexed(PHRASINGS[:2], GROUPS[:2], encoder)
    other, _ = indexed(PHRASINGS[2:], GROUPS[2:], encoder)
    question = "when did she win the award"
    there, back = (
        scores(found(question, [one, other], encoder)),
        scores(found(question, [other, one], encoder)),
    )
    assert there == pytest.approx(back, abs=1e-4)


def test_only_so_many_phrasings_are_looked_at() -> None:
    many = [f"who won match {number}" for number in range(2 * NEIGHBOURS)]
    index, encoder = indexed(many, list(range(len(many))))
    assert len(found("who won match 7", [index], encoder).row) == NEIGHBOURS


@settings(max_examples=60)
@given(st.lists(SENTENCES, min_size=2, max_size=24, unique_by=frozenset), st.data())
def test_the_entry_with_the_very_phrasing_scores_best(
    phrasings: list[tuple[str, ...]], data: st.DataObject
) -> None:
    # Each phrasing is an entry of its own: the regression must not prefer one that is merely near.
    index, encoder = indexed([" ".join(p) for p in phrasings], list(range(len(phrasings))))
    chosen = data.draw(st.integers(0, len(phrasings) - 1))
    ranked = scores(found(" ".join(phrasings[chosen]), [index], encoder))
    assert max(ranked, key=ranked.__getitem__) == chosen
