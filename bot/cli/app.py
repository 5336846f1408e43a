"""Every command of the command line: what it takes, what its help says, and who does the work.

What does the work is imported inside the commands: `pullquote ask --json` starts without Discord's library,
the database and the screen, which together cost several times what an answer does.
"""

# ruff: noqa: PLC0415  see above
# ruff: noqa: FBT002, PLR0913, PLR0917  parameters are the options of a command line, not of calls

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import aliases
from bot.cli.group import FAULT_IN_DATA, Commands
from bot.cli.options import (
    DatabaseOption,
    JsonOption,
    LocalServerOption,
    NoPackOption,
    PackOption,
    SemanticOption,
    ServerOption,
    StrictnessOption,
    file_or_dash,
    format_or_nothing,
)

app = typer.Typer(
    cls=Commands,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Example: pullquote chat",
)
app.add_typer(aliases.app, name="alias")


@app.callback()
def pullquote(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is, and stop.")] = False,
) -> None:
    """Answer questions about a story, and show the line that each answer rests on."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"pullquote {version_of('pullquote')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(epilog="Example: pullquote run")
def run() -> None:
    """Run the Discord bot. Its settings are read from the environment and from the file .env."""
    from bot import lifecycle

    lifecycle.run()


@app.command(epilog="Example: pullquote chat --pack my-pack")
def chat(
    pack: PackOption = None,
    no_pack: NoPackOption = False,
    database: DatabaseOption = None,
    server: ServerOption = None,
    strictness: StrictnessOption = None,
    semantic_model: SemanticOption = None,
) -> None:
    """Ask questions in the terminal, one after the other. No account and no network are needed."""
    from bot.cli.chat import chat as talk
    from bot.cli.loading import Knowledge

    talk(asyncio.run(Knowledge(pack, no_pack, database, server, strictness, semantic_model).base()))


@app.command(epilog="Example: pullquote ask \"Who won the first women's Ballon d'Or?\"")
def ask(
    question: Annotated[
        list[str] | None, typer.Argument(metavar="QUESTION", help="What to ask.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            callback=file_or_dash,
            help="Answer every line of a file (- is standard input) in JSON: a reply a line, in order. A line"
            ' is a plain question or {"question": "...", "after": ["an earlier one"], "story": "its slug"}. '
            "The reply to a line that cannot be read has an error in it, and the exit code is 1 in the end.",
        ),
    ] = None,
    after: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUESTION", help="A question asked before; repeat it for several, oldest first."
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Tell why: how the question was read, which candidates there were, and what spoke for and against"
            " each of them.",
        ),
    ] = False,
    pack: PackOption = None,
    no_pack: NoPackOption = False,
    database: DatabaseOption = None,
    server: ServerOption = None,
    strictness: StrictnessOption = None,
    semantic_model: SemanticOption = None,
) -> None:
    """Answer a question, or many."""
    from bot.cli.asking import answer_batch, answer_one, explain_one, one_way_of_asking
    from bot.cli.loading import Knowledge

    text = one_way_of_asking(question, batch, after, explain=explain)
    base = asyncio.run(Knowledge(pack, no_pack, database, server, strictness, semantic_model).base())
    if batch is not None:
        answer_batch(base, batch)
    elif explain:
        explain_one(base, text, tuple(after or ()), as_json=as_json)
    else:
        answer_one(base, text, tuple(after or ()), as_json=as_json)


@app.command(epilog="Example: pullquote quote --who Hegerberg --about respect")
def quote(
    who: Annotated[str, typer.Option(metavar="NAME", help="Who said it.", show_default=False)] = "",
    about: Annotated[str, typer.Option(metavar="WORDS", help="What it is about.", show_default=False)] = "",
    as_json: JsonOption = False,
    pack: PackOption = None,
    no_pack: NoPackOption = False,
    database: DatabaseOption = None,
    server: ServerOption = None,
) -> None:
    """Show what people say in the story, word for word; all of it, or somebody's, or about something."""
    from bot.cli.loading import Knowledge

    base = asyncio.run(Knowledge(pack, no_pack, database, server).base())
    if as_json:
        from bot.cli.replies import quotation, send

        send([quotation(said) for said in base.quotations(who, about)])
    else:
        from bot.cli.quotes import print_found
        from bot.cli.screen import console

        print_found(console(), base, who, about)


