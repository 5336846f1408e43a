"""Fetching pages, from a real TLS server on this machine."""

import asyncio
import gzip
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.stories.addresses import PublicResolver
from bot.stories.fetching import Fetched, Fetcher
from knowledge.errors import StoryError
from knowledge.stories.taking import MAX_STORY_BYTES

HOST = "post.example"
HERE = f"https://{HOST}"
PAGE = b"<html><body><p>The bridge is closed.</p></body></html>"
NOT_FETCHED = "could not be fetched: is the address right, and for everyone to visit"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Names(AbstractResolver):
    """Resolves names to this machine, at the port of the test's server; some to where nobody may go."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.elsewhere: dict[str, str] = {}
        self.asked: list[str] = []

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host == "nowhere.example":
            raise OSError("no such host")
        address = self.elsewhere.get(host, "127.0.0.1")
        return [
            ResolveResult(
                hostname=host, host=address, port=self.port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        pass


@dataclass
class Site:
    """A server with a certificate for `HOST`, and what fetches from it."""

    names: Names
    trusted: ssl.SSLContext
    handlers: dict[str, Handler]
    requests: list[web.Request] = field(default_factory=list)

    def serve(self, path: str, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
        """Answer at a path; `headers` have `_` for `-`."""
        named = {"Content-Type": "text/html; charset=utf-8"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }

        async def answer(_request: web.Request) -> web.Response:
            return web.Response(body=body, status=status, headers=named)

        self.handlers[path] = answer

    def fetcher(self, seconds: float = 5) -> Fetcher:
        resolver = PublicResolver(self.names, is_allowed=lambda address: address == "127.0.0.1")
        return Fetcher(resolver, self.trusted, seconds)

    async def fetch(self, address: str) -> Fetched:
        return await self.fetcher().fetch(address)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def site(authority: trustme.CA) -> AsyncIterator[Site]:
    handlers: dict[str, Handler] = {}
    requests: list[web.Request] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        requests.append(request)
        return await handlers[request.path](request)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(server)
    tcp = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server)
    await tcp.start()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    port = runner.addresses[0][1]
    yield Site(Names(port), trusted, handlers, requests)
    await runner.cleanup()


async def test_a_page_is_fetched_with_its_kind_and_address(site: Site) -> None:
    site.serve("/a")
    assert await site.fetch(f" {HERE}/a?b=c#part ") == Fetched(PAGE, "page.html", f"{HERE}/a?b=c")
    (request,) = site.requests
    assert request.host == HOST
    assert not {"Cookie", "Authorization", "Referer"} & set(request.headers)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("text/html", "page.html"), ("text/plain; charset=UTF-8", "page.txt"), ("Text/Markdown", "page.md")],
)
async def test_a_page_or_a_text_is_taken(site: Site, kind: str, name: str) -> None:
    site.serve("/a", Content_Type=kind)
    assert (await site.fetch(f"{HERE}/a")).name == name


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "application/json", "text/css", "nonsense", ""]
)
async def test_anything_else_is_not(site: Site, kind: str) -> None:
    site.serve("/a", Content_Type=kind)
    with pytest.raises(StoryError, match="no page and no text"):
        await site.fetch(f"{HERE}/a")


@pytest.mark.parametrize("host", ["a..example", ".example", f"{'a' * 70}.example"])
async def test_a_name_that_no_site_can_have_is_not_fetched(host: str) -> None:
    with pytest.raises(StoryError, match=NOT_FETCHED):
        await Fetcher().fetch(f"https://{host}/")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://post.example/a", "begin with https:// only"),
        ("ftp://post.example/a", "begin with https:// only"),
        ("file:///etc/passwd", "begin with https:// only"),
        ("post.example/a", "begin with https:// only"),
        ("", "begin with https:// only"),
        ("https://", "begin with https:// only|is no web address"),
        ("https://me:secret@post.example/", "name or password in the address"),
        ("https://me@post.example/", "name or password in the address"),
        ("https://:secret@post.example/", "name or password in the address"),
        ("https://post.example:8443/", "port of https only, which is 443, not 8443"),
        ("https://post.example:99999/", "is no web address"),
        ("https://[post.example/", "is no web address"),
        ("https://127.0.0.1/", "not the number of its address"),
        ("https://1.1.1.1/", "not the number of its address"),
        ("https://127.1/", "not the number of its address"),
        ("https://2130706433/", "not the number of its address"),
        ("https://127.0.0.1./", "not the number of its address"),
        ("https://１２７.0.0.1/", "not the number of its address"),  # noqa: RUF001  the wide digits are meant
        ("https://[::1]/", "not the number of its address"),
        ("https://[::ffff:127.0.0.1]/", "not the number of its address"),
        (f"https://post.example/{'a' * 2000}", "over 2000 characters"),
    ],
)
async def test_some_addresses_are_refused_before_anything_is_asked(
    site: Site, address: str, said: str
) -> None:
    with pytest.raises(StoryError, match=said):
        await site.fetch(address)
    assert (site.names.asked, site.requests) == ([], [])


async def test_a_name_that_leads_into_a_private_network_is_never_connected_to(site: Site) -> None:
    site.names.elsewhere = {HOST: "10.0.0.1"}
    with pytest.raises(StoryError, match=NOT_FETCHED):
        await site.fetch(f"{HERE}/a")
    assert site.requests == []


@pytest.mark.parametrize("host", ["localhost", "0x7f.1"])
async def test_without_a_test_nothing_on_this_machine_is_fetched(host: str) -> None:
    with pytest.raises(StoryError, match=NOT_FETCHED):
        await Fetcher().fetch(f"https://{host}/")


async def test_a_name_that_there_is_not_says_the_same(site: Site) -> None:
    with pytest.raises(StoryError, match=NOT_FETCHED):
        await site.fetch("https://nowhere.example/")


async def test_a_certificate_must_be_trusted_and_for_that_name(site: Site) -> None:
    site.serve("/a")
    with pytest.raises(StoryError, match="certificate cannot be trusted"):
        await site.fetch("https://other.example/a")
    site.trusted = ssl.create_default_context()
    with pytest.raises(StoryError, match="certificate cannot be trusted"):
        await site.fetch(f"{HERE}/a")
    assert site.requests == []


async def test_redirects_are_followed_and_resolved_anew(site: Site) -> None:
    site.serve("/a", status=301, Location="/b")
    site.serve("/b", status=302, Location=f"{HERE}/c")
    site.serve("/c", status=307, Location="d?x=1")
    site.serve("/d")
    assert (await site.fetch(f"{HERE}/a")).url == f"{HERE}/d?x=1"
    assert site.names.asked == [HOST] * 4


async def test_redirects_have_an_end(site: Site) -> None:
    site.serve("/a", status=302, Location="/a")
    with pytest.raises(StoryError, match="leads on and on, over 3 times"):
        await site.fetch(f"{HERE}/a")
    assert len(site.requests) == 4


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://post.example/b", "begin with https://"),
        ("https://169.254.169.254/latest", "not the number"),
        ("https://post.example:8080/b", "which is 443"),
        ("https://me:pw@post.example/b", "name or password"),
        ("file:///etc/passwd", "begin with https://"),
        ("//inside.example/b", NOT_FETCHED),
        ("https://inside.example/b", NOT_FETCHED),
    ],
)
async def test_every_redirect_is_checked_like_the_first_address(site: Site, to: str, said: str) -> None:
    site.names.elsewhere = {"inside.example": "192.168.0.1"}
    site.serve("/a", status=302, Location=to)
    with pytest.raises(StoryError, match=said):
        await site.fetch(f"{HERE}/a")
    assert len(site.requests) == 1


async def test_a_name_that_turns_private_between_two_requests_is_caught(site: Site) -> None:
    async def turn(_request: web.Request) -> web.Response:
        site.names.elsewhere = {HOST: "127.0.0.2"}
        return web.Response(status=302, headers={"Location": "/b"})

    site.handlers["/a"] = turn
    with pytest.raises(StoryError, match=NOT_FETCHED):
        await site.fetch(f"{HERE}/a")


async def test_cookies_are_not_kept(site: Site) -> None:
    site.serve("/a", status=302, Location="/b", Set_Cookie="a=b")
    site.serve("/b")
    await site.fetch(f"{HERE}/a")
    assert "Cookie" not in site.requests[1].headers


@pytest.mark.parametrize("status", [201, 204, 304, 403, 404, 500])
async def test_only_a_page_that_is_there_counts(site: Site, status: int) -> None:
    site.serve("/a", b"" if status in {204, 304} else PAGE, status)
    with pytest.raises(StoryError, match=f"answered {status} instead of the page"):
        await site.fetch(f"{HERE}/a")


async def test_a_page_of_the_largest_size_is_read_and_one_byte_more_is_not(site: Site) -> None:
    for packed in (False, True):
        for size in (MAX_STORY_BYTES, MAX_STORY_BYTES + 1):
            body = b"x" * size
            headers = {"Content_Encoding": "gzip"} if packed else {}
            site.serve("/a", gzip.compress(body, mtime=0) if packed else body, **headers)
            if size > MAX_STORY_BYTES:
                with pytest.raises(StoryError, match="over 1,000,000 bytes"):
                    await site.fetch(f"{HERE}/a")
            else:
                assert (await site.fetch(f"{HERE}/a")).content == body


async def test_a_bomb_is_given_up_before_it_goes_off(site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    site.serve("/a", bomb, Content_Encoding="gzip")
    with pytest.raises(StoryError, match="over 1,000,000 bytes"):
        await site.fetch(f"{HERE}/a")


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip"])
async def test_other_packing_is_refused(site: Site, encoding: str) -> None:
    site.serve("/a", zlib.compress(PAGE), Content_Encoding=encoding)
    with pytest.raises(StoryError, match="packs the page in a way"):
        await site.fetch(f"{HERE}/a")


@pytest.mark.parametrize(
    ("body", "said"),
    [(gzip.compress(PAGE, mtime=0)[:-9], "broke off"), (b"no gzip at all", NOT_FETCHED), (b"", "broke off")],
)
async def test_broken_packing_is_refused(site: Site, body: bytes, said: str) -> None:
    site.serve("/a", body, Content_Encoding="gzip")
    with pytest.raises(StoryError, match=said):
        await site.fetch(f"{HERE}/a")


async def test_what_follows_the_packed_page_is_left(site: Site) -> None:
    site.serve("/a", gzip.compress(PAGE, mtime=0) + b"x" * 500_000, Content_Encoding="gzip")
    assert (await site.fetch(f"{HERE}/a")).content == PAGE


async def test_an_endless_page_is_given_up(site: Site) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while request.transport is not None:
            await response.write(b"x" * 65_536)
            await asyncio.sleep(0)
        return response

    site.handlers["/a"] = endless
    with pytest.raises(StoryError, match="over 1,000,000 bytes"):
        await site.fetch(f"{HERE}/a")


async def test_a_page_that_dribbles_is_given_up_in_time(site: Site) -> None:
    async def dribble(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while request.transport is not None:
            await response.write(b"x")
            await asyncio.sleep(0.02)
        return response

    site.handlers["/a"] = dribble
    with pytest.raises(StoryError, match=r"did not come within 0\.3 seconds"):
        await site.fetcher(seconds=0.3).fetch(f"{HERE}/a")


async def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.serve("/a")
    assert (await site.fetch(f"{HERE}/a")).content == PAGE
