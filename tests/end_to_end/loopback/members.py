"""Members: what a test's people do, and what they see."""

from collections.abc import Sequence

from . import forms
from .interactions import BOT_DIRECT, SERVER, Interaction, Kind
from .limits import Json, RefusedError, leaves
from .pulse import PATIENCE
from .server import LoopbackDiscord
from .shapes import Permission

SLASH, ON_MESSAGE = 1, 3


class Member:
    """Someone in a channel of a server, or (`guild` None) in direct messages with the bot."""

    def __init__(self, discord: LoopbackDiscord, name: str, guild: Json | None = None) -> None:
        self.discord = discord
        self.user = discord.world.user(name)
        self.guild = guild
        if guild is None:
            self.channel = discord.world.direct_channel(self.user["id"])
        else:
            self.channel = discord.world.channels_of(guild["id"])[0]

    @property
    def _guild_id(self) -> str | None:
        return self.guild["id"] if self.guild else None

    def may(self, permissions: Permission) -> "Member":
        """Give a role with these permissions; with none, take every role away."""
        world = self.discord.world
        assert self._guild_id, "there are no roles in direct messages"
        roles = [world.add_role(self._guild_id, "Moderator", permissions)] if permissions else []
        world.give_roles(self._guild_id, self.user["id"], roles)
        return self

    def channel_named(self, name: str) -> Json:
        """Return a channel of the server."""
        assert self._guild_id, "direct messages have no channels"
        there = self.discord.world.channels_of(self._guild_id)
        return next(channel for channel in there if channel["name"] == name)

    def enter(self, name: str) -> "Member":
        """Go to another channel of the server."""
        self.channel = self.channel_named(name)
        return self

    # ---- messages

    async def say(self, content: str, *, reply_to: Json | None = None, ping: bool = True) -> Json:
        """Send a message, unanswered as yet; a reply pings its author as clients do, unless told not to."""
        data: Json = {"content": content}
        if reply_to is not None:
            data["message_reference"] = {"message_id": reply_to["id"]}
            if not ping:
                data["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": False}
        return await self.discord.posting.say(self.user, self.channel, data)

    async def mention(self, content: str) -> Json:
        """Mention the bot, and return its reply."""
        return await self.ask(f"<@{self.discord.world.bot['id']}> {content}")

    async def ask(self, content: str, *, reply_to: Json | None = None) -> Json:
        """Send a message, and return the bot's reply to it."""
        return await self.reply_to(await self.say(content, reply_to=reply_to))

    async def reply_to(self, message: Json, seconds: float = PATIENCE) -> Json:
        """Return the bot's reply to a message, as soon as it is there."""
        what = f"a reply to {message['content'][:80]!r}"
        return await self.discord.until(lambda: next(iter(self.replies_to(message)), None), what, seconds)

    def replies_to(self, message: Json) -> list[Json]:
        """Return the replies to a message that are there."""
        found = [m for m in self.discord.world.messages.values() if m.get("message_reference")]
        return [m for m in found if m["message_reference"]["message_id"] == message["id"]]

    # ---- interactions

    def attach(self, name: str, content: bytes) -> Json:
        """Return a file as the value of a command's option."""
        return self.discord.world.keep_file(name, content)

    async def command(self, name: str, **options: object) -> Interaction:
        """Use a slash command (`ask`, `qa add`), and return what came of it; a file is given as its name and bytes."""
        root, *path = name.split()
        given = {key: self.attach(*one) if isinstance(one, tuple) else one for key, one in options.items()}
        data = forms.command_data(await self._offered(root, SLASH), path, given)
        return await self._finish(Kind.COMMAND, data)

    async def complete(self, name: str, option: str, typed: str, **others: object) -> list[str]:
        """Type into an option of a slash command, and return what a member reads of the bot's completions."""
        return [choice["name"] for choice in await self.completions(name, option, typed, **others)]

    async def completions(self, name: str, option: str, typed: str, **others: object) -> list[Json]:
        """Type into an option of a slash command, and return the completions: their names and values."""
        root, *path = name.split()
        command = await self._offered(root, SLASH)
        data = forms.command_data(command, path, {**others, option: typed}, focused=option)
        return (await self._finish(Kind.AUTOCOMPLETE, data)).choices

    async def use_on(self, message: Json, name: str) -> Interaction:
        """Use a message command, from the menu *Apps* of a message."""
        command = await self._offered(name, ON_MESSAGE)
        about = {key: command[key] for key in ("id", "name", "type")}
        return await self._finish(
            Kind.COMMAND,
            {**about, "target_id": message["id"], "resolved": {"messages": {message["id"]: message}}},
        )

    async def click(self, message: Json, label: str) -> Interaction:
        """Click the button of that label (or of a label that begins so)."""
        return await self._finish(Kind.COMPONENT, forms.click_data(button(message, label)), message)

    async def select(self, message: Json, custom_id: str, values: Sequence[str]) -> Interaction:
        """Choose from a select menu; of one of channels, by their ids."""
        part = forms.component(message, custom_id)
        there = self.discord.world.channels_of(self._guild_id) if self._guild_id else ()
        data = forms.click_data(part, values, {channel["id"]: channel for channel in there})
        return await self._finish(Kind.COMPONENT, data, message)

    async def submit(self, opened: Interaction, **typed: object) -> Interaction:
        """Fill in and send the modal that an interaction opened."""
        data = forms.modal_data(opened.modal, typed)
        return await self._finish(Kind.MODAL, data, opened.payload.get("message"))

    async def registered(self, name: str, kind: int = SLASH) -> Json:
        """Return a command as the bot has registered it, as soon as it has."""

        def look() -> Json | None:
            try:
                return self.discord.world.command(name, kind, self._guild_id)
            except RefusedError:
                return None

        return await self.discord.until(look, f"the command {name}")

    async def _offered(self, name: str, kind: int) -> Json:
        command = await self.registered(name, kind)
        contexts = command.get("contexts")
        if contexts is not None and (SERVER if self.guild else BOT_DIRECT) not in contexts:
            raise RefusedError(409, 0, f"the command {name} is not offered here")
        return command

    async def start(self, kind: Kind, data: Json, message: Json | None = None) -> Interaction:
        """Start an interaction, unanswered as yet."""
        return await self.discord.interactions.start(kind, self.user, self.channel, data, message)

    async def _finish(self, kind: Kind, data: Json, message: Json | None = None) -> Interaction:
        return await self.discord.interactions.finished(await self.start(kind, data, message))


def buttons(message: Json) -> list[Json]:
    """Return the buttons of a message."""
    return [part for part in leaves(message["components"]) if part["type"] == 2]


def button(message: Json, label: str) -> Json:
    """Return the enabled button whose label begins so."""
    for part in buttons(message):
        if (part.get("label") or "").startswith(label) and not part.get("disabled"):
            return part
    raise RefusedError(
        409, 0, f"no enabled button {label!r}, but {[part.get('label') for part in buttons(message)]}"
    )


def file_of(discord: LoopbackDiscord, message: Json) -> bytes:
    """Return the content of the only file of a message."""
    (attachment,) = message["attachments"]
    return discord.world.files[attachment["id"]]


def text_of(message: Json) -> str:
    """Return everything of a message that a member reads."""
    embeds = message["embeds"]
    parts = [message["content"], *(part.get("content", "") for part in leaves(message["components"]))]
    for embed in embeds:
        parts += [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
        parts += [text for field in embed["fields"] for text in (field["name"], field["value"])]
    return "\n".join(part for part in parts if part)
