"""`pullquote alias`: a server's own short forms, such as BdO for Ballon d'Or."""

# ruff: noqa: PLC0415  what does the work is imported inside the commands, as in `bot.cli.app`

import asyncio
import sys
from typing import Annotated

import typer

from bot.cli.options import DatabaseOption, LocalServerOption
from bot.cli.safe_text import safe

app = typer.Typer(
    no_args_is_help=True,
    help="A server's short forms, such as BdO for Ballon d'Or: questions are read as if they were written out.",
    epilog='Example: pullquote alias add BdO "Ballon d\'Or"',
)

AliasArgument = Annotated[
    str, typer.Argument(metavar="ALIAS", help="The short form: one to three words.", show_default=False)
]
MeaningArgument = Annotated[
    str, typer.Argument(metavar="MEANING", help="What members mean by it.", show_default=False)
]


@app.command(epilog='Example: pullquote alias add BdO "Ballon d\'Or" --server 0')
def add(
    alias: AliasArgument,
    meaning: MeaningArgument,
    database: DatabaseOption = None,
    server: LocalServerOption = 0,
) -> None:
    """Add an alias, or change what it means."""
    asyncio.run(_add(alias, meaning, database, server))


@app.command(epilog="Example: pullquote alias remove BdO --server 0")
def remove(alias: AliasArgument, database: DatabaseOption = None, server: LocalServerOption = 0) -> None:
    """Remove an alias."""
    asyncio.run(_remove(alias, database, server))


@app.command("list", epilog="Example: pullquote alias list --server 0")
def list_(database: DatabaseOption = None, server: LocalServerOption = 0) -> None:
    """List a server's aliases, one a line: the alias, a tab, what it means."""
    asyncio.run(_list(database, server))


async def _add(short: str, meaning: str, database: str | None, server: int) -> None:
    from bot.cli.loading import Knowledge
    from knowledge import curating
    from knowledge.owned import put

    async with Knowledge(None, no_pack=True, database=database, server=server).library(
        create=True
    ) as library:
        alias = curating.alias(await library.base(server), short, meaning)
        await library.change(server, [put(alias)])
    sys.stdout.write(safe(f"{alias.alias} now means {alias.meaning} for server {server}.\n"))


async def _remove(short: str, database: str | None, server: int) -> None:
    from bot.cli.loading import Knowledge
    from knowledge import curating

    async with Knowledge(None, no_pack=True, database=database, server=server).library() as library:
        alias = await library.remove_alias(server, curating.alias_key(short))
    sys.stdout.write(safe(f"{alias.alias} no longer means {alias.meaning} for server {server}.\n"))


async def _list(database: str | None, server: int) -> None:
    from bot.cli.loading import Knowledge

    async with Knowledge(None, no_pack=True, database=database, server=server).library() as library:
        base = await library.base(server)
    for alias in base.aliases:
        sys.stdout.write(safe(f"{alias.alias}\t{alias.meaning}\n"))
