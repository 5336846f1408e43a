"""The card of a server's settings, with a menu for each. A choice is on the disk before the card shows it."""

from typing import Self

import discord

from bot import sending
from bot.bases import base_of
from bot.components import Card, Interaction, PersistentMenu
from bot.curating.desk import author_of, server_of
from bot.render.escape import escape, one_line
from knowledge.answering.strictness import in_words
from knowledge.errors import SafeError
from knowledge.model import Setting, Strictness
from knowledge.owned import put
from knowledge.settings import STRICTNESS, ServerSettings

_HEADING = "**Settings of this server**\n-# A change counts from the next question on."
_ABOUT_STRICTNESS = (
    "How sure I have to be to give an answer. The stricter, the fewer answers are wrong, and the more questions end"
    " with choices or the nearest lines instead."
)


async def show(interaction: Interaction) -> None:
    """Answer a command with the settings as they are."""
    base = await base_of(interaction, ephemeral=True)
    await sending.respond(interaction, settings_card(base.settings), ephemeral=True)


async def keep(interaction: Interaction, key: str, value: str, *, in_place: bool) -> None:
    """Keep what a moderator set; raises `NotAllowedError` for anyone else.

    `in_place`: it was set with a menu, whose card will be replaced.
    """
    server = server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=not in_place)
    author = author_of(interaction)
    await interaction.client.library.change(server, [put(Setting(key, value, author))], author)


class StrictnessMenu(PersistentMenu, template="pq1:set-strictness"):
    """Sets how sure an answer has to be. It has no state: what is set stands in the database."""

    def __init__(self, current: Strictness | None = None) -> None:
        super().__init__(
            discord.ui.Select(
                custom_id="pq1:set-strictness",
                options=[
                    discord.SelectOption(
                        label=one.capitalize(),
                        value=one,
                        description=in_words(one),
                        default=one is current,
                    )
                    for one in Strictness
                ],
            )
        )

    @classmethod
    def read(cls, _state: dict[str, str], _label: str) -> Self:
        """Return the menu again."""
        return cls()

    async def pressed(self, interaction: Interaction) -> None:
        """Keep the choice, then show it."""
        chosen = next((one for one in Strictness if one in self.item.values), None)
        if chosen is None:
            raise SafeError("That choice is not there any more. Please call /pullquote settings again.")
        await keep(interaction, STRICTNESS, chosen.value, in_place=True)
        base = await base_of(interaction)
        await sending.edit(interaction, settings_card(base.settings))


def settings_card(settings: ServerSettings) -> Card:
    """Return all settings, each with what it means, who set it, and a menu to change it."""
    strictness, kept = settings.strictness, settings.of(STRICTNESS)
    set_to_this = kept if kept and kept.value == strictness else None
    told = (
        f"**Strictness: {strictness}**{_set_by(set_to_this)}\n{_ABOUT_STRICTNESS}"
        f"\n-# Now: {in_words(strictness)}."
    )
    return Card(
        discord.ui.TextDisplay(_HEADING),
        discord.ui.TextDisplay(told),
        discord.ui.ActionRow(StrictnessMenu(strictness)),
    )


def _set_by(setting: Setting | None) -> str:
    if setting is None:
        return " (the default)"
    return f" (set by {escape(one_line(setting.author.name))})" if setting.author else ""
