import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.components import MAX_TEXT, Card
from bot.render.escape import CUT, unescape
from bot.render.excerpts import block_quote, context_card, excerpt_text
from knowledge.model import MAX_EXCERPT, Citation, Cited, Paragraph, Source, Story

TEXT = "A first paragraph.\n\nShe said *no* and left. Then he laughed.\n\nThe end."
SAID = "said *no*"


def story(text: str = TEXT) -> Story:
    """Cut a text at its empty lines, as stories are."""
    paragraphs, start = [], 0
    for number, part in enumerate(text.split("\n\n"), 1):
        paragraphs.append(Paragraph(f"paragraph {number}", start, start + len(part)))
        start += len(part) + 2
    return Story("slug", text, "hash", paragraphs=tuple(paragraphs))


def cited(text: str, excerpt: str, place: str = "paragraph 2") -> Cited:
    start = text.index(excerpt)
    return Cited(
        Citation("slug", start, start + len(excerpt), excerpt, "hash"), place, Source(title="T"), "en"
    )


def shown(card: Card) -> list[str]:
    return [item.content for item in card.walk_children() if hasattr(item, "content")]


def context(text: str, *excerpts: str) -> list[str]:
    return shown(context_card(story(text), [cited(text, excerpt) for excerpt in excerpts]))


def test_an_empty_line_does_not_end_a_quote() -> None:
    assert block_quote("one\n\ntwo") == "> one\n> \n> two"


def test_an_excerpt_stands_above_its_source() -> None:
    assert excerpt_text(cited(TEXT, SAID)) == "> said \\*no\\*\n-# T, paragraph 2"


def test_a_title_can_neither_format_nor_break_the_line_nor_fill_the_card() -> None:
    source = Source(title="# Big\n> **news** " + "x" * 900)
    text = excerpt_text(Cited(Citation("slug", 0, 2, "hi", "hash"), "paragraph 1", source, "en"))
    excerpt, line = text.split("\n")
    assert excerpt == "> hi"
    assert line.startswith("-# \\# Big \\> \\*\\*news\\*\\*")
    assert len(line) < 250


def test_context_is_the_paragraph_with_the_excerpt_in_bold() -> None:
    assert context(TEXT, SAID) == ["> She **said \\*no\\*** and left. Then he laughed.\n-# T, paragraph 2"]


def test_context_of_an_excerpt_over_two_paragraphs_is_both_and_bold_on_each_line() -> None:
    (text,) = context(TEXT, "Then he laughed.\n\nThe end.")
    assert text.startswith("> She said \\*no\\* and left. **Then he laughed.**\n> \n> **The end.**\n")


def test_a_long_paragraph_is_cut_between_words_on_either_side() -> None:
    text = "before " * 500 + "the words" + " after" * 500
    (shown_text,) = context(text, "the words")
    quote = unescape(shown_text.splitlines()[0])
    assert quote.startswith(f"> {CUT} before before")
    assert " **the words** after" in quote
    assert quote.endswith(f"after {CUT}")


def test_an_excerpt_outside_every_paragraph_is_shown_alone() -> None:
    bare = Story("slug", TEXT, "hash")
    assert shown(context_card(bare, [cited(TEXT, SAID)]))[0].startswith("> **said")


@pytest.mark.parametrize("filler", ["*", "\n", "x ", "<@1> ", "\\"])
def test_the_most_awkward_paragraphs_still_fit_a_card(filler: str) -> None:
    text = filler * 1000 + "X" + filler * 1000
    start = text.index("X") - 100
    excerpts = [
        Cited(Citation("slug", s, s + MAX_EXCERPT, text[s : s + MAX_EXCERPT], "hash"), "p", Source(), "en")
        for s in (start, start + 50, start + 90)
    ]
    whole = Story("slug", text, "hash", paragraphs=(Paragraph("p", 0, len(text)),))
    texts = shown(context_card(whole, excerpts))
    assert texts
    assert sum(map(len, texts)) <= MAX_TEXT


@given(st.text(st.sampled_from("ab*_> \n#1.-"), min_size=1, max_size=2000), st.data())
def test_context_shows_what_stands_in_the_story(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    excerpt = text[start : start + data.draw(st.integers(1, MAX_EXCERPT))]
    assume(excerpt == excerpt.strip() != "")  # as all excerpts are
    around = Cited(Citation("slug", start, start + len(excerpt), excerpt, "hash"), "p", Source(), "en")
    texts = shown(context_card(story(text), [around]))
    assert len(texts[0]) <= MAX_TEXT
    lines = [line.removeprefix("> ") for line in texts[0].splitlines() if line.startswith("> ")]
    plain = re.sub(r"\\([^0-9A-Za-z\s])|\*\*", lambda mark: mark[1] or "", "\n".join(lines))
    assert "\n".join(excerpt.splitlines()) in plain
