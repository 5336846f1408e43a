"""The REST API: every request of the bot is recorded, judged, and answered."""

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from .faults import Fault, Faults
from .limits import Json, RefusedError
from .openapi import OpenApi
from .pulse import Pulse

Handler = Callable[..., Any]
Route = tuple[str, re.Pattern[str], Handler]
"""Method, path, and what answers: called with the ids of the path, then body, files and query by name."""

QUIET: tuple[Json, ...] = ({"parse": []}, {"parse": [], "replied_user": False})
"""The `allowed_mentions` of a message that pings nobody."""

TOO_MANY, TOO_LATE = 429, 10062
"""What no bot can help: a status, and the code of an interaction that has expired."""

LOST = 0
"""The status of a request whose answer did not reach the bot."""


@dataclass(eq=False)
class Request:
    """A request of the bot, and what became of it."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    files: Sequence[Json]
    status: int | None = None
    injected: bool = False
    """A fault of the test's ordering, so nothing that the bot has to answer for."""
    faults: list[str] = field(default_factory=list)
    """What is wrong with it, or with its answer."""

    def __str__(self) -> str:
        """Return it without its token."""
        return f"{self.method} {re.sub('[A-Za-z0-9_-]{50,}', '<token>', self.path)} -> {self.status}"

    @property
    def message(self) -> Json | None:
        """The message that it sends or edits, if it does."""
        if not isinstance(self.body, dict):
            return None
        if self.path.endswith("/callback"):
            return (self.body.get("data") or {}) if self.body["type"] in {4, 7} else None
        is_message = re.search(r"/messages(/[^/]+)?$|^/webhooks/", self.path)
        return self.body if is_message and self.method in {"POST", "PATCH"} else None

    def complaints(self) -> list[str]:
        """Say what the bot should not have done."""
        found = list(self.faults)
        allowed = (self.message or {}).get("allowed_mentions")
        if self.message is not None and allowed not in QUIET:
            found.append(f"may ping: allowed_mentions is {allowed}")
        return [f"{self}: {complaint}" for complaint in found]


class Api:
    """Serves the routes."""

    def __init__(
        self, routes: Sequence[Route], faults: Faults, pulse: Pulse, token: str, judge: OpenApi | None
    ) -> None:
        self.requests: list[Request] = []
        self._routes = routes
        self._faults = faults
        self._pulse = pulse
        self._token = token
        self._judge = judge

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a request of the bot."""
        path = "/" + request.match_info["path"]
        body, files = await _read(request)
        asked = Request(request.method, path, dict(request.query), body, files)
        self.requests.append(asked)
        fault = self._faults.meet(request.method, path)
        asked.injected = fault is not None
        if fault and fault.hold:
            self._pulse.beat()
            await fault.hold.wait()
        try:
            if request.transport is None or (fault and fault.reset and not fault.after):
                asked.status = LOST
                return _cut(request)
            status, answer, headers = await self._answer(asked, request, fault)
            asked.status = status
            if fault and fault.reset:
                asked.status = LOST
                return _cut(request)
        finally:
            self._pulse.beat()
        if answer is None:
            return web.Response(status=status, headers=headers)
        headers["Content-Type"] = "application/json"  # no charset: discord.py compares the whole value
        return web.Response(body=json.dumps(answer).encode(), status=status, headers=headers)

    async def _answer(
        self, asked: Request, request: web.Request, fault: Fault | None
    ) -> tuple[int, Any, dict[str, str]]:
        headers: dict[str, str] = {}
        try:
            if fault and fault.status and not fault.after:
                raise fault.refusal()
            headers = self._faults.count(asked.method, asked.path)
            self._check_token(asked.path, request.headers.get("Authorization"))
            if self._judge:
                asked.faults += self._judge.faults(asked.method, asked.path, asked.body)
            answer = await self._route(asked)
            if fault and fault.status:
                raise fault.refusal()
        except RefusedError as refused:
            expected = refused.status == TOO_MANY or refused.body.get("code") == TOO_LATE
            if not asked.injected and not expected:
                asked.faults.append(f"refused: {refused}")
            return refused.status, refused.body, headers | refused.headers
        status = 204 if answer is None else 200
        if self._judge:
            wrong = self._judge.answer_faults(asked.method, asked.path, status, answer)
            asked.faults += [f"the loopback Discord answers wrongly: {fault}" for fault in wrong]
        return status, answer, headers

    def _check_token(self, path: str, given: str | None) -> None:
        open_to_all = path.startswith(("/interactions/", "/webhooks/")) or path == "/gateway"
        if not open_to_all and given != f"Bot {self._token}":
            raise RefusedError(401, 0, "401: Unauthorized")

    async def _route(self, asked: Request) -> Any:  # noqa: ANN401 - any JSON value
        for method, pattern, handler in self._routes:
            match = pattern.fullmatch(asked.path) if method == asked.method else None
            if match:
                answer: Any | Awaitable[Any] = handler(
                    *match.groups(), body=asked.body or {}, files=asked.files, query=asked.query
                )
                return await answer if inspect.isawaitable(answer) else answer
        asked.faults.append("the loopback Discord does not serve this")
        raise RefusedError(404, 0, "404: Not Found")


async def _read(request: web.Request) -> tuple[Any, list[Json]]:
    """Return a request's JSON body, if any, and its files."""
    if request.content_type != "multipart/form-data":
        raw = await request.read()
        return (json.loads(raw) if raw and request.content_type == "application/json" else None), []
    body, files = None, []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = await part.read()
        if part.name == "payload_json":
            body = json.loads(data)
        else:
            files.append({"filename": part.filename, "data": bytes(data)})
    return body, files


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
