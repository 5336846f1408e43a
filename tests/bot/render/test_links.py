from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.links import MAX_URL, host_of, link_to
from knowledge.model import Citation, Cited, Source

LINE = "The 23-year-old replied with a firm no and walked off the stage as Solveig laughed."


def cited(excerpt: str = LINE, url: str = "https://news.example/story") -> Cited:
    return Cited(Citation("story", 0, len(excerpt), excerpt, "hash"), "bullet 5", Source(url=url), "en")


def test_a_link_names_the_first_and_the_last_words_of_a_long_excerpt() -> None:
    link = link_to(cited())
    assert link == (
        "https://news.example/story"
        "#:~:text=The%2023%2Dyear%2Dold%20replied%20with%20a,the%20stage%20as%20Solveig%20laughed."
    )


def test_a_link_names_all_of_a_short_excerpt() -> None:
    assert link_to(cited("Believe in yourselves.")) == (
        "https://news.example/story#:~:text=Believe%20in%20yourselves."
    )


def test_what_means_something_in_a_fragment_is_encoded() -> None:
    link = link_to(cited("a-b, c & d"))
    assert link is not None
    assert link.endswith("text=a%2Db%2C%20c%20%26%20d")


def test_a_fragment_takes_its_words_from_single_lines_as_browsers_do_not_look_across() -> None:
    link = link_to(cited("first line\nmiddle\nlast line"))
    assert link is not None
    assert link.endswith("text=first%20line,last%20line")


def test_an_address_with_a_fragment_of_its_own_keeps_it() -> None:
    link = link_to(cited("Believe", "https://news.example/story#comments"))
    assert link == "https://news.example/story#comments:~:text=Believe"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "ftp://a.example/x",
        "file:///etc/passwd",
        "//a.example",
        "https://",
        "https://[",
        "https://a b.example",
    ],
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert link_to(cited(url=url)) is None


def test_an_address_too_long_for_a_fragment_goes_without() -> None:
    url = "https://news.example/" + "x" * (MAX_URL - 30)
    assert link_to(cited(url=url)) == url


def test_an_address_too_long_for_discord_is_left_out() -> None:
    assert link_to(cited(url="https://news.example/" + "x" * MAX_URL)) is None


def test_further_excerpts_are_marked_too_as_far_as_they_fit() -> None:
    link = link_to(cited("Believe"), cited("and win"), cited("x" * MAX_URL), cited("left out"))
    assert link == "https://news.example/story#:~:text=Believe&text=and%20win"


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_every_link_fits_and_its_words_stand_in_the_excerpt(excerpt: str) -> None:
    link = link_to(cited(excerpt))
    assert link is not None
    assert len(link) <= MAX_URL
    _url, _marker, fragment = link.partition("#:~:text=")
    plain = " ".join(excerpt.split())
    assert all(unquote(part) in plain for part in fragment.split(","))


def test_a_link_tells_the_host_it_goes_to() -> None:
    assert host_of("https://www.news.example:8443/story#x") == "news.example"
    assert host_of("https://good.example@evil.example/") == "evil.example"
