from collections.abc import Sequence

import pytest

from bot import asking, quoting
from bot.client import Feature


@pytest.fixture
def features() -> Sequence[Feature]:
    return (asking.install, quoting.install)
