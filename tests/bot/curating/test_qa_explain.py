"""`/qa explain`: why a question is answered as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simcord.results import ResponseMessage

from bot.components import MAX_TEXT
from bot.curating.explaining import explanation_card
from bot.render.escape import CUT, unescape
from knowledge.answering import Base, CompiledPacks
from knowledge.model import MAX_ID, MAX_QUESTION, Pack, Question
from tests.bot.conftest import texts
from tests.bot.curating.conftest import Desk, entry

PINGS = "@everyone <@1> **bold** [x](https://example.org) what is rule 1 of this server?"


async def explained(desk: Desk, question: str) -> ResponseMessage:
    return (await desk.world.moderator.slash(desk.world.channel, "qa explain", question=question)).response


async def test_only_the_moderator_sees_why_an_answer_is_given(desk: Desk) -> None:
    card = await explained(desk, "How high is the tower?")

    assert card.ephemeral
    shown = unescape(texts(card))
    assert "Why I answer so: answer" in shown
    assert "1. height" in shown
    assert "given" in shown
    assert "For: " in shown
    assert "An answer is given from" in shown


async def test_the_servers_own_entries_are_candidates(desk: Desk) -> None:
    await desk.keep(entry(1), entry(2))

    shown = unescape(texts(await explained(desk, "What is rule 1 of this server?")))

    assert "rule-01" in shown
    assert "rule-02" in shown


async def test_another_servers_entries_are_not(desk: Desk) -> None:
    await desk.world.bot.library.save(12345, [entry(1)])

    assert "rule-01" not in unescape(texts(await explained(desk, "What is rule 1 of this server?")))


async def test_a_refused_candidate_says_why(desk: Desk) -> None:
    shown = unescape(texts(await explained(desk, "How high is the tower NOT?")))

    assert "the question denies something that it does not" in shown
    assert "Does not meet: not" in shown


async def test_mended_words_are_told_and_the_nearest_line_is_shown(desk: Desk) -> None:
    shown = unescape(texts(await explained(desk, "who keeps the lamp of the lighthuose")))

    assert "Mended: lighthuose to lighthouse" in shown
    assert "Nearest line" in shown


async def test_a_question_that_nothing_comes_near_is_explained_too(desk: Desk) -> None:
    shown = unescape(texts(await explained(desk, "?")))

    assert "Read as: nothing" in shown


async def test_what_was_asked_can_do_nothing(desk: Desk) -> None:
    card = await explained(desk, PINGS)

    assert PINGS in unescape(texts(card))
    assert "\\@everyone" in texts(card)
    assert "\\*\\*bold" in texts(card)


@pytest.fixture(scope="session")
def crowded(packs: tuple[Pack, ...]) -> Base:
    """A base whose entries have ids and phrasings as long as they may be, all of them formatting."""
    own = [
        entry(i, id=str(i) + "*" * (MAX_ID - 1), phrasings=(f"what is rule {i} " + "*" * 280, f"rule {i}?"))
        for i in range(8)
    ]
    return Base(CompiledPacks(packs), own)


def test_the_longest_explanation_fits_a_card(crowded: Base) -> None:
    card = explanation_card(crowded.explain(Question("what is rule " + "@ submarine " * 24)))

    assert card.content_length() <= MAX_TEXT


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=MAX_QUESTION) | st.text("*_`<@#>[]()\\\n rule1", max_size=MAX_QUESTION))
def test_any_explanation_fits_a_card_or_says_that_it_was_cut(crowded: Base, asked: str) -> None:
    why = crowded.explain(Question(asked))
    card = explanation_card(why)

    (container,) = card.children
    (shown,) = container.children
    assert 0 < len(shown.content) <= MAX_TEXT
    assert CUT in shown.content or all(c.source.id in unescape(shown.content) for c in why.candidates)
