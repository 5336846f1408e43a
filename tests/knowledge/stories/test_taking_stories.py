"""Stories as moderators hand them in."""
# ruff: noqa: RUF001 - typographic and look-alike letters are what is tested

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import StoryError
from knowledge.model import OwnStory, Source
from knowledge.stories.taking import (
    MAX_FIELD,
    MAX_SLUG,
    MAX_STORY,
    MAX_STORY_BYTES,
    MAX_TOGETHER,
    Told,
    check_beside,
    check_size,
    make_slug,
    take_file,
    take_text,
)

TEXT = "The bridge is closed.\n\nNobody was hurt, and the ferry runs."
FRONT = "---\ntitle: Bridge closed\nauthor: Bo Berg\nlicence: own\nlanguage: de\n---\n\n"
PAGE = """<!doctype html><html lang="nb-NO"><head><meta charset="utf-8"><title>Bridge closed | Post</title>
<meta property="og:title" content="Bridge closed"><meta property="og:site_name" content="Harnfoss Post">
<meta name="author" content="Bo Berg"><meta property="article:published_time" content="2024-05-06T10:00:00Z">
<link rel="canonical" href="https://post.example/bridge"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
</head><body><nav><a href="/">Home</a><a href="/n">News</a></nav><article><h1>Bridge closed</h1>
<p>The old bridge at <b>Harnfoss</b> was closed on Monday,
   after engineers <a href="/e">found a crack</a> in its main beam. Nobody was hurt.</p>
<p>“We heard it crack,” said Mara Voss.<br>“It sang like a saw.”</p><script>alert(1)</script>
<ul><li>Voss has carried cars across since then.<li>The council meets on Friday.</ul>
<table><tr><td>2017<td>400 cars</table><p>It is 3 &lt; 5 &amp; so on.</p></article>
<div class="comments"><p>First comment here!</p></div><footer>All rights reserved</footer></body></html>"""


def test_a_text_is_kept_to_the_letter() -> None:
    text = "  *Bold* moves — “quoted”.\n\n\n- one\n\ttabbed\n<b>& [link](x)</b> 🏆\u00a0end  "
    assert take_file(text.encode(), "a.md").text == text
    assert take_text(text).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_become_plain_ones(end: str) -> None:
    assert take_file(TEXT.replace("\n", end).encode(), "a.txt").text == TEXT


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert take_file(TEXT.encode("utf-8-sig"), "a.txt").text == TEXT
    assert take_text("\ufeff" + TEXT).text == TEXT


def test_front_matter_tells_the_source() -> None:
    story = take_file((FRONT + TEXT).encode(), "draft.MD")
    assert story.source == Source(title="Bridge closed", author="Bo Berg", licence="own")
    assert (story.slug, story.language, story.text) == ("bridge-closed", "de", TEXT)


def test_what_was_typed_wins_over_front_matter() -> None:
    typed = Source(title=" A bridge ", publisher="Post", url="https://post.example/x", author="  ")
    story = take_text(FRONT + TEXT, Told(typed, "EN "))
    assert story.source == Source("A bridge", "Post", "Bo Berg", url="https://post.example/x", licence="own")
    assert (story.slug, story.language) == ("a-bridge", "en")


def test_a_corrected_text_keeps_the_slug_and_what_is_not_told_anew() -> None:
    story = take_text(FRONT + TEXT)
    corrected = take_text(
        "---\npublisher: Post\n---\n\nThe bridge is open.", Told(Source(title="Bridge open"), replaces=story)
    )
    assert (corrected.slug, corrected.language, corrected.text) == (
        "bridge-closed",
        "de",
        "The bridge is open.",
    )
    assert corrected.source == Source("Bridge open", "Post", "Bo Berg", licence="own")
    assert {passage.id for passage in corrected.passages} == {"bridge-closed/p1.1"}


def test_what_is_not_known_of_a_source_stays_empty() -> None:
    story = take_file(TEXT.encode(), "Harnfoss bridge.txt")
    assert story.source == Source()
    assert story.slug == "harnfoss-bridge"
    assert take_text(TEXT).slug == "story"


