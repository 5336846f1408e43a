"""Which addresses of the network are anybody's to visit, and a resolver that gives no others.

Pages are fetched from the operator's network, where others stand that are not meant for the moderators of a server: the
host's own services, the neighbours, the cloud's metadata at 169.254.169.254.
"""

import ipaddress
import socket
from collections.abc import Callable

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from knowledge.errors import PullquoteError

# https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast. Kept here, as Python's own `is_global` has
# changed with its versions.
_KEPT_IPV4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
# https://www.iana.org/assignments/ipv6-address-space: only this is given out for hosts of the internet. IPv4 in IPv6
# (::ffff:0:0/96, ::/96), its translation (64:ff9b::/96, 64:ff9b:1::/48), private, link-local and multicast addresses
# lie outside.
_UNICAST_IPV6 = ipaddress.IPv6Network("2000::/3")
_KEPT_IPV6 = [
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocols, Teredo among them: an IPv4 address in another form
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in another form
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]


def is_public(address: str) -> bool:
    """Return whether an address is one of the internet's public hosts, and no other address in another form."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _KEPT_IPV4)
    return ip.scope_id is None and ip in _UNICAST_IPV6 and not any(ip in network for network in _KEPT_IPV6)


class NotPublicError(PullquoteError):
    """A name leads to an address that is not public. Its asker is not to learn that: it would map the network."""


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses. A name that has any other is refused, however many good ones it has.

    The connection goes to the very addresses that were looked at: the name is not resolved a second time.
    """

    def __init__(
        self, resolver: AbstractResolver | None = None, *, is_allowed: Callable[[str], bool] = is_public
    ) -> None:
        """Take what resolves, by default the system, and what may be visited: others are for tests only."""
        self._resolver = resolver or ThreadedResolver()
        self._is_allowed = is_allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raises `NotPublicError` if one of them is not public."""
        found = await self._resolver.resolve(host, port, family)
        if not found or not all(self._is_allowed(each["host"]) for each in found):
            raise NotPublicError(host)
        return found

    async def close(self) -> None:
        """Close what resolves."""
        await self._resolver.close()
