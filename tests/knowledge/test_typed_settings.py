"""What moderators set for their server, with its types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Author, Setting, Strictness
from knowledge.settings import (
    AUTO_CHANNEL,
    CHANNELS,
    DAYS,
    LANGUAGE,
    LOG_CHANNEL,
    MAX_ID,
    MISSES_DAYS,
    PACKS_OFF,
    STRICTNESS,
    ServerSettings,
    in_lines,
)

MIA = Author(7, "Mia")
KEYS = (PACKS_OFF, STRICTNESS, CHANNELS, AUTO_CHANNEL, LOG_CHANNEL, MISSES_DAYS, LANGUAGE)
IDS = st.integers(1, MAX_ID)
NAMES = st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=20)
LONG_OR_ODD = st.sampled_from(["9" * 5_000, "0", "-1", "1.0", str(MAX_ID + 1), "\u0663\u00b2", "7 7 x"])


def test_without_any_row_the_defaults_hold() -> None:
    settings = ServerSettings()
    assert settings.strictness is Strictness.BALANCED
    assert settings.packs_off == frozenset()
    assert settings.channels == ()
    assert settings.auto_channel is settings.log_channel is None
    assert (settings.misses_days, settings.language) == (30, "en")
    assert all(settings.of(key) is None for key in KEYS)


@given(names=st.frozensets(NAMES), channels=st.lists(IDS, max_size=25))
def test_several_values_in_one_text_are_read_again(names: frozenset[str], channels: list[int]) -> None:
    in_one = Setting(CHANNELS, " ".join(map(str, channels)))
    settings = ServerSettings((Setting(PACKS_OFF, in_lines(names)), in_one))
    assert settings.packs_off == names
    assert settings.channels == tuple(channels)


@given(names=st.lists(NAMES, unique=True))
def test_the_same_packs_are_always_kept_as_the_same_text(names: list[str]) -> None:
    assert in_lines(names) == in_lines(reversed(names))


@given(channel=IDS)
def test_a_channel_is_read_again(channel: int) -> None:
    settings = ServerSettings((Setting(AUTO_CHANNEL, str(channel)), Setting(LOG_CHANNEL, str(channel))))
    assert settings.auto_channel == settings.log_channel == channel


@given(value=st.text() | LONG_OR_ODD)
def test_whatever_stands_there_is_read_as_a_value_or_as_not_set(value: str) -> None:
    settings = ServerSettings(tuple(Setting(key, value) for key in KEYS))
    assert all(settings.packs_off)
    for channel in (*settings.channels, settings.auto_channel or 1, settings.log_channel or 1):
        assert 0 < channel <= MAX_ID
    assert settings.misses_days in DAYS
    assert settings.strictness in Strictness
    assert settings.language


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
