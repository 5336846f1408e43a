"""The gateway: sessions that outlive their connections, events, and five ways of losing a connection."""

import json
import secrets
import zlib
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from aiohttp import WSMsgType, web

from .limits import Json
from .pulse import Pulse
from .world import World

HEARTBEAT_MILLISECONDS = 41250
BAD_TOKEN = 4004
INTENT_REFUSED = 4014


class Op(IntEnum):
    """What a frame is about."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Intent(IntFlag):
    """The intents that matter here."""

    GUILDS = 1 << 0
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


class Socket:
    """One websocket connection, with Discord's transport compression where the bot asks for it."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        self.ws = ws
        self.request = request
        self._deflate = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    async def send(self, frame: str) -> None:
        """Send a frame; a frame to a lost connection is kept by its session alone."""
        try:
            if self._deflate:
                data = self._deflate.compress(frame.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self.ws.send_bytes(data)
            else:
                await self.ws.send_str(frame)
        except (ConnectionError, RuntimeError):
            pass

    async def op(self, code: Op, data: object = None) -> None:
        """Send a frame that is no event."""
        await self.send(json.dumps({"op": code, "d": data, "s": None, "t": None}))

    def abort(self) -> None:
        """Cut the connection as a network fault does."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass(eq=False)
class Session:
    """A session of one shard: it outlives its connections, so that it can be resumed."""

    socket: Socket | None
    shard: int
    shards: int
    intents: int
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=5000))

    async def dispatch(self, name: str, data: object) -> None:
        """Send an event, or keep it for the RESUME."""
        self.sequence += 1
        frame = json.dumps({"op": Op.DISPATCH, "t": name, "s": self.sequence, "d": data})
        self.sent.append((self.sequence, frame))
        if self.socket is not None:
            await self.socket.send(frame)


class Gateway:
    """Takes connections and hands out events."""

    def __init__(self, world: World, pulse: Pulse, token: str) -> None:
        self.world = world
        self.pulse = pulse
        self.token = token
        self.address = ""
        self.sessions: dict[str, Session] = {}
        self.log: list[tuple[Op, Json]] = []
        """What the bot sent, heartbeats apart."""

    def times(self, op: Op) -> int:
        """Return how often the bot sent that."""
        return sum(sent is op for sent, _ in self.log)

    @property
    def connected(self) -> list[Session]:
        """The sessions that have a connection."""
        return [session for session in self.sessions.values() if session.socket is not None]

    def sessions_for(self, guild_id: str | None) -> list[Session]:
        """Return the session of a server's shard (direct messages belong to shard 0)."""
        number = int(guild_id or 0) >> 22
        return [session for session in self.sessions.values() if number % session.shards == session.shard]

    async def dispatch(self, name: str, guild_id: str | None, data: object) -> None:
        """Send an event of a server."""
        for session in self.sessions_for(guild_id):
            await session.dispatch(name, data)

    async def tell_message(self, name: str, message: Json) -> None:
        """Send a message's event to the sessions that asked for such, with as much of it as they may see."""
        guild_id = self.world.channels[message["channel_id"]].get("guild_id")
        wanted = Intent.GUILD_MESSAGES if guild_id else Intent.DIRECT_MESSAGES
        for session in self.sessions_for(guild_id):
            if session.intents & wanted:
                may_read = bool(session.intents & Intent.MESSAGE_CONTENT)
                event = self.world.seen_by_bot(message, message_content=may_read)
                if guild_id:
                    event |= {"guild_id": guild_id, **self._as_members(guild_id, event)}
                await session.dispatch(name, event)

    def _as_members(self, guild_id: str, event: Json) -> Json:
        author, mentions = event["author"], event["mentions"]
        return {
            "member": self.world.member(guild_id, author["id"]),
            "mentions": [{**user, "member": self.world.member(guild_id, user["id"])} for user in mentions],
        }

    # ---- connections

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        ws = web.WebSocketResponse(max_msg_size=1 << 20)
        await ws.prepare(request)
        socket = Socket(ws, request)
        session: Session | None = None
        await socket.op(Op.HELLO, {"heartbeat_interval": HEARTBEAT_MILLISECONDS, "_trace": []})
        async for frame in ws:
            if frame.type != WSMsgType.TEXT:
                continue
            message = json.loads(frame.data)
            op, data = Op(message["op"]), message.get("d")
            if op is Op.HEARTBEAT:
                await socket.op(Op.HEARTBEAT_ACK)
                continue
            self.log.append((op, data))
            if op is Op.IDENTIFY:
                session = await self._identify(socket, data)
            elif op is Op.RESUME:
                session = await self._resume(socket, data)
            self.pulse.beat()
        if session is not None and session.socket is socket:
            session.socket = None
        self.pulse.beat()
        return ws

    async def _identify(self, socket: Socket, data: Json) -> Session | None:
        if data["token"] != self.token:
            await socket.ws.close(code=BAD_TOKEN, message=b"Authentication failed.")
            return None
        if data["intents"] & Intent.MESSAGE_CONTENT and not self.world.message_content:
            await socket.ws.close(code=INTENT_REFUSED, message=b"Disallowed intent(s).")
            return None
        shard, shards = data.get("shard") or (0, 1)
        session = Session(socket, shard, shards, data["intents"])
        for old in [old for old in self.sessions.values() if old.shard == shard]:
            del self.sessions[old.id]
        self.sessions[session.id] = session
        guilds = [guild for guild in self.world.guilds.values() if session in self.sessions_for(guild["id"])]
        application = self.world.application()
        ready = {
            "v": 10,
            "user": {
                **self.world.bot,
                "mfa_enabled": False,
                "verified": True,
                "email": None,
                "locale": "en-US",
            },
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.address,
            "shard": [shard, shards],
            "private_channels": [],
            "relationships": [],
            "application": {key: application[key] for key in ("id", "flags", "flags_new")},
            "_trace": [],
        }
        await session.dispatch("READY", ready)
        for guild in guilds if session.intents & Intent.GUILDS else []:
            await session.dispatch("GUILD_CREATE", self.world.guild_create(guild))
        return session

    async def _resume(self, socket: Socket, data: Json) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["seq"] > session.sequence or data["token"] != self.token:
            await socket.op(Op.INVALID_SESSION, data=False)
            return None
        for frame in [frame for sequence, frame in session.sent if sequence > data["seq"]]:
            await socket.send(frame)
        session.socket = socket
        await session.dispatch("RESUMED", {"_trace": []})
        return session

    # ---- faults

    def cut(self) -> None:
        """Lose every connection as a network fault does."""
        for session in self.connected:
            socket, session.socket = session.socket, None
            if socket is not None:
                socket.abort()

    async def close(self, code: int) -> None:
        """Close every connection with that code."""
        for session in self.connected:
            socket, session.socket = session.socket, None
            if socket is not None:
                await socket.ws.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Send op 7 to every connection."""
        for session in self.connected:
            if session.socket is not None:
                await session.socket.op(Op.RECONNECT)

    async def invalidate(self, *, resumable: bool) -> None:
        """Send op 9 to every connection."""
        for session in self.connected:
            if not resumable:
                del self.sessions[session.id]
            if session.socket is not None:
                await session.socket.op(Op.INVALID_SESSION, resumable)
