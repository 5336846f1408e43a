"""What moderators set for their server, with its types."""

import pytest

from knowledge.model import Author, Setting, Strictness
from knowledge.settings import STRICTNESS, ServerSettings

MIA = Author(7, "Mia")


def test_without_any_row_the_defaults_hold() -> None:
    settings = ServerSettings()
    assert settings.strictness is Strictness.BALANCED
    assert settings.of(STRICTNESS) is None


@pytest.mark.parametrize("strictness", Strictness)
def test_what_was_set_has_its_type_and_its_author(strictness: Strictness) -> None:
    settings = ServerSettings((Setting("other", "x"), Setting(STRICTNESS, str(strictness), MIA)))
    assert settings.strictness is strictness
    assert settings.of(STRICTNESS).author == MIA


@pytest.mark.parametrize("value", ["", "reckless", "CAREFUL", "0.7"])
def test_a_value_that_this_version_does_not_know_counts_as_not_set(value: str) -> None:
    assert ServerSettings((Setting(STRICTNESS, value),)).strictness is Strictness.BALANCED


def test_a_change_takes_the_place_of_the_value_before_and_leaves_the_others() -> None:
    other = Setting("other", "x")
    first = ServerSettings((Setting(STRICTNESS, "eager"), other))
    second = first.changed(Setting(STRICTNESS, "careful", MIA))
    assert (first.strictness, second.strictness) == (Strictness.EAGER, Strictness.CAREFUL)
    assert set(second.kept) == {other, Setting(STRICTNESS, "careful", MIA)}
