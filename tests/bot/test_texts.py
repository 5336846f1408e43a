"""The bot's own words: every language has every sentence, with the same places to be filled in."""

from collections.abc import Sequence
from dataclasses import fields
from string import Formatter

import pytest

from bot import adjusting, asking
from bot.client import Feature
from bot.components import MAX_LABEL
from bot.texts import ENGLISH, LANGUAGES, Texts, texts_in
from knowledge.library import Library
from tests.bot.conftest import World, buttons, texts

SENTENCES = [field.name for field in fields(Texts) if field.type in {"str", str}]
LABELS = ("context", "dismiss", "helpful", "not_helpful")


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, adjusting.install)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_with_its_places(language: str) -> None:
    spoken = LANGUAGES[language]
    assert spoken.language == language
    for name in SENTENCES:
        assert getattr(spoken, name).strip(), name
        assert places(getattr(spoken, name)) == places(getattr(ENGLISH, name)), name
    assert all(len(getattr(spoken, label)) <= MAX_LABEL for label in LABELS)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    same = [name for name in SENTENCES if getattr(LANGUAGES[language], name) == getattr(ENGLISH, name)]
    assert same == []


def test_a_language_that_it_does_not_speak_is_english() -> None:
    assert texts_in("xx") is ENGLISH


async def test_members_are_spoken_to_in_the_language_of_their_server(world: World) -> None:
    asked = "Who won the first women's Ballon d'Or?"
    shown = await world.moderator.slash(world.channel, "pullquote settings")
    assert "**Language: English** (the default)" in texts(shown.response)
    await world.moderator.select(shown.response, ["de"], custom_id="pq1:set-language")
    assert "**Language: Deutsch**" in texts(shown.response)

    answered = await world.alice.slash(world.channel, "ask", question=asked)
    told = texts(answered.response)
    assert "Ich bin mir" in told
    assert "Absatz" in told
    assert {"Zusammenhang", "Entfernen", "Hilfreich", "Nicht hilfreich"} <= buttons(answered.response).keys()
    voted = await world.alice.click(answered.response, label="Hilfreich")
    assert "ohne deinen Namen" in texts(voted.response)
    greeted = await world.alice.slash(world.channel, "ask", question="hello")
    assert "Frag mich etwas" in texts(greeted.response)
    await world.alice.send_dm(asked)
    assert "I am" in texts(world.alice.user.dm_channel.last_message)
