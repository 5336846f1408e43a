"""The loopback Discord as a whole: what is served where, and what a test can do with it."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVar

from aiohttp import web

from .api import Api, Request, Route
from .faults import Faults
from .gateway import Gateway
from .interactions import Interactions
from .limits import Json
from .openapi import OpenApi
from .posting import Posting
from .pulse import PATIENCE, Pulse
from .shapes import Permission
from .world import World

Found = TypeVar("Found")

TOKEN = "loopback-token"  # noqa: S105 - it opens nothing


class LoopbackDiscord:
    """A Discord on 127.0.0.1: enter it, then point a bot at its addresses."""

    def __init__(self, *, shards: int = 1, judge: OpenApi | None = None) -> None:
        self.token = TOKEN
        self.pulse = Pulse()
        self.world = World(shards)
        self.gateway = Gateway(self.world, self.pulse, TOKEN)
        self.posting = Posting(self.world, self.gateway)
        self.interactions = Interactions(self.world, self.gateway, self.posting, self.pulse)
        self.faults = Faults()
        self.rest = Api(self._routes(), self.faults, self.pulse, TOKEN, judge)
        self.api_address = self.gateway_address = ""

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/gateway{slash:/?}", self.gateway.connect)
        app.router.add_get("/attachments/{id}", self._attachment)
        app.router.add_route("*", "/api/v10/{path:.*}", self.rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.api_address = f"http://{host}:{port}/api/v10"
        self.gateway_address = self.gateway.address = f"ws://{host}:{port}/gateway"
        self.world.files_address = f"http://{host}:{port}/attachments"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening and drop every connection."""
        self.gateway.cut()
        await self._runner.cleanup()

    @property
    def requests(self) -> list[Request]:
        """Every request of the bot, in order."""
        return self.rest.requests

    def asked(self, method: str, path: str, since: int = 0) -> list[Request]:
        """Return the requests from the `since`th on whose path matches the regular expression somewhere."""
        return [r for r in self.requests[since:] if r.method == method and re.search(path, r.path)]

    async def until(self, look: Callable[[], Found | None], what: str, seconds: float = PATIENCE) -> Found:
        """Return what `look` finds, as soon as it does; raises `TimeoutError`."""
        return await self.pulse.until(look, what, seconds)

    async def join(self, name: str = "More", channels: Iterable[str] = ("story",)) -> Json:
        """Let the bot be added to a new server."""
        guild = self.world.add_guild(name, channels)
        await self.gateway.dispatch("GUILD_CREATE", guild["id"], self.world.guild_create(guild))
        return guild

    async def deny(self, channel: Json, permissions: Permission) -> None:
        """Tell the bot that everyone is denied these permissions in a channel of a server, and no others."""
        denied = {"id": channel["guild_id"], "type": 0, "allow": "0", "deny": str(int(permissions))}
        channel["permission_overwrites"] = [denied]
        await self.gateway.dispatch("CHANNEL_UPDATE", channel["guild_id"], channel)

    async def delete_channel(self, channel: Json) -> None:
        """Delete a channel of a server."""
        del self.world.channels[channel["id"]]
        await self.gateway.dispatch("CHANNEL_DELETE", channel["guild_id"], channel)

    async def _attachment(self, request: web.Request) -> web.Response:
        self.world.served += 1
        content = self.world.files.get(request.match_info["id"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    def _routes(self) -> list[Route]:
        world, posting, interactions = self.world, self.posting, self.interactions
        commands, message = "/applications/{}/commands", "/channels/{}/messages/{}"
        of_guild, hook = "/applications/{}/guilds/{}/commands", "/webhooks/{}/{}"

        def seen(found: Json) -> Json:
            return world.seen_by_bot(found, message_content=world.message_content)

        def session_limits(**_: object) -> Json:
            limits = {"total": 1000, "remaining": 999, "reset_after": 86400000, "max_concurrency": 1}
            return {"url": self.gateway_address, "shards": world.shards, "session_start_limit": limits}

        def history(channel: str, query: Any, **_: object) -> list[Json]:  # noqa: ANN401 - aiohttp's mapping
            after, before = int(query.get("after", 0)), int(query.get("before", 1 << 63))
            return [seen(m) for m in world.history(channel, after, before, int(query.get("limit", 50)))]

        def me(**_: object) -> Json:
            return {**world.bot, "mfa_enabled": False, "locale": "en-US"}

        def member(guild: str, user: str, **_: object) -> Json:
            return {**world.member(guild, user), "user": world.known_user(user)}

        table: list[tuple[str, str, Callable[..., Any]]] = [
            ("GET", "/gateway", lambda **_: {"url": self.gateway_address}),
            ("GET", "/gateway/bot", session_limits),
            ("GET", "/users/@me", me),
            (
                "POST",
                "/users/@me/channels",
                lambda body, **_: world.direct_channel(str(body["recipient_id"])),
            ),
            ("GET", "/users/{}", lambda user, **_: world.known_user(user)),
            ("GET", "/oauth2/applications/@me", lambda **_: world.application()),
            ("GET", "/applications/@me", lambda **_: world.application()),
            ("GET", commands, lambda _app, **_: list(world.commands[None].values())),
            ("PUT", commands, lambda _app, body, **_: world.put_commands(None, body)),
            ("GET", of_guild, lambda _app, guild, **_: list(world.commands.get(guild, {}).values())),
            ("PUT", of_guild, lambda _app, guild, body, **_: world.put_commands(guild, body)),
            ("GET", "/guilds/{}", lambda guild, **_: world.guilds[guild]),
            ("GET", "/guilds/{}/channels", lambda guild, **_: world.channels_of(guild)),
            ("GET", "/guilds/{}/members/{}", member),
            ("GET", "/channels/{}", lambda channel, **_: world.channel(channel)),
            ("POST", "/channels/{}/typing", lambda _channel, **_: None),
            ("GET", "/channels/{}/messages", history),
            ("POST", "/channels/{}/messages", lambda c, body, files, **_: posting.post(c, body, files)),
            ("GET", message, lambda c, m, **_: seen(world.message(c, m))),
            ("PATCH", message, lambda c, m, body, files, **_: posting.edit(world.message(c, m), body, files)),
            ("DELETE", message, lambda c, m, **_: posting.delete(world.message(c, m))),
            ("POST", "/interactions/{}/{}/callback", interactions.callback),
            ("POST", hook, lambda _app, t, body, files, **_: interactions.follow_up(t, body, files)),
            ("GET", hook + "/messages/{}", lambda _app, t, m, **_: interactions.live(t, m)[1]),
            (
                "PATCH",
                hook + "/messages/{}",
                lambda _app, t, m, body, files, **_: interactions.edit(t, m, body, files),
            ),
            ("DELETE", hook + "/messages/{}", lambda _app, t, m, **_: interactions.delete(t, m)),
        ]
        return [
            (method, re.compile(path.replace("{}", "([^/]+)")), handler) for method, path, handler in table
        ]
