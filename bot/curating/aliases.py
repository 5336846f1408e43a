"""A server's short forms: adding, removing and listing them."""

from collections.abc import Iterator

from discord import app_commands, ui

from bot import sending
from bot.bases import base_of, base_while_typing
from bot.components import MAX_CHOICE, MAX_CHOICES, MAX_TEXT, Card, Interaction
from bot.curating.desk import author_of, desk_of, server_of
from bot.curating.showing import text_file, within
from bot.render.escape import cut, escape, one_line
from knowledge import curating
from knowledge.answering import Base
from knowledge.model import Alias
from knowledge.owned import put

NONE_YET = "This server has no aliases yet. With /qa alias add, a short form that members use is read as what it means."


async def add(interaction: Interaction, short: str, meaning: str) -> None:
    """Answer a command by keeping an alias; it is on the disk before that is said."""
    server, library = server_of(interaction), interaction.client.library
    author = author_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    async with desk_of(interaction.client).turn(server):
        base = await library.base(server, fresh=True)
        alias = curating.alias(base, short, meaning, author)
        await library.change(server, [put(alias)], author)
    before = next((one for one in base.aliases if one.alias == alias.alias), None)
    sentence = f"**Saved.** From the next question on I read {_line(alias)}."
    if before is not None and before.meaning != alias.meaning:
        sentence += f"\n-# Until now it meant {escape(one_line(before.meaning))}."
    await sending.respond(interaction, Card(ui.TextDisplay(sentence)), ephemeral=True)


async def remove(interaction: Interaction, short: str) -> None:
    """Answer a command by removing an alias; raises `UnknownAliasError` where there is none such."""
    server = server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    alias = await interaction.client.library.remove_alias(
        server, curating.alias_key(short), author_of(interaction)
    )
    sentence = f"**Removed.** I no longer read {_line(alias)}."
    await sending.respond(interaction, Card(ui.TextDisplay(sentence)), ephemeral=True)


async def show_all(interaction: Interaction) -> None:
    """Answer a command with all aliases, in a file too if the card cannot hold them."""
    base = await base_of(interaction, ephemeral=True)
    text, is_cut = within(_listed(base), MAX_TEXT)
    await sending.respond(interaction, Card(ui.TextDisplay(text)), ephemeral=True)
    if is_cut:
        lines = "\n".join(f"{alias.alias}: {alias.meaning}" for alias in base.aliases)
        file = text_file([("Aliases", lines)], "aliases.txt")
        await sending.respond(interaction, text="All aliases:", file=file, ephemeral=True)


async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the aliases that hold what was typed, in themselves or in what they mean."""
    base = await base_while_typing(interaction)
    wanted = typed.strip().casefold()
    return [
        app_commands.Choice(name=cut(f"{one.alias}: {one_line(one.meaning)}", MAX_CHOICE), value=one.alias)
        for one in base.aliases
        if wanted in one.alias or wanted in one.meaning.casefold()
    ][:MAX_CHOICES]


def _listed(base: Base) -> Iterator[str]:
    if not base.aliases:
        yield NONE_YET
        return
    yield f"**This server's aliases** ({len(base.aliases)})"
    for alias in base.aliases:
        yield f"- {_line(alias)}" + (f" ({escape(one_line(alias.author.name))})" if alias.author else "")


def _line(alias: Alias) -> str:
    return f"**{escape(alias.alias)}** as {escape(one_line(alias.meaning))}"
