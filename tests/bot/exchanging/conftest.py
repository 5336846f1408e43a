"""A moderator with files: on the small pack, the library and the moderator's ways of `/qa`."""

from collections.abc import Sequence

import pytest

from bot import asking, curating, exchanging
from bot.client import Feature
from tests.bot.curating.conftest import (  # noqa: F401  fixtures are found by their names
    _no_long_wait_for_the_database,
    desk,
    library,
    packs,
)


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, curating.install, exchanging.install)