@app.command(epilog="Example: pullquote check my-pack")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="The pack's folder. Without it: the bundled pack.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Verify a pack: a line for each fault, with how to mend it, and exit code 1; or what the pack holds."""
    from bot.cli.checking import check as verify
    from knowledge.packs import bundled_pack

    if not verify(folder or bundled_pack()):
        raise typer.Exit(FAULT_IN_DATA)


@app.command("import", epilog="Example: pullquote import entries.jsonl --server 0 --dry-run")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Entries, as .jsonl, .csv or .yaml, or what another system exported.",
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            callback=format_or_nothing,
            help="What the file is, where its name and content do not tell: jsonl, csv or yaml; qna-maker (QnA Maker or"
            " Azure question answering, TSV or XLSX), qnabot (QnABot on AWS, JSON), kendra (Amazon Kendra's FAQ, CSV or"
            " JSON) or rasa (Rasa NLU with responses, YAML).",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell row by row what would become of it, and save nothing.")
    ] = False,
    pack: PackOption = None,
    no_pack: NoPackOption = False,
    database: DatabaseOption = None,
    server: LocalServerOption = 0,
) -> None:
    """Take a file's entries into a server's own: all of them, or none where a row is refused."""
    from bot.cli.entries import import_entries
    from bot.cli.loading import Knowledge
    from knowledge.transfer import Format

    knowledge = Knowledge(pack, no_pack, database, server)
    if not asyncio.run(import_entries(knowledge, file, Format(form) if form else None, dry_run=dry_run)):
        raise typer.Exit(FAULT_IN_DATA)


@app.command(epilog="Example: pullquote export entries.csv --server 0")
def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            dir_okay=False,
            help="Where to write, as .jsonl, .csv or .yaml; - writes JSON Lines to standard output.",
        ),
    ],
    pack: PackOption = None,
    no_pack: NoPackOption = False,
    database: DatabaseOption = None,
    server: LocalServerOption = 0,
) -> None:
    """Write a server's own entries to a file, which import takes again."""
    from bot.cli.entries import export_entries
    from bot.cli.loading import Knowledge

    asyncio.run(export_entries(Knowledge(pack, no_pack, database, server), file))


@app.command("eval", epilog="Example: pullquote eval questions.jsonl --floor right=0.5 --ceiling wrong=0.05")
def eval_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="QUESTIONS",
            exists=True,
            dir_okay=False,
            help="Questions with known answers, as JSON Lines. Each line has question and answerable, and where that is"
            " true answer_any and cite_any: lists of what may be said, and of words of the right lines.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    leave_one_out: Annotated[
        bool,
        typer.Option(
            "--leave-one-out",
            help="Ask every phrasing of the entries too, with itself left out, and list the entries that are taken"
            " for others. It needs no QUESTIONS.",
        ),
    ] = False,
    floor: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIGURE=SHARE", help="Exit with 1 if the figure is below this (0 to 1); repeatable."
        ),
    ] = None,
    ceiling: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIGURE=SHARE", help="Exit with 1 if the figure is above this (0 to 1); repeatable."
        ),
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Take floors and ceilings from a file of YAML, to be kept beside a pack: the mappings floors and"
            " ceilings, each with lines such as right: 0.5.",
        ),
    ] = None,
    uncurated: Annotated[
        bool, typer.Option("--uncurated", help="Set apart the questions that no entry is about.")
    ] = False,
    show: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, help="Show up to N questions that went wrong, and pairs that are confused."
        ),
    ] = 0,
    pack: PackOption = None,
    no_pack: NoPackOption = False,
    database: DatabaseOption = None,
    server: ServerOption = None,
    strictness: StrictnessOption = None,
    semantic_model: SemanticOption = None,
) -> None:
    """Measure how good the answers are: right, wrong, offered and held back, for each style of question."""
    from bot.cli.evaluating import Wanted, measure
    from bot.cli.guards import read_guards, read_guards_file
    from bot.cli.loading import Knowledge

    guards = [*(read_guards_file(floors) if floors else ()), *read_guards(floor or (), ceiling or ())]
    knowledge = Knowledge(pack, no_pack, database, server, strictness, semantic_model)
    wanted = Wanted(files or (), uncurated, leave_one_out)
    broken = measure(knowledge, wanted, guards, as_json=as_json, show=show)
    for sentence in broken:
        sys.stderr.write(f"{sentence}\n")
    if broken:
        raise typer.Exit(FAULT_IN_DATA)
