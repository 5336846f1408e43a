"""`/qa`: what moderators of a server do with its entries and aliases.

Discord shows the group to moderators only, but an administrator can change that: each command checks
again, as each button and form does.
"""

import discord
from discord import app_commands

from bot import sending
from bot.bases import base_of, base_while_typing
from bot.components import MAX_CHOICE, MAX_CHOICES, Interaction, is_moderator, require_moderator
from bot.curating import adding, aliases, explaining, removing
from bot.curating.listing import page_card
from bot.curating.showing import first_phrasing
from bot.render.escape import cut, one_line
from knowledge.answering import Base
from knowledge.model import MAX_ALIAS, MAX_MEANING, MAX_QUESTION, Entry

qa = app_commands.Group(
    name="qa",
    description="The questions and answers of this server (for moderators)",
    default_permissions=discord.Permissions(manage_messages=True),
    # What is not ruled out is taken over from the tree, which is also there in direct messages.
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)


@qa.command(
    name="add", description="Add a question and its answer: you see a preview before anything is saved"
)
async def _add(interaction: Interaction) -> None:
    require_moderator(interaction)
    await adding.start(interaction)


@qa.command(name="show", description="Show all that is known about one of this server's entries")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _show(interaction: Interaction, entry: app_commands.Range[str, 1, MAX_QUESTION]) -> None:
    require_moderator(interaction)
    await removing.show(interaction, entry)


@qa.command(name="list", description="List this server's own entries")
async def _list(interaction: Interaction) -> None:
    require_moderator(interaction)
    base = await base_of(interaction, ephemeral=True)
    await sending.respond(interaction, page_card(base, 0), ephemeral=True)


@qa.command(name="remove", description="Remove one of this server's entries: you are asked before it goes")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _remove(interaction: Interaction, entry: app_commands.Range[str, 1, MAX_QUESTION]) -> None:
    require_moderator(interaction)
    await removing.ask(interaction, entry)


@qa.command(name="explain", description="See why I answer a question as I do: what spoke for and against it")
@app_commands.describe(question="The question, as a member asks it")
async def _explain(interaction: Interaction, question: app_commands.Range[str, 1, MAX_QUESTION]) -> None:
    require_moderator(interaction)
    await explaining.explain(interaction, question)


alias = app_commands.Group(name="alias", description="Short forms, and what members mean by them", parent=qa)


@alias.command(name="add", description="Read a short form as what it means, or change what it means")
@app_commands.describe(
    alias="The short form, such as BdO: one to three words", means="What members mean by it"
)
async def _add_alias(
    interaction: Interaction,
    alias: app_commands.Range[str, 1, MAX_ALIAS],
    means: app_commands.Range[str, 1, MAX_MEANING],
) -> None:
    require_moderator(interaction)
    await aliases.add(interaction, alias, means)


@alias.command(name="remove", description="No longer read a short form as something else")
@app_commands.describe(alias="The short form")
async def _remove_alias(interaction: Interaction, alias: app_commands.Range[str, 1, MAX_ALIAS]) -> None:
    require_moderator(interaction)
    await aliases.remove(interaction, alias)


@alias.command(name="list", description="List this server's short forms, and what they mean")
async def _list_aliases(interaction: Interaction) -> None:
    require_moderator(interaction)
    await aliases.show_all(interaction)


@_remove_alias.autocomplete("alias")
async def _complete_alias(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await aliases.complete(interaction, typed) if is_moderator(interaction) else []


@_show.autocomplete("entry")
@_remove.autocomplete("entry")
async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if not is_moderator(interaction):
        return []
    base = await base_while_typing(interaction)
    return [
        app_commands.Choice(
            name=cut(f"{first_phrasing(entry)} ({one_line(entry.id)})", MAX_CHOICE), value=entry.id
        )
        for entry in _nearest(base, typed)[:MAX_CHOICES]
    ]


def _nearest(base: Base, typed: str) -> list[Entry]:
    """Return the server's own entries, those most like what was typed first; all of them for nothing."""
    own = {entry.id: entry for entry in base.own}
    if not typed.strip():
        return list(own.values())
    named = [entry for entry in base.own if typed.strip().casefold() in entry.id.casefold()]
    asked = [
        own.get(suggestion.source.id) for suggestion in base.suggest(typed, limit=len(own) + MAX_CHOICES)
    ]
    return list(dict.fromkeys([*named, *filter(None, asked)]))
