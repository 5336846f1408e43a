"""A story and entries for the tests of files of entries."""

import pytest

from knowledge.model import Entry, EntryKind, Story
from knowledge.stories import build_story, cite

TEXT = """\
• Nobody was hurt.

The old bridge was closed on Monday. Nobody was hurt.

“It sang like a saw,” said Mara Voss."""


@pytest.fixture
def story() -> Story:
    return build_story("bridge", TEXT)


@pytest.fixture
def entries(story: Story) -> tuple[Entry, ...]:
    closing, saw = cite(story, "The old bridge was closed on Monday."), cite(story, "“It sang like a saw,”")
    hurt = cite(story, "Nobody was hurt.", "paragraph 1")
    return (
        Entry(
            "closed",
            ("Is it open?", "When, then?", "¿Abierto?"),
            "Since Monday.",
            (closing, hurt),
            follow_ups=("hurt",),
        ),
        Entry("hurt", ("Anybody hurt?",), 'No, "nobody".\nReally.', (hurt, closing, saw)),
        Entry("cost", ("=What will it cost?", "'-price", "@all?"), kind=EntryKind.GAP),
        Entry("noise", ("- what?", "+1\t2", "what noise"), "Like a saw", (saw,), kind=EntryKind.ENTRY),
    )
