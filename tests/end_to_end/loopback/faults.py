"""What goes wrong between the bot and Discord's REST API, as a test orders it."""

import asyncio
import re
import secrets
import time
from dataclasses import dataclass, field

from .limits import Json, RefusedError

VIA = {"Via": "1.1 loopback"}
"""Without it discord.py takes a 429 for a ban by Cloudflare, and raises at once."""


@dataclass(eq=False)
class Fault:
    """What happens to the next requests that match."""

    path: str = ""
    """Searched for in the path, as a regular expression."""
    method: str | None = None
    times: int = 1
    status: int | None = None
    """The answer, with `body` or Discord's usual one; for 429 with `retry_after` and `everywhere`."""
    body: Json | None = None
    retry_after: float = 0.5
    everywhere: bool = False
    reset: bool = False
    """The connection is cut instead of an answer."""
    after: bool = False
    """The request is carried out, and only its answer is lost."""
    hold: asyncio.Event | None = None
    """The request is left alone until this is set."""
    held: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a request has been met."""

    def matches(self, method: str, path: str) -> bool:
        """Tell whether it is meant for that request."""
        return self.method in (None, method) and bool(re.search(self.path, path))

    def refusal(self) -> RefusedError:
        """Return the answer."""
        if self.status == 429:
            return too_many(self.retry_after, everywhere=self.everywhere)
        refused = RefusedError(self.status or 500, 0, f"{self.status}: injected", dict(VIA))
        refused.body = self.body or refused.body
        return refused


@dataclass(eq=False)
class Bucket:
    """A rate limit: so many requests in a window of so many seconds."""

    method: str
    path: str
    limit: int
    window: float
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    refused: int = 0
    _reset: float = 0.0
    _used: int = 0

    def count(self) -> dict[str, str]:
        """Count a request: return the headers that tell of the bucket, or refuse."""
        if time.time() >= self._reset:
            self._reset, self._used = time.time() + self.window, 0
        self._used += 1
        wait = self._reset - time.time()
        if self._used > self.limit:
            self.refused += 1
            raise too_many(wait, everywhere=False)
        return VIA | {
            "X-RateLimit-Bucket": self.id,
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self._used),
            "X-RateLimit-Reset": f"{self._reset:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
        }


def too_many(wait: float, *, everywhere: bool) -> RefusedError:
    """Return a 429."""
    headers = {
        **VIA,
        "X-RateLimit-Scope": "global" if everywhere else "user",
        "Retry-After": str(int(wait) + 1),
    }
    headers |= {"X-RateLimit-Global": "true"} if everywhere else {}
    refused = RefusedError(429, 0, "You are being rate limited.", headers)
    refused.body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
    return refused


class Faults:
    """The faults and buckets that are in force."""

    def __init__(self) -> None:
        self._next: list[Fault] = []
        self._buckets: list[Bucket] = []

    def order(self, fault: Fault) -> Fault:
        """Let a fault happen."""
        self._next.append(fault)
        return fault

    def limit(self, bucket: Bucket) -> Bucket:
        """Put a rate limit in force."""
        self._buckets.append(bucket)
        return bucket

    def clear(self) -> None:
        """Let everything go well again."""
        self._next.clear()
        self._buckets.clear()

    def meet(self, method: str, path: str) -> Fault | None:
        """Take the fault that is meant for a request, if any."""
        for fault in self._next:
            if fault.matches(method, path):
                fault.times -= 1
                if fault.times <= 0:
                    self._next.remove(fault)
                fault.held.set()
                return fault
        return None

    def count(self, method: str, path: str) -> dict[str, str]:
        """Count a request in its bucket, if it has one: return its headers, or refuse."""
        for bucket in self._buckets:
            if bucket.method == method and re.search(bucket.path, path):
                return bucket.count()
        return {}
