"""Fetching a page of the web for a moderator, where the operator allows it.

Whoever may add a story names the address, so that it is the operator's network which has to be kept safe: only https on
port 443, only public addresses (see `bot.stories.addresses`), at every redirect anew; no proxy, cookie or password is
used; size and time have an end.
"""

import asyncio
import ssl
import zlib
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.stories.addresses import NotPublicError, PublicResolver
from knowledge.errors import StoryError
from knowledge.stories.taking import MAX_STORY_BYTES

MOST_SECONDS = 10
MOST_REDIRECTS = 3
MAX_ADDRESS = 2000
"""Characters of an address, at most."""

_NAMES = {"text/html": "page.html", "text/plain": "page.txt", "text/markdown": "page.md"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 16_384
_HEADERS = {
    "Accept": "text/html, text/markdown, text/plain",
    "Accept-Encoding": "gzip",
    "User-Agent": "Pullquote (a Discord bot; a moderator asked for this page)",
}
_INSTEAD = "Open it yourself, and paste the text or attach the saved page."


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its bytes, a file name that tells its kind, and the address it was found at in the end."""

    content: bytes
    name: str
    url: str


class Fetcher:
    """Fetches pages; each with a connection of its own, so that one leaves nothing for the next."""

    def __init__(
        self,
        resolver: AbstractResolver | None = None,
        trusted: ssl.SSLContext | None = None,
        seconds: float = MOST_SECONDS,
    ) -> None:
        """Take the resolver, the certificates that are trusted and the time for a page: others are for tests only."""
        self._resolver = resolver or PublicResolver()
        self._trusted = trusted or ssl.create_default_context()
        self._seconds = seconds

    async def fetch(self, address: str) -> Fetched:
        """Return the page at an address; raises `StoryError` with why it cannot be had, and what to do instead."""
        url = _checked(address.strip())
        try:
            async with asyncio.timeout(self._seconds), self._session() as session:
                return await _followed(session, url)
        except TimeoutError:
            raise StoryError(f"The page did not come within {self._seconds:g} seconds. {_INSTEAD}") from None
        except aiohttp.ClientSSLError:
            raise StoryError(f"The site's certificate cannot be trusted. {_INSTEAD}") from None
        except (NotPublicError, aiohttp.ClientError, OSError, UnicodeError, zlib.error):
            # A name with an empty or endless part cannot even be looked up: a UnicodeError.
            # One sentence for all, so that nobody learns which names the operator's network has.
            raise StoryError(
                f"The page could not be fetched: is the address right, and for everyone to visit? {_INSTEAD}"
            ) from None

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            ssl=self._trusted,
            use_dns_cache=False,
            force_close=True,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            trust_env=False,
            auto_decompress=False,
        )


async def _followed(session: aiohttp.ClientSession, url: URL) -> Fetched:
    for _ in range(MOST_REDIRECTS + 1):
        async with session.get(url, allow_redirects=False) as response:
            if response.status in _REDIRECTS:
                url = _checked(response.headers.get("Location", ""), url)
                continue
            if response.status != 200:  # noqa: PLR2004  the number is the name
                raise StoryError(f"The site answered {response.status} instead of the page. {_INSTEAD}")
            name = _NAMES.get(response.content_type)
            if name is None:
                raise StoryError("This address is no page and no text: I read HTML, plain text and Markdown.")
            return Fetched(await _read(response), name, str(url))
    raise StoryError(f"The address leads on and on, over {MOST_REDIRECTS} times. {_INSTEAD}")


def _checked(address: str, base: URL | None = None) -> URL:
    """Return an address as a URL, joined to the one that it was found at; raises `StoryError` if it may not be visited.

    An IP address in the place of a name is refused: it would never come to the resolver.
    """
    try:
        url = URL(address) if base is None else base.join(URL(address))
        port, host = url.port, url.raw_host
    except ValueError:
        raise StoryError("This is no web address: copy the article's, which begins with https://.") from None
    if len(address) > MAX_ADDRESS:
        raise StoryError(f"The address has over {MAX_ADDRESS} characters. {_INSTEAD}")
    if url.scheme != "https" or not host:
        raise StoryError("I fetch from addresses that begin with https:// only.")
    if url.user is not None or url.password is not None:
        raise StoryError("There is a name or password in the address: leave it out.")
    if port != 443:  # noqa: PLR2004  the port of https
        raise StoryError(f"I fetch from the usual port of https only, which is 443, not {port}.")
    if ":" in host or host.replace(".", "").isdigit():
        raise StoryError("Write the site's name, not the number of its address.")
    return url.with_fragment(None)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Return the body, counted as it is after unpacking: no more of it is ever held than may be read."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip"}:
        raise StoryError(f"The site packs the page in a way that I cannot read. {_INSTEAD}")
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        room = MAX_STORY_BYTES + 1 - len(content)
        content += unpacking.decompress(chunk, room) if unpacking else chunk
        if len(content) > MAX_STORY_BYTES:
            raise StoryError(f"The page has over {MAX_STORY_BYTES:,} bytes. {_INSTEAD}")
        if unpacking and unpacking.eof:
            break
    if unpacking and not unpacking.eof:
        raise StoryError(f"The page broke off before its end. {_INSTEAD}")
    return bytes(content)
