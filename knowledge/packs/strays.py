"""Files in a pack's folder that are not read: those that were probably meant to be, and the others."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from knowledge.errors import Fault
from knowledge.files.values import shown

PACK_FILES = ("pack.yaml", "entries.yaml", "entries.jsonl", "facts.yaml")
STORIES = "stories"

_STEMS = sorted({Path(name).stem for name in PACK_FILES} | {STORIES})

_DOCUMENTS = {"readme", "license", "licence", "copying", "notice", "changelog", "authors", "contributing"}
"""What lies beside knowledge in many folders, whatever its ending."""

_MISSPELT = 0.65
"""How alike two names are, of 1 at most, from where on one is taken for a misspelling of the other."""


def misnamed(folder: Path) -> tuple[Fault, ...]:
    """Return a fault for each file or folder that would be read under another name, with that name."""
    return tuple(
        Fault(str(stray), 1, f"this is not read, because of its name: {hint}")
        for stray in _strays(folder)
        if (hint := _hint(folder, stray))
    )


def unread(folder: Path) -> tuple[str, ...]:
    """Return the names of the other files and folders that are not read: for some other use, it seems."""
    return tuple(stray.name for stray in _strays(folder) if not _hint(folder, stray))


def _strays(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        is_known = path.name in PACK_FILES or path.name == STORIES or path.stem.casefold() in _DOCUMENTS
        if not (is_known or path.name.startswith(".")):
            yield path
    stories = folder / STORIES
    for path in sorted(stories.iterdir()) if stories.is_dir() else ():
        if path.suffix != ".md" and not path.name.startswith("."):
            yield path


def _hint(folder: Path, stray: Path) -> str:
    """Return how to mend the name; "" where it is like none that is read."""
    if stray.parent != folder:
        if stray.is_dir():
            return f"put its stories into {STORIES}/ itself"
        return "" if stray.stem.casefold() in _DOCUMENTS else f"rename it to {shown(f'{stray.stem}.md')}"
    near = get_close_matches(stray.stem.casefold(), _STEMS, n=1, cutoff=_MISSPELT)
    if not near:
        return ""
    if near[0] == STORIES:
        what = (
            "rename it to"
            if stray.is_dir()
            else "put its stories, each in a file that ends in .md, into a folder"
        )
        return f"{what} {shown(STORIES)}"
    # entries.json is rather meant to be entries.jsonl than entries.yaml.
    named = [name for name in PACK_FILES if Path(name).stem == near[0]]
    return f"rename it to {shown(get_close_matches(stray.name.casefold(), named, n=1, cutoff=0.0)[0])}"
