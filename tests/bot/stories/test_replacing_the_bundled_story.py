"""`/story replace` on the bundled story, with three sentences changed: what becomes of all its citations."""

from dataclasses import replace

import pytest

from knowledge.model import OwnStory, Pack, Source
from knowledge.packs import bundled_pack, read_pack
from tests.bot.conftest import texts
from tests.bot.stories.conftest import Shelf

CHANGES = {
    "For the first time ever, France Football awarded the honor to a female player.": (
        "For the first time, France Football gave the honor to a woman."
    ),
    "The rest of the audience remained silent.": "The rest of the audience fell silent.",
    "He asked the question in his native tongue.": "He had asked the question in French.",
}

STALE = {
    # the first sentence
    "who-gives-the-award",
    "first-time-for-a-woman",
    "false-fifa-gave-it",
    # the second
    "audience-silent",
    "false-crowd-laughed",
    "false-crowd-cheered-him",
    "false-crowd-booed-or-threw",
    # the third
    "question-language",
    "excuse-and-language",
    "interpreter-on-stage",
    "false-asked-in-english",
}
"""Looked up by hand: the entries that cite one of the three sentences, each once."""


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    return ()


@pytest.fixture(scope="session")
def bundled() -> Pack:
    return read_pack(bundled_pack())


async def test_what_cites_a_changed_sentence_is_stale_and_all_else_follows_its_words(
    shelf: Shelf, bundled: Pack
) -> None:
    (story,) = bundled.stories
    entries = [replace(entry, follow_ups=()) for entry in bundled.entries if entry.citations]
    own = OwnStory(story.slug, story.text, story.language, Source(title="Award", licence="permission"))
    await shelf.keep(own, *entries)
    corrected = story.text
    for before, after in CHANGES.items():
        assert corrected.count(before) == 1
        corrected = corrected.replace(before, after)

    preview = await shelf.do("replace", story=story.slug, file=("award.md", corrected.encode()))

    assert "9 kept, 170 moved, 11 stale" in texts(preview.response)
    (attached,) = preview.followups[-1].attachments
    in_full = (await attached.read()).decode()
    assert in_full.count("\nmoved ") == 170
    await shelf.press(preview, "Confirm")
    base = await shelf.world.bot.library.base(shelf.world.guild.id)
    assert {entry.id for entry in base.stale} == STALE
    assert len(base.own) == len(entries)
