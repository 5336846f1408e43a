"""Links to where an excerpt stands in its article: text fragments, `#:~:text=`, which browsers scroll to.

https://wicg.github.io/scroll-to-text-fragment/
"""

from urllib.parse import quote, urlsplit

from knowledge.model import Cited, Source

MAX_URL = 512
"""Characters of a link button's address, Discord's limit; discord.py does not check it."""

_MOST_WORDS = 5


def link_to(cited: Cited, *further: Cited) -> str | None:
    """Return the address of an excerpt in its article, None where there is none.

    Further excerpts of the same article are marked there, too, as far as that fits; without room for the first,
    it is the address of the article.
    """
    url = article_of(cited.source)
    if url is None:
        return None
    link, join = url, f"{'' if '#' in url else '#'}:~:"
    for each in (cited, *further):
        marks = (
            f"{join}text={_fragment(each.citation.excerpt, words)}" for words in range(_MOST_WORDS, 0, -1)
        )
        mark = next((mark for mark in marks if len(link) + len(mark) <= MAX_URL), None)
        if mark is None:
            break
        link, join = link + mark, "&"
    return link


def article_of(source: Source) -> str | None:
    """Return the address of an article, None where there is none that a button could lead to."""
    return source.url if _is_web_address(source.url) and len(source.url) <= MAX_URL else None


def host_of(url: str) -> str:
    """Return the host of an address, for people to see where a link goes."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _fragment(excerpt: str, words: int) -> str:
    """Return the first and the last words, each from one line: a browser finds no text across blocks."""
    lines = [line.split() for line in excerpt.splitlines() if line.strip()]
    if not lines:
        return ""
    if len(lines) == 1 and len(lines[0]) <= 2 * words:
        return _encoded(lines[0])
    return f"{_encoded(lines[0][:words])},{_encoded(lines[-1][-words:])}"


def _encoded(words: list[str]) -> str:
    # A hyphen, too, means something in a text fragment, and `quote` leaves it.
    return quote(" ".join(words), safe="").replace("-", "%2D")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, url))
