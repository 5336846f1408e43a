"""The options that several commands share, each with its meaning told once."""

from pathlib import Path
from typing import Annotated

import typer

from knowledge.model import Strictness

_LARGEST_ID = 2**63 - 1
"""What databases hold; Discord's ids are smaller."""

PackOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--pack",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A pack to answer from; may be given more than once. Without it: the bundled pack.",
    ),
]
NoPackOption = Annotated[
    bool, typer.Option("--no-pack", help="Use no pack at all, only the server's own entries.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Where servers' entries are kept: sqlite:///file or postgresql://... Without it: the bot's own.",
    ),
]
ServerOption = Annotated[
    int | None,
    typer.Option(
        "--server",
        metavar="ID",
        min=0,
        max=_LARGEST_ID,
        help="Use this server's entries too (Discord's server id; 0 is the local one, which import fills).",
    ),
]
LocalServerOption = Annotated[
    int,
    typer.Option(
        "--server",
        metavar="ID",
        min=0,
        max=_LARGEST_ID,
        help="Which server (its id in Discord; 0 is the local one).",
    ),
]
SemanticOption = Annotated[
    str | None,
    typer.Option(
        "--semantic-model",
        metavar="DIR",
        envvar="PULLQUOTE_SEMANTIC_MODEL",
        help="A sentence encoder, exported to ONNX, to ask where the words do not decide. For some languages alone:"
        " en=DIR,DIR. It needs the extra semantic: uv sync --extra semantic.",
    ),
]
StrictnessOption = Annotated[
    Strictness | None,
    typer.Option(
        "--strictness",
        help="How sure an answer has to be. Without it: what the server's moderators set, else balanced.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Reply in JSON.")]


def file_or_dash(file: Path | None) -> Path | None:
    """Refuse a file that is not there, which Typer's own check would do to `-` (standard input) as well."""
    if file is not None and str(file) != "-" and (file.is_dir() or not file.exists()):
        raise typer.BadParameter(f"there is no file {str(file)!r}.")
    return file


def format_or_nothing(name: str | None) -> str | None:
    """Refuse the name of a format that there is none of."""
    from knowledge.transfer.formats import Format  # noqa: PLC0415  slow to import, and mostly not asked for

    if name is not None and name not in set(Format):
        raise typer.BadParameter(f"{name!r} is no format: {', '.join(Format)} are known.")
    return name
