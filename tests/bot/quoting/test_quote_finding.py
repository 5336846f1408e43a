"""What is shown for `/quote`, on stories of every kind."""

from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.components import MAX_TEXT
from bot.quoting.cards import quote_card
from bot.quoting.finding import MOST, Found, Line, find
from knowledge.answering import Base, CompiledPacks
from knowledge.model import Citation, Cited, Pack, Source
from knowledge.stories import build_story


class NoButtons:
    """A card's controls where there are none to be had."""

    def context(self, _cited: Cited) -> None:
        return None

    choose = follow_up = context

    def dismiss(self) -> None:
        return None


class Buttons(NoButtons):
    """A card's controls that count."""

    number = 0

    def context(self, _cited: Cited) -> discord.ui.Item[Any]:
        self.number += 1
        return discord.ui.Button(label="Context", custom_id=str(self.number))

    def dismiss(self) -> discord.ui.Item[Any]:
        return discord.ui.Button(label="Dismiss", custom_id="dismiss")


def base_of(text: str, licence: str = "own") -> Base:
    story = build_story("story", text, "en", Source(title="A story", licence=licence))
    return Base(CompiledPacks((Pack("story", "en", (story,)),)))


def line(excerpt: str, speaker: str = "", title: str = "") -> Line:
    return Line(
        Cited(Citation("story", 0, len(excerpt), excerpt, ""), "paragraph 1", Source(title=title), "en"),
        speaker,
    )


anything = st.text(st.characters(), max_size=300)


@settings(deadline=None)  # the machine may be busy
@given(
    anything,
    st.lists(st.builds(line, anything.filter(str.strip), anything, anything), max_size=MOST),
    st.sampled_from([NoButtons, Buttons]),
)
def test_whatever_is_found_fits_a_message(
    sentence: str, lines: list[Line], controls: type[NoButtons]
) -> None:
    card = quote_card(Found(sentence or "x", tuple(lines)), controls())

    assert card.content_length() <= MAX_TEXT
    assert all(part.content for part in card.walk_children() if isinstance(part, discord.ui.TextDisplay))


@settings(deadline=None)  # the machine may be busy
@given(st.builds(line, anything.filter(str.strip), anything))
def test_the_first_line_is_always_shown(only: Line) -> None:
    card = quote_card(Found("", (only,)), NoButtons())

    assert card.content_length() > 0


def test_a_story_without_direct_speech_is_said_to_have_none() -> None:
    assert find(base_of("The tower is white. It is old."), "", "").sentence == "No story here quotes anyone."


def test_without_direct_speech_no_speakers_are_named() -> None:
    found = find(base_of("The tower is white. It is old."), "Ingrid", "")

    assert found == Found("No story quotes or mentions Ingrid.")


@pytest.mark.parametrize(("licence", "shown"), [("own", MOST), ("", 1)])
@pytest.mark.parametrize(
    ("who", "about"), [("Ingrid", ""), ("Ingrid", "weather"), ("", "tower"), ("Odd", "")]
)
def test_of_a_story_that_may_not_be_shown_whole_one_line_is_shown_at_once(
    licence: str, shown: int, who: str, about: str
) -> None:
    text = " ".join(
        f"“The tower {n} is mine,” said Ingrid. Odd painted tower {n} white."
        for n in ("one", "two", "three", "four")
    )
    found = find(base_of(text, licence), who, about)

    assert len(found.lines) == shown