def test_the_language_is_guessed_where_nobody_tells_it() -> None:
    assert (
        take_text("Die Brücke ist gesperrt, weil sie einen Riss hat. Niemand wurde verletzt.").language
        == "de"
    )
    assert take_text(TEXT).language == "en"
    assert take_text("Zwyx qwrt plmk.").language == "en"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (TEXT.encode(), "a.pdf", r"attach a \.md, \.txt or \.html file, or paste"),
        (TEXT.encode(), "a", r"attach a \.md"),
        (b"x" * (MAX_STORY_BYTES + 1), "a.txt", "at most 1,000,000 are read"),
        (b"Fine.\nna\xefve", "a.txt", "not in UTF-8, as line 2 shows: save it with the encoding UTF-8"),
        (TEXT.encode("utf-16"), "a.txt", r"UTF-16 \(Windows calls it Unicode\)"),
        (
            b"One.\nTwo \0three.",
            "a.txt",
            r'Line 2 has a control character \(U\+0000\) after "Two ": remove it',
        ),
        ("\u202eevil".encode(), "a.md", r"U\+202E\) at its beginning: remove it"),
        (b"\x1b[31mred", "a.md", r"U\+001B"),
        (b"", "a.md", "has no text"),
        (b"---\ntitle: x\n---\n\n", "a.md", "a.md:5: the story has no text"),
        (b"-- ... --", "a.txt", "has no sentence in it"),
        (b"---\ntitle: x\n\nText.", "a.md", "front matter is not closed"),
        (
            b"---\nlicense: own\n---\n\nText.",
            "a.md",
            r'a.md:2: unknown field "license": did you mean "licence"',
        ),
        (b"---\nlanguage: English\n---\n\nText.", "a.md", "two small letters"),
        (b"---\nurl: javascript:alert(1)\n---\n\nText.", "a.md", "is no web address"),
        (b'---\ntitle: "two\\nlines"\n---\n\nText.', "a.md", "title must be one line"),
        (b"a" * (MAX_STORY + 1), "a.txt", "at most 200,000 fit"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_how_to_mend_it(content: bytes, name: str, said: str) -> None:
    with pytest.raises(StoryError, match=said):
        take_file(content, name)


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        (Source(title="x" * (MAX_FIELD + 1)), "", "title has 301 characters; at most 300"),
        (Source(url="post.example/x"), "", "begins with https://"),
        (Source(url="https://[bad"), "", "begins with https://"),
        (Source(publisher="a\u202eb"), "", "publisher must be one line of plain text"),
        (Source(), "english", "write en for English"),
    ],
)
def test_what_was_typed_is_checked_too(typed: Source, language: str, said: str) -> None:
    with pytest.raises(StoryError, match=said):
        take_text(TEXT, Told(typed, language))


def test_a_slug_is_unique_beside_those_of_other_stories_and_packs() -> None:
    taken = {"bridge-closed", "bridge-closed-2"}
    assert take_text(FRONT + TEXT, Told(taken=taken)).slug == "bridge-closed-3"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Ballon d’Or: who won?", "the-ballon-dor-who-won"),
        ("Été à Noël", "ete-a-noel"),
        ("Хегерберг", "hegerberg"),
        ("旧桥", "story"),
        ("", "story"),
        ("x" * 100, "x" * MAX_SLUG),
        ("a title that is rather longer than all that fits", "a-title-that-is-rather-longer-than-all"),
    ],
)
def test_a_slug_is_made_of_the_title(title: str, slug: str) -> None:
    assert make_slug(title) == slug


@given(st.text(max_size=80), st.integers(0, 12))
def test_a_slug_is_always_short_plain_and_new(title: str, others: int) -> None:
    taken: set[str] = set()
    for _ in range(others):
        taken.add(make_slug(title, taken))
    slug = make_slug(title, taken)
    assert len(taken) == others
    assert slug not in taken
    assert 0 < len(slug) <= MAX_SLUG
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")


@given(st.binary(max_size=200), st.sampled_from(["a.md", "a.txt", "a.pdf"]))
def test_any_bytes_are_taken_or_refused_in_words(content: bytes, name: str) -> None:
    with suppress(StoryError):
        assert take_file(content, name).passages


def test_a_page_becomes_its_article_without_what_is_around_it() -> None:
    story = take_file(PAGE.encode(), "page.html", Told(Source(publisher="The Post")))
    assert story.text == (
        "Bridge closed\n\nThe old bridge at Harnfoss was closed on Monday, after engineers found a crack in its main"
        " beam. Nobody was hurt.\n\n“We heard it crack,” said Mara Voss.\n“It sang like a saw.”\n\n"
        "- Voss has carried cars across since then.\n- The council meets on Friday.\n\n2017 | 400 cars\n\n"
        "It is 3 < 5 & so on."
    )
    assert story.source == Source(
        "Bridge closed", "The Post", "Bo Berg", "2024-05-06", "https://post.example/bridge", licence=""
    )
    assert (story.slug, story.language) == ("bridge-closed", "nb")


def test_a_page_tells_nothing_that_it_does_not_say() -> None:
    body = "<p>The bridge was closed on 3 May 2018, after a crack was found in its main beam, the council said.</p>"
    story = take_file(f"<html><body><article>{body * 3}</article></body></html>".encode(), "Old page.htm")
    assert story.source == Source()
    assert (story.slug, story.language) == ("old-page", "en")


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"<html><body><script>x</script></body></html>"])
def test_a_page_without_an_article_is_refused(content: bytes) -> None:
    with pytest.raises(StoryError, match="No article was found in this page: copy the article's text"):
        take_file(content, "page.html")


def test_a_file_of_too_many_bytes_is_refused_before_it_is_read() -> None:
    check_size(MAX_STORY_BYTES)
    with pytest.raises(StoryError, match="1,000,001 bytes"):
        check_size(MAX_STORY_BYTES + 1)


def test_a_text_is_taken_once() -> None:
    with pytest.raises(StoryError, match='is here already, as "Bridge closed"'):
        check_beside(take_text(TEXT), [OwnStory("bridge", TEXT, source=Source(title="Bridge closed"))])


def test_the_stories_of_a_server_have_an_end_together() -> None:
    full = OwnStory("full", "x" * (MAX_TOGETHER - len(TEXT)))
    check_beside(take_text(TEXT), [full])
    with pytest.raises(StoryError, match="/story remove"):
        check_beside(take_text(TEXT), [full, OwnStory("more", "y")])
