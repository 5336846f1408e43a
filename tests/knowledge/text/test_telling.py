"""What kinds of answers a passage holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.telling import told


def test_numbers_are_told_as_they_are_written() -> None:
    assert told("She sold 40 jars and 1,200 lids.").numbers == {"40", "1", "200"}
    assert told("She sold a few.").numbers == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "It opened in 1907.",
        "It opens in May.",
        "Abierto en septiembre.",
        "Im 19. Jahrhundert.",
        "Le bâtiment date d'août.",
        "Открыт 9 октября.",
        "in the 5th century",
    ],
)
def test_years_months_and_centuries_are_times(text: str) -> None:
    assert told(text).has_time


@pytest.mark.parametrize(
    "text", ["It holds 40 maps.", "The market decided.", "Call 5551907222.", "A mayor marched."]
)
def test_other_numbers_and_words_that_begin_like_a_month_are_no_times(text: str) -> None:
    assert not told(text).has_time


def test_names_have_a_capital_within_the_sentence() -> None:
    assert told("The mayor, Runa Sande, met Ødegård.").names == {"runa", "sande", "odegard"}
    assert told("Nobody came.").names == frozenset()
    assert told("Мэр встретил Рагну.").names == {"рагну"}


@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(number.isdigit() for number in told(text).numbers)
