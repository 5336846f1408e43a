"""Messages that are sent, edited and deleted, and the events that tell of it."""

from collections.abc import Sequence

from .gateway import Gateway
from .limits import Json, RefusedError, check_message, check_not_empty
from .shapes import MessageFlag, authored, now
from .world import World


class Posting:
    """What happens to messages."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway
        self._nonces: dict[tuple[str, object], Json] = {}

    async def say(self, author: Json, channel: Json, data: Json) -> Json:
        """Send a member's message."""
        message = self.world.add_message(author, channel, data)
        await self.gateway.tell_message("MESSAGE_CREATE", message)
        return message

    async def post(self, channel_id: str, data: Json, files: Sequence[Json]) -> Json:
        """Send a message of the bot; one with an enforced nonce that was sent before is there already."""
        check_message(data)
        check_not_empty(data, files)
        key = (channel_id, data.get("nonce"))
        if data.get("enforce_nonce") and key in self._nonces:
            return self._nonces[key]
        message = self.world.add_message(self.world.bot, self.world.channel(channel_id), data, files)
        if data.get("enforce_nonce"):
            self._nonces[key] = message
        await self.gateway.tell_message("MESSAGE_CREATE", message)
        return message

    async def respond(self, channel_id: str, data: Json, files: Sequence[Json], **extra: object) -> Json:
        """Send a message of the bot that answers an interaction; an ephemeral one is told to nobody."""
        channel = self.world.channel(channel_id)
        application = self.world.bot["id"]
        about = {"type": 20, "application_id": application, "webhook_id": application, **extra}
        message = self.world.add_message(self.world.bot, channel, data, files, **about)
        if not message["flags"] & MessageFlag.EPHEMERAL:
            await self.gateway.tell_message("MESSAGE_CREATE", message)
        return message

    async def edit(self, message: Json, data: Json, files: Sequence[Json] = (), where: str = "") -> Json:
        """Change what is given of a message of the bot."""
        if message["author"] is not self.world.bot:
            raise RefusedError(403, 50005, "Cannot edit a message authored by another user")
        check_message(data, where, message["flags"])
        shown = authored(data, files, self.world.keep_file)
        message |= {key: shown[key] for key in shown if key in data or (key == "attachments" and files)}
        kept = message["flags"] & ~MessageFlag.LOADING | (data.get("flags") or 0)
        message |= {"flags": int(kept), "edited_timestamp": now()}
        if not message["flags"] & MessageFlag.EPHEMERAL:
            await self.gateway.tell_message("MESSAGE_UPDATE", message)
        return message

    async def delete(self, message: Json) -> None:
        """Delete a message."""
        del self.world.messages[message["id"]]
        guild_id = self.world.channels[message["channel_id"]].get("guild_id")
        gone = {"id": message["id"], "channel_id": message["channel_id"]}
        if not message["flags"] & MessageFlag.EPHEMERAL:
            await self.gateway.dispatch(
                "MESSAGE_DELETE", guild_id, gone | ({"guild_id": guild_id} if guild_id else {})
            )
