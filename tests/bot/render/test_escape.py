import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.render.escape import CUT, cut, escape, fit, one_line, unescape

ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
"""What Discord takes for an escaped character: a backslash and any mark."""

ACTIVE = {
    "bold, italics, underline, spoiler, strikethrough, code": r"[*_~|`]",
    "masked link": r"\[.*?\]\(",
    "mention, channel, command, timestamp, emoji, navigation": r"<[@#/:a-z]",
    "everyone and here": r"@(everyone|here)",
    "link": r"(https?|steam|discord)://",
    "invite": r"discord(\.gg|\.com|app\.com)/",
    "emoji by name": r":[^\s:]+:",
    "heading or subtext": r"(?m)^[^\S\n]*(-#|#{1,3})",
    "quote": r"(?m)^[^\S\n]*>",
    "list": r"(?m)^[^\S\n]*([-+*]|\d+\.)",
    "lone backslash": r"\\",
}
"""A small model of Discord's markdown: whatever does something, in a text without its escaped characters."""

NASTY = st.text(
    st.sampled_from("*_~|`>#-+[]()<>@:/.\\ \n\r\t1a09éא\u202e\u200b\u0301\u2028&!")
    | st.characters(codec="utf-8")
)
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "https://a.co[click](https://evil.co)",
                "[a\nb](https://e.co)",
                "](",
                "<t:1700000000:R>",
                "<@123>",
            ),
            *(
                "<@&1>",
                "<#1>",
                "</ask:1>",
                "<:x:1>",
                "<a:x:1>",
                "<id:browse>",
                "@everyone",
                "@here",
                ":smile:",
            ),
            *("discord.gg/abc", "steam://run/1", "||spoiler||", "```\ncode\n```", "__u__", "~~s~~", "***"),
            *(
                "\n> quote",
                "\n>>> q",
                "\n# h",
                "\n-# s",
                "\n - a",
                "\n1. a",
                "\n\t2. b",
                "\\",
                "\\*",
                "a",
                " ",
            ),
            "¯\\_(ツ)_/¯",
        ]
    )
).map("".join)


def what_is_active(escaped: str) -> list[str]:
    neutral = ESCAPED.sub("\ue000", escaped)
    return [name for name, pattern in ACTIVE.items() if re.search(pattern, neutral)]


@given(NASTY | PIECES)
@example("12:30 - well-known, 3.5 and/or #1")
@example("\n\x0b- a\x0c1. b\x85+ c\u2028- d\u2029* e")
def test_nothing_that_was_escaped_does_anything(text: str) -> None:
    assert what_is_active(escape(text)) == []


@given(NASTY | PIECES)
def test_what_was_escaped_shows_as_it_was_written(text: str) -> None:
    assert unescape(escape(text)) == text


@pytest.mark.parametrize(
    "text", ["well-known 3.5 (a) 'b' \"c\" d\u2019or \u2013 e!", "a. b; c, d? 100 % & more", "1.5\n2,5"]
)
def test_ordinary_text_stays_readable_as_it_is_sent(text: str) -> None:
    assert escape(text) == text.replace("1.5", "1\\.5")


def test_a_number_at_the_start_of_a_line_makes_no_list() -> None:
    assert escape("1. one\n  22. two") == "1\\. one\n  22\\. two"


@given(NASTY | PIECES)
def test_escaping_at_most_doubles_the_length(text: str) -> None:
    assert len(escape(text)) <= 2 * len(text)


@pytest.mark.parametrize(
    "piece", ["*", "\n", "\n ", " \n", "1", "1.", "- ", "\\", "[", ":", "\n1", "> ", "é\u0301"]
)
def test_escaping_looks_at_each_character_a_few_times_at_most(piece: str) -> None:
    # A cost that grows with the square would take minutes for this.
    text = piece * (500_000 // len(piece))
    assert unescape(escape(text)) == text


@given(st.text(max_size=80), st.integers(min_value=4, max_value=90))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert shown == text or shown.endswith(CUT)


def test_a_text_is_cut_between_words() -> None:
    assert cut("one two three four", 14) == f"one two {CUT}"


@given(NASTY | PIECES, st.integers(min_value=6, max_value=60))
def test_an_escaped_text_fits_and_never_ends_within_an_escape(text: str, limit: int) -> None:
    shown = fit(text, limit)
    assert len(shown) <= limit
    assert what_is_active(shown) == []
    assert unescape(shown) == text or unescape(shown).endswith(CUT)


def test_a_name_is_one_line_without_marks_that_turn_what_follows() -> None:
    assert one_line("  Ada\n\u202eevil\x00 \u2067x\u2069\t\ud800y  ") == "Ada evil x y"


def test_piled_up_accents_are_thinned_and_real_ones_kept() -> None:
    assert one_line("Z\u0301\u0302\u0303\u0304\u0305algo café e\u0301") == "Z\u0301\u0302algo café e\u0301"


@given(NASTY)
def test_one_line_is_one_line_and_tidying_it_again_changes_nothing(text: str) -> None:
    tidy = one_line(text)
    assert len(tidy.splitlines()) <= 1
    assert one_line(tidy) == tidy
