"""Several packs at once: all of each is known, or they are refused."""

from dataclasses import replace

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.errors import PacksClashError
from knowledge.model import Pack
from knowledge.stories import build_story
from tests.knowledge.bases import ENTRIES, FACTS, FERRY, PACK, ask, entry

MILL = build_story("mill", "The mill of Bruvik has four wings. It grinds rye.", "en")
OTHER = Pack("bruvik", "en", (MILL,), (entry("wings", ("How many wings has the mill?",), "Four."),))


def test_all_of_both_packs_is_known() -> None:
    asked = Base(CompiledPacks([PACK, OTHER]))
    assert ask(asked, "How many wings has the mill?").source.id == "wings"
    assert ask(asked, "Who drew the library?").source.id == "architect"
    assert {story.slug for story in asked.stories} == {"library", "ferry", "mill"}


@pytest.mark.parametrize(
    ("clashing", "named"),
    [
        (replace(OTHER, stories=(MILL, FERRY)), "the story ferry"),
        (replace(OTHER, entries=ENTRIES[:1]), "the entry mayor-said"),
        (replace(OTHER, facts=FACTS), "the fact maps"),
    ],
)
def test_packs_of_which_one_would_hide_something_of_the_other_are_refused(clashing: Pack, named: str) -> None:
    with pytest.raises(PacksClashError) as refused:
        CompiledPacks([PACK, clashing])
    assert str(refused.value) == (
        f"The packs “tolvik” and “bruvik” cannot be on together, as both have {named}:"
        " rename it in one of them, or leave one out."
    )


def test_an_entry_may_be_called_like_a_fact() -> None:
    like_a_fact = replace(OTHER, entries=(entry("maps", ("Are there maps?",), "Yes."),))
    assert CompiledPacks([PACK, like_a_fact]).entries["maps"].answer == "Yes."
