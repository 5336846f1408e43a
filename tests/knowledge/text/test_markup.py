"""What Discord puts into a question for machines does not count as words of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.folding import words
from knowledge.text.markup import without_markup

MARKUP = {
    "a user": "<@123456789012345678>",
    "a user, as old clients write it": "<@!123456789012345678>",
    "a role": "<@&123456789012345678>",
    "a channel": "<#123456789012345678>",
    "a command": "</ask:123456789012345678>",
    "a subcommand": "</qa add:123456789012345678>",
    "a custom emoji": "<:goal_2018:123456789012345678>",
    "a moving emoji": "<a:Party:123456789012345678>",
    "a timestamp": "<t:1544212800>",
    "a timestamp with a style": "<t:-1544212800:R>",
    "a place of the server": "<id:browse>",
    "a link": "https://example.org/2018/12/03?id=7#top",
    "a link in capitals": "HTTP://EXAMPLE.ORG/7",
    "a link without a preview": "<https://example.org/7>",
}


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
def test_markup_does_not_count_wherever_it_stands(markup: str) -> None:
    asked = words("how many goals has she scored")
    assert words(f"{markup} how many goals has she scored?") == asked
    assert words(f"how many goals {markup} has she scored?") == asked
    assert words(f"how many goals has she scored? {markup}") == asked


def test_a_mention_needs_no_space_around_it() -> None:
    assert words("who<@123456789012345678>won?<:x:1>") == ("who", "won")


def test_a_link_ends_where_its_white_space_begins() -> None:
    assert words("see https://example.org/7\nwho won?") == ("see", "who", "won")


@pytest.mark.parametrize(
    "text",
    [
        "is 3 < 4 or 5 > 4?",
        "<b>who</b> won?",
        "a<b and c>d",
        "who: her or him?",
        "and/or",
        "<@someone> won",
        "<t:soon>",
    ],
)
def test_what_only_looks_like_it_is_left_as_it_is(text: str) -> None:
    assert without_markup(text) == text


@given(st.text())
def test_text_without_angle_brackets_and_slashes_is_left_as_it_is(text: str) -> None:
    plain = text.replace("<", "").replace("/", "")
    assert without_markup(plain) == plain


@given(st.text("<@&#:!/>t1ahps \n"))
def test_nothing_is_added_but_spaces(text: str) -> None:
    left = without_markup(text).replace(" ", "")
    rest = iter(text.replace(" ", ""))
    assert all(letter in rest for letter in left)


@pytest.mark.parametrize("piece", ["<", "<@1", "</a ", "https://", "<:a:", "<t:1"])
def test_markup_that_never_ends_costs_no_more_than_its_length(piece: str) -> None:
    # A cost that grows with the square would take minutes for this.
    assert len(without_markup(piece * (500_000 // len(piece)))) <= 500_000
