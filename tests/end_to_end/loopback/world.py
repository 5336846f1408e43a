"""The world that the loopback Discord serves: users, servers, roles, channels, messages and commands."""

import re
import time
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from . import shapes
from .limits import Json, RefusedError, check_commands, invalid, leaves, unknown
from .shapes import ALL, ORDINARY, MessageFlag, Permission, now

DISCORD_EPOCH = 1420070400000
BOT_NAME = "pullquote"
MESSAGE_CONTENT_FLAGS = 1 << 18 | 1 << 19


class World:
    """Everything there is. Records are the very dictionaries that are sent, so an edit shows everywhere."""

    def __init__(self, shards: int = 1, *, message_content: bool = False) -> None:
        """Make an empty world; `message_content`: the application has that privileged intent."""
        self.shards = shards
        self.message_content = message_content
        self.role_mentions_show_content = True
        """Whether a mention of the bot's role alone shows it the content: nobody says so for certain."""
        self.users: dict[str, Json] = {}
        self.guilds: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, Json] = {}
        self.files: dict[str, bytes] = {}
        """The content of each attachment, by its id."""
        self.served = 0
        """How often the bot has fetched one."""
        self.files_address = "http://127.0.0.1/none"
        """Where attachments can be fetched."""
        self.commands: dict[str | None, dict[str, Json]] = {None: {}}
        """Of each server, and of all (None), by id."""
        self._roles: dict[tuple[str, str], list[str]] = {}
        self._last_id = 0
        self.bot = self.user(BOT_NAME, bot=True)
        self.owner = self.user("owner")

    def new_id(self, shard: int | None = None) -> str:
        """Return a new snowflake; with a shard, one of a server that belongs to it."""
        self._last_id = max(int(time.time() * 1000) - DISCORD_EPOCH, self._last_id + 1)
        while shard is not None and self._last_id % self.shards != shard:
            self._last_id += 1
        return str(self._last_id << 22)

    def keep_file(self, name: str, content: bytes) -> Json:
        """Keep a file that somebody sends, and return it as an attachment."""
        file_id = self.new_id()
        self.files[file_id] = content
        address = f"{self.files_address}/{file_id}"
        about = {"id": file_id, "filename": name, "size": len(content)}
        return about | {"url": address, "proxy_url": address}

    # ---- people and servers

    def user(self, name: str, *, bot: bool = False) -> Json:
        """Return the user of that name; a new name is a new user."""
        found = next((user for user in self.users.values() if user["username"] == name), None)
        if found is None:
            found = shapes.user(self.new_id(), name, bot=bot)
            self.users[found["id"]] = found
        return found

    def known_user(self, user_id: str) -> Json:
        """Return a user by id, or refuse."""
        if user_id not in self.users:
            raise unknown("User", 10013)
        return self.users[user_id]

    def add_guild(self, name: str, channels: Iterable[str] = ("story",), shard: int | None = None) -> Json:
        """Make a server that the bot is a member of, with the role that Discord makes for the bot."""
        guild_id = self.new_id(shard)
        everyone = shapes.role(guild_id, "@everyone", ORDINARY, position=0)
        own = shapes.role(self.new_id(), BOT_NAME, ORDINARY, bot_id=self.bot["id"])
        self.guilds[guild_id] = shapes.guild(guild_id, name, self.owner["id"], [everyone, own])
        self._roles[guild_id, self.bot["id"]] = [own["id"]]
        for position, channel in enumerate(channels):
            channel_id = self.new_id()
            self.channels[channel_id] = shapes.text_channel(channel_id, channel, guild_id, position)
        return self.guilds[guild_id]

    def add_role(self, guild_id: str, name: str, permissions: int) -> str:
        """Make a role and return its id."""
        added = shapes.role(self.new_id(), name, permissions)
        self.guilds[guild_id]["roles"].append(added)
        return str(added["id"])

    def bot_role(self, guild_id: str) -> str:
        """Return the id of the role that Discord manages for the bot."""
        return self._roles[guild_id, self.bot["id"]][0]

    def give_roles(self, guild_id: str, user_id: str, roles: Sequence[str]) -> None:
        """Set the roles of a member."""
        self._roles[guild_id, user_id] = list(roles)

    def member(self, guild_id: str, user_id: str) -> Json:
        """Return what makes a user a member of a server, without the user."""
        return shapes.member(self._roles.get((guild_id, user_id), ()))

    def permissions(self, guild_id: str, user_id: str) -> int:
        """Return what a member may do by the roles it has."""
        guild = self.guilds[guild_id]
        held = {guild_id, *self._roles.get((guild_id, user_id), ())}
        granted = reduce(or_, (int(role["permissions"]) for role in guild["roles"] if role["id"] in held))
        return ALL if user_id == guild["owner_id"] or granted & Permission.ADMINISTRATOR else granted

    def guild_create(self, guild: Json) -> Json:
        """Return a server as the gateway tells of it: without the members intent, no member but the bot."""
        empty = "threads presences voice_states stage_instances guild_scheduled_events soundboard_sounds"
        bot = {**self.member(guild["id"], self.bot["id"]), "user": self.bot}
        return {
            **guild,
            **{key: [] for key in empty.split()},
            "joined_at": shapes.JOINED,
            "large": False,
            "unavailable": False,
            "member_count": len(self.users),
            "members": [bot],
            "channels": self.channels_of(guild["id"]),
        }

    # ---- channels and messages

    def channels_of(self, guild_id: str) -> list[Json]:
        """Return a server's channels."""
        return [channel for channel in self.channels.values() if channel.get("guild_id") == guild_id]

    def channel(self, channel_id: str) -> Json:
        """Return a channel, or refuse."""
        if channel_id not in self.channels:
            raise unknown("Channel", 10003)
        return self.channels[channel_id]

    def direct_channel(self, user_id: str) -> Json:
        """Return the channel of direct messages between a user and the bot."""
        user = self.known_user(user_id)
        for channel in self.channels.values():
            if channel["type"] == 1 and channel["recipients"] == [user]:
                return channel
        channel_id = self.new_id()
        self.channels[channel_id] = shapes.direct_channel(channel_id, user)
        return self.channels[channel_id]

    def message(self, channel_id: str, message_id: str) -> Json:
        """Return a message as a channel shows it (that is, no ephemeral one), or refuse."""
        message = self.messages.get(message_id)
        if message is None or message["channel_id"] != channel_id or message["flags"] & MessageFlag.EPHEMERAL:
            raise unknown("Message", 10008)
        return message

    def history(self, channel_id: str, after: int, before: int, limit: int) -> list[Json]:
        """Return the messages between two ids, newest first."""
        found = [
            message
            for message in self.messages.values()
            if message["channel_id"] == channel_id
            and after < int(message["id"]) < before
            and not message["flags"] & MessageFlag.EPHEMERAL
        ]
        return found[::-1][:limit]

    def add_message(
        self, author: Json, channel: Json, data: Json, files: Sequence[Json] = (), **extra: object
    ) -> Json:
        """Keep a new message as its author sends it, and return it."""
        authored = shapes.authored(data, files, self.keep_file)
        message = {
            "id": self.new_id(),
            "channel_id": channel["id"],
            "author": author,
            **authored,
            "timestamp": now(),
            "edited_timestamp": None,
            "type": 0,
            "tts": False,
            "pinned": False,
            "flags": data.get("flags") or 0,
            **self._answered(channel, data.get("message_reference")),
            **extra,
        }
        message |= self._mentioned(message, data.get("allowed_mentions"))
        self.messages[message["id"]] = message
        channel["last_message_id"] = message["id"]
        return message

    def _answered(self, channel: Json, reference: Json | None) -> Json:
        if not reference:
            return {}
        source = self.messages.get(str(reference["message_id"]))
        if source is None and reference.get("fail_if_not_exists", True):
            raise invalid("message_reference", "Unknown message", "REPLIES_UNKNOWN_MESSAGE")
        if source is None:
            return {}
        about = {"type": 0, "channel_id": channel["id"], "message_id": source["id"]}
        return {"type": 19, "referenced_message": source, "message_reference": about}

    def _mentioned(self, message: Json, allowed: Json | None) -> Json:
        """Work out whom a message pings. `allowed` (None: everyone) is Discord's `allowed_mentions`."""
        parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or ())
        shown = [part.get("content", "") for part in leaves(message["components"])]
        content = "\n".join([message["content"], *shown])
        users = re.findall(r"<@!?(\d+)>", content) if "users" in parse else []
        users += [i for i in (allowed or {}).get("users") or () if f"<@{i}>" in content]
        answered = message.get("referenced_message")
        if answered and (allowed is None or allowed.get("replied_user")):
            users.append(answered["author"]["id"])
        roles = re.findall(r"<@&(\d+)>", content) if "roles" in parse else []
        return {
            "mentions": [self.users[user] for user in dict.fromkeys(users) if user in self.users],
            "mention_roles": list(dict.fromkeys(roles)),
            "mention_everyone": "everyone" in parse and bool(re.search("@(everyone|here)", content)),
        }

    def seen_by_bot(self, message: Json, *, message_content: bool) -> Json:
        """Return a message as the bot sees it: without its content, unless it may read that."""
        guild_id = self.channels[message["channel_id"]].get("guild_id")
        open_to_it = (
            message_content
            or guild_id is None
            or message["author"] is self.bot
            or self.bot in message["mentions"]
            or (self.role_mentions_show_content and self.bot_role(guild_id) in message["mention_roles"])
        )
        seen = dict(message) if open_to_it else shapes.without_content(message)
        answered = message.get("referenced_message")
        if answered:
            answered = {key: value for key, value in answered.items() if key != "referenced_message"}
            seen["referenced_message"] = self.seen_by_bot(answered, message_content=message_content)
            if answered["id"] not in self.messages:
                seen["referenced_message"] = None
        return seen

    # ---- the application and its commands

    def application(self) -> Json:
        """Return the bot's application."""
        flags = MESSAGE_CONTENT_FLAGS if self.message_content else 0
        return shapes.application(self.bot, self.owner, len(self.guilds), flags)

    def put_commands(self, guild_id: str | None, given: Sequence[Json]) -> list[Json]:
        """Replace the commands of a server, or of all (None); those of the same name keep their id."""
        check_commands(given)
        old = {(kept["type"], kept["name"]): kept["id"] for kept in self.commands.get(guild_id, {}).values()}
        self.commands[guild_id] = {}
        for command in given:
            kept_id = old.get((command.get("type", 1), command["name"])) or self.new_id()
            kept = shapes.command(command, kept_id, self.new_id(), self.bot["id"])
            self.commands[guild_id][kept_id] = kept | ({"guild_id": guild_id} if guild_id else {})
        return list(self.commands[guild_id].values())

    def command(self, name: str, kind: int, guild_id: str | None) -> Json:
        """Return the command that a member sees under that name, or refuse."""
        for command in [*self.commands.get(guild_id, {}).values(), *self.commands[None].values()]:
            if (command["name"], command["type"]) == (name, kind):
                return command
        raise RefusedError(409, 0, f"the bot has registered no such command: {name}")
