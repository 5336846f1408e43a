"""Only public hosts of the internet are visited."""

import asyncio
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.addresses import NotPublicError, PublicResolver, is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  this very host
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456:789a::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "",
    ],
)
def test_what_is_no_public_host_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"],
)
def test_public_hosts_are_visited(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_python_calls_every_host_global_that_is_visited(address: object) -> None:
    if is_public(str(address)):
        assert address.is_global  # type: ignore[attr-defined]
        assert not address.is_multicast  # type: ignore[attr-defined]


@given(st.ip_addresses(v=4))
def test_no_address_is_visited_in_the_form_of_another(address: object) -> None:
    low = int(address)  # type: ignore[call-overload]
    forms = (0xFFFF << 32 | low, low, 0x64FF9B << 96 | low, 0x2002 << 112 | low << 80, 0x20010000 << 96 | low)
    assert not any(is_public(_ipv6(form)) for form in forms)


def _ipv6(number: int) -> str:
    return socket.inet_ntop(socket.AF_INET6, number.to_bytes(16, "big"))


class Fixed(AbstractResolver):
    """Resolves every name to the same addresses."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in self.addresses
        ]

    async def close(self) -> None:
        pass


def resolved(*addresses: str) -> list[str]:
    return [
        each["host"] for each in asyncio.run(PublicResolver(Fixed(*addresses)).resolve("post.example", 443))
    ]


def test_a_name_gives_the_addresses_that_were_looked_at() -> None:
    assert resolved("1.1.1.1", "2606:4700::1111") == ["1.1.1.1", "2606:4700::1111"]


@pytest.mark.parametrize(
    "addresses", [(), ("10.0.0.1",), ("1.1.1.1", "10.0.0.1"), ("::ffff:1.1.1.1", "1.1.1.1")]
)
def test_one_address_that_is_not_public_spoils_the_name(addresses: tuple[str, ...]) -> None:
    with pytest.raises(NotPublicError):
        resolved(*addresses)


async def test_the_systems_own_names_are_looked_at_too() -> None:
    resolver = PublicResolver()
    with pytest.raises(NotPublicError):
        await resolver.resolve("localhost", 443)
    await resolver.close()
