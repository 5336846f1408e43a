"""`/story`: a server's own stories, for its moderators. Like `/qa`, each command checks that again."""

import discord
from discord import app_commands

from bot import sending
from bot.components import Interaction
from bot.curating.desk import author_of, server_of
from bot.stories import adding, finding, listing, reading, removing
from bot.stories.proposals import Given
from knowledge.model import Source
from knowledge.stories.taking import MAX_FIELD

story = app_commands.Group(
    name="story",
    description="The stories that I answer from on this server (for moderators)",
    default_permissions=discord.Permissions(manage_messages=True),
    # What is not ruled out is taken over from the tree, which is also there in direct messages.
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)

Field = app_commands.Range[str, 1, MAX_FIELD]
Code = app_commands.Range[str, 2, 2]
Name = app_commands.Range[str, 1, MAX_FIELD]

_FIELDS = app_commands.describe(
    file="The text as .txt, .md or .html; without a file and URL, a form opens for you to paste it",
    title="The headline",
    publisher="Where it appeared",
    author="Who wrote it",
    published="When it appeared, such as 2018-12-03",
    url="Where members can read all of it; without a file I fetch it, if whoever runs me lets me",
    licence="own, public-domain, permission or cc-by-4.0 and its like: then all of it may be shown",
    language="The language as a code of two letters, such as en; without it, I guess",
)


@story.command(name="add", description="Add a story: you see a preview before anything is saved")
@_FIELDS
async def _add(  # noqa: PLR0913, PLR0917  each is an option of the command
    interaction: Interaction,
    file: discord.Attachment | None = None,
    title: Field = "",
    publisher: Field = "",
    author: Field = "",
    published: Field = "",
    url: Field = "",
    licence: Field = "",
    language: Code = "",
) -> None:
    server = server_of(interaction)
    source = Source(title, publisher, author, published, url, licence)
    await adding.start(interaction, Given(server, author_of(interaction), source, language), file)


@story.command(
    name="replace",
    description="Replace a story by its corrected text: you see first what becomes of the entries",
)
@app_commands.describe(story="The story, by its title or short name")
@_FIELDS
async def _replace(  # noqa: PLR0913, PLR0917  each is an option of the command
    interaction: Interaction,
    story: Name,
    file: discord.Attachment | None = None,
    title: Field = "",
    publisher: Field = "",
    author: Field = "",
    published: Field = "",
    url: Field = "",
    licence: Field = "",
    language: Code = "",
) -> None:
    server = server_of(interaction)
    source = Source(title, publisher, author, published, url, licence)
    given = Given(server, author_of(interaction), source, language, replaces=story)
    await adding.start(interaction, given, file)


@story.command(
    name="remove", description="Remove one of this server's own stories: you are asked before it goes"
)
@app_commands.describe(story="The story, by its title or short name")
async def _remove(interaction: Interaction, story: Name) -> None:
    await removing.ask(interaction, story)


@story.command(name="list", description="List the stories that I answer from here")
async def _list(interaction: Interaction) -> None:
    server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    await sending.respond(interaction, await listing.page_of(interaction, 0), ephemeral=True)


@story.command(name="read", description="Read a story page by page, as far as it may be shown")
@app_commands.describe(story="The story, by its title or short name")
async def _read(interaction: Interaction, story: Name) -> None:
    server_of(interaction)
    await sending.defer(interaction, ephemeral=True, thinking=True)
    await sending.respond(interaction, await reading.page_of(interaction, story, 0), ephemeral=True)


@_replace.autocomplete("story")
@_remove.autocomplete("story")
async def _complete_own(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await finding.complete(interaction, typed, own=True)


@_read.autocomplete("story")
async def _complete_any(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await finding.complete(interaction, typed, own=False)
