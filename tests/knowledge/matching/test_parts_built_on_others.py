"""A server's part after a change: what stood in it before is not encoded again, and nothing is lost by that."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.encoding import Encoder
from knowledge.matching.groups import Group, group
from knowledge.matching.part import Part
from knowledge.model import AnswerSource, SourceKind

PACK = Part(
    [
        group(
            AnswerSource(SourceKind.ENTRY, "winner"),
            ("who won the award", "the winner"),
            "Ada.",
            (),
            language="en",
        )
    ]
)
PHRASINGS = st.lists(
    st.sampled_from("who won where did she score many goals".split()), min_size=1, max_size=4
).map(" ".join)
GROUPS = st.lists(
    st.lists(PHRASINGS, min_size=1, max_size=3).map(
        lambda phrasings: group(
            AnswerSource(SourceKind.ENTRY, "own"), phrasings, "It is so.", (), language="en"
        )
    ),
    min_size=1,
    max_size=6,
)


def assert_same(built_on: Part, anew: Part) -> None:
    one, other = built_on.index, anew.index
    assert np.array_equal(one.rows.starts, other.rows.starts)
    assert np.array_equal(one.rows.buckets, other.rows.buckets)
    assert np.array_equal(one.rows.values, other.rows.values)
    assert np.array_equal(one.vectors, other.vectors)
    assert np.array_equal(one.group_of, other.group_of)
    assert built_on.phrasing_of == anew.phrasing_of


@given(groups=GROUPS, new=GROUPS, data=st.data())
def test_a_part_built_on_another_is_the_same_as_one_made_anew(
    groups: list[Group], new: list[Group], data: st.DataObject
) -> None:
    after = data.draw(st.permutations([*groups, *new]))[: data.draw(st.integers(1, len(groups)))]
    before = Part(groups, PACK.encoder)
    assert_same(Part(after, PACK.encoder, before), Part(after, PACK.encoder))


def test_what_another_encoder_made_is_not_taken_over() -> None:
    groups = PACK.groups
    other = Encoder.learnt([("quite", "another", "text")])[0]
    assert_same(Part(groups, PACK.encoder, Part(groups, other)), Part(groups, PACK.encoder))
