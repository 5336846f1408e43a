"""Markdown made plain: nothing of it is rendered, and no word of it is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.transfer.foreign.markdown import plain_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("plain", "plain"),
        ("**bold**, *slanted*, `code` and \\*stars\\*", "bold, slanted, code and *stars*"),
        ("# Head\nBody\n\nMore", "Head\n\nBody\n\nMore"),
        ("one\ntwo  \nthree", "one\ntwo\nthree"),
        ("* a\n* b\n  * c\n* d\n\nafter", "• a\n• b\n  • c\n• d\n\nafter"),
        ("3. three\n\n3. four", "3. three\n4. four"),
        ("| If | Then |\n| --- | --- |\n| tap | open |\n\nafter", "If | Then\ntap | open\n\nafter"),
        ("> said\n\nafter", "said\n\nafter"),
        ("```py\nx = 1\n```\nafter", "x = 1\n\nafter"),
        ("[the plan](https://a.example/p_1)", "the plan (https://a.example/p_1)"),
        ("[write](mailto:a@b.example)", "write (a@b.example)"),
        ("<https://a.example>", "https://a.example"),
        ("Tom &amp; Ida", "Tom & Ida"),
        ("Say <your name> and *go*", "Say <your name> and go"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ('<a href="https://a.example">here</a> <b>now</b>', "here (https://a.example) now"),
        ("<div>one<p>two</p></div>\n\nthree", "one\ntwo\n\nthree"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
        (
            "<table><tr><th>Goals<th>Games</tr><tr><td>185</td><td>149</td></tr></table>\n\n<b>a</b>",
            "Goals | Games\n185 | 149\n\na",
        ),
        ("<details><summary>More</summary>Body</details>", "More\nBody"),
        ("a_b_c 2 * 3 * 4 #1", "a_b_c 2 * 3 * 4 #1"),
    ],
)
def test_what_is_written_becomes_what_is_read(markdown: str, text: str) -> None:
    assert plain_text(markdown) == (text, ())


@pytest.mark.parametrize(
    ("markdown", "text", "lost"),
    [
        ("[More](javascript:alert) text", "More text", "the link javascript:alert"),
        ("[up](#top)", "up", "the link #top"),
        ("![a map](https://a.example/m.png)", "a map", "the picture https://a.example/m.png"),
        ('<img src="https://a.example/m.png" alt="a map">', "a map", "the picture https://a.example/m.png"),
        ('<iframe src="https://a.example"></iframe>', "", "the iframe https://a.example"),
        ("<script>alert(1)</script>\n\nBody", "Body", "a script"),
        ("Body <!-- not yet -->", "Body", "the comment not yet"),
        ("<div>Body <!-- not ended</div>", "Body", "the comment not ended</div>"),
        ("<div><style>p {}</style>Body", "Body", "a style"),
    ],
)
def test_what_cannot_be_kept_is_told(markdown: str, text: str, lost: str) -> None:
    assert plain_text(markdown) == (text, (lost,))


def test_text_far_longer_than_any_answer_is_left_as_it_is() -> None:
    assert plain_text("*" * 1_000_000) == ("*" * 1_000_000, ())


@given(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=8), st.data())
def test_no_word_is_lost(words: list[str], data: st.DataObject) -> None:
    marks = [
        "",
        "*",
        "**",
        "`",
        "# ",
        "\n",
        "\n\n",
        "\n* ",
        "\n1. ",
        "> ",
        "| ",
        "_",
        "[",
        "](",
        ")",
        "&",
        "<b>",
        "~",
    ]
    written = "".join(f"{data.draw(st.sampled_from(marks))} {word} " for word in words)
    text, lost = plain_text(written)
    assert [word for word in words if word not in re.findall("[a-z]+", f"{text} {lost}")] == []


@given(st.text(st.sampled_from("<>/abp&;!-[]()`*#|\n '\"=\\"), max_size=60))
def test_any_text_is_made_plain(text: str) -> None:
    plain, _ = plain_text(text)
    assert plain == plain.strip()
    assert "\n\n\n" not in plain
