from collections.abc import Sequence

import pytest

from bot import asking, curating
from bot.client import Feature
from knowledge.library import Library


@pytest.fixture
def library(kept_library: Library) -> Library:
    return kept_library


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install)
