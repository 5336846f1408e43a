"""The Discord client: what it asks of Discord, what it keeps, and who may come in."""

import asyncio
from collections.abc import Callable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakValueDictionary

import discord
import structlog
from discord import app_commands

from bot import reporting, sync
from bot.components import CUSTOM_ID_PREFIX, Interaction
from knowledge.errors import SafeError
from knowledge.library import Library

if TYPE_CHECKING:
    from bot.stories.fetching import Fetcher  # at run time its package imports this module

log = structlog.get_logger(__name__)

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None is privileged: the text of messages arrives where the bot is mentioned, replied to or written to.

An auto-answer channel needs the text of other messages too; whoever runs the bot can ask Discord for that.
"""

Feature: TypeAlias = Callable[["PullquoteClient"], None]
"""Adds the commands, buttons and listeners of one feature to the client."""


class GoingDownError(SafeError):
    """The bot is about to stop."""


class PullquoteTree(app_commands.CommandTree["PullquoteClient"]):
    """The commands, with one door in and one way out for errors."""

    def __init__(self, client: "PullquoteClient") -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let a command in, unless the bot is going down."""
        try:
            self.client.admit()
        except GoingDownError as error:
            if interaction.type is not discord.InteractionType.autocomplete:
                await reporting.report(interaction, error)
            return False
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Report whatever a command raised."""
        await reporting.report(interaction, error)


class PullquoteClient(discord.AutoShardedClient):
    """The bot on Discord: a library to answer from, and the features that were given to it."""

    def __init__(
        self,
        library: Library,
        features: Sequence[Feature],
        *,
        shard_count: int | None = None,
        shard_ids: Sequence[int] = (),
        message_content: bool = False,
    ) -> None:
        """Take what to answer from, and the features; `message_content`: ask for that privileged intent."""
        shards: dict[str, Any] = {"shard_count": shard_count}
        if shard_ids:
            shards["shard_ids"] = list(shard_ids)
        intents = copy(INTENTS)
        intents.message_content = message_content
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            **shards,
        )
        self.library = library
        self.fetcher: Fetcher | None = None
        """Gets pages of the web for moderators; None: nobody may have any fetched."""
        self.tree = PullquoteTree(self)
        self.features = features
        self._buttons: set[type[discord.ui.DynamicItem[Any]]] = set()
        self.open_forms: WeakValueDictionary[str, discord.ui.Modal] = WeakValueDictionary()
        """The forms that people see, by their custom ids. discord.py keeps them until they are sent or time out."""
        self._in_flight: set[asyncio.Task[Any]] = set()
        self._is_going_down = False

    async def close(self) -> None:
        """Disconnect, and stop what goes on in the background for moderators."""
        await self.library.foresight.close()
        await super().close()

    async def setup_hook(self) -> None:
        """Install the features and tell Discord the commands, before the first event arrives."""
        for install in self.features:
            install(self)
        try:
            await sync.sync_when_changed(self.tree, self.library.store)
        except discord.HTTPException as error:
            # The commands that Discord knows already still work, and so does everything else.
            log.error("commands not sent to Discord", exc_info=error)  # noqa: TRY400  without a long trace

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Register persistent buttons."""
        super().add_dynamic_items(*items)
        self._buttons.update(items)

    def admit(self) -> None:
        """Count the running task as work to be finished before the bot stops; raises `GoingDownError` then.

        Every handler calls this first: discord.py starts a task for each event and keeps track of none.
        """
        if self._is_going_down:
            raise GoingDownError("I am just being restarted. Please try again in a minute.")
        task = asyncio.current_task()
        if task is not None and task not in self._in_flight:
            self._in_flight.add(task)
            task.add_done_callback(self._in_flight.discard)

    async def finish(self, seconds: float) -> int:
        """Take no more work, wait at most so long for what is in flight; return how much was not finished."""
        self._is_going_down = True
        tasks = self._in_flight - {asyncio.current_task()}
        if not tasks:
            return 0
        _done, unfinished = await asyncio.wait(tasks, timeout=seconds)
        return len(unfinished)

    async def on_ready(self) -> None:
        """Say so in the log. Discord may send this many times."""
        log.info("ready", servers=len(self.guilds), shards=self.shard_count)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer buttons and forms that are no longer known; discord.py would leave the person waiting."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self._answer_old_form(interaction)
        elif interaction.type is discord.InteractionType.component:
            await self._answer_old_button(interaction)

    async def _answer_old_form(self, interaction: Interaction) -> None:
        """Give back what was typed into a form that was opened before a restart, or too long ago."""
        form = self.open_forms.get(reporting.custom_id_of(interaction))
        is_open = form is not None and not form.is_finished()
        if not (is_open or interaction.response.is_done()):
            await reporting.report(
                interaction,
                SafeError(
                    "I no longer know that form: I was restarted, or it was open for too long. Nothing of it was"
                    " saved. What you typed is in the file: please open the form again and copy it there."
                ),
                typed=reporting.typed_in(interaction),
            )

    async def _answer_old_button(self, interaction: Interaction) -> None:
        custom_id = reporting.custom_id_of(interaction)
        known = any(button.__discord_ui_compiled_template__.fullmatch(custom_id) for button in self._buttons)
        if custom_id.startswith(CUSTOM_ID_PREFIX) and not known:
            await reporting.report(
                interaction, SafeError("That button is from an older version of me. Please ask again.")
            )

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what an event's handler raised: there is nobody to tell."""
        log.error("unexpected error", where=event_method, exc_info=True)  # noqa: LOG014 called within one
