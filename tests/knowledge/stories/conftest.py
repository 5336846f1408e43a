"""A short story for the tests of stories."""

import pytest

from knowledge.model import Story
from knowledge.stories import build_story

TEXT = """\
• The bridge at Harnfoss is closed.
  • Nobody was hurt, said Mara Voss.

The old bridge at Harnfoss was closed on 3.5 tonnes of evidence. Nobody was hurt.

“We heard it crack,” said Dr. Mara Voss, who runs the ferry. “It sang like a saw.”

Voss has carried cars across since then. Nobody was hurt. “I sleep badly,” she said."""


@pytest.fixture
def story() -> Story:
    return build_story("bridge", TEXT)
