"""The house: arrows of imports point one way, and files stay short."""

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "model": "",
    "errors": "model",
    "files": "errors model",
    "text": "errors model",
    "settings": "errors model",
    "owned": "errors model settings",
    "storage": "errors model owned text",
    "stories": "errors model files text",
    "transfer": "errors model files text stories",
    "packs": "errors model files text stories transfer",
    "semantic": "errors",
    "matching": "errors model text",
    "answering": "errors model settings files text stories matching",
    "encoding": "answering",
    "inbox": "errors model text storage matching answering",
    "evaluation": "errors model text matching answering",
    "effect": "errors model text matching answering evaluation",
    "library": "errors model settings owned storage stories answering encoding inbox effect",
    "curating": "errors model owned text stories answering",
    "exchange": "errors model owned stories transfer answering",
}
"""What each room of `knowledge` may import beside itself, from the ground up."""

OUTSIDE = ("bot", "discord", "typer", "rich", "simcord", "tests", "benchmarks")
"""What `knowledge` never imports: it knows nothing of Discord, of a terminal, and of who tests it."""

SHOWN_BY = {"Colour", "ButtonStyle", "ui", "Message"}
"""What rendering may use of discord: components and their looks, and the message that a card is read back from."""

LONGEST = 400
LONGEST_MEDIAN = 150


def imports(source: str, module: str, *, when_loaded: bool = False) -> set[str]:
    """Return the full names of what a module imports; with `when_loaded` only what loading it needs.

    Of `from a import b` both `a` and `a.b` are named, as b may be a module.
    """
    nodes = _loaded(ast.parse(source)) if when_loaded else ast.walk(ast.parse(source))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*package, *filter(None, [node.module])])
            found.update({base, *(f"{base}.{alias.name}" for alias in node.names)})
    return found


def _loaded(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run when a module is loaded: not those in functions or under TYPE_CHECKING."""
    for child in ast.iter_child_nodes(node):
        is_typing = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if not (is_typing or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)):
            yield child
            yield from _loaded(child)


def wrong_arrows(module: str, imported: Iterable[str]) -> list[str]:
    """Return the imports by which a module of `knowledge` breaks the order of the rooms."""
    room = module.split(".")[1] if "." in module else ""
    allowed = {room, *MAY_IMPORT.get(room, "").split()}
    wrong = []
    for name in sorted(imported):
        top, _, rest = name.partition(".")
        other = rest.split(".")[0]
        if top in OUTSIDE or (top == "knowledge" and other in MAY_IMPORT and other not in allowed):
            wrong.append(f"{module} imports {name}")
    return wrong


def modules(package: str) -> dict[str, Path]:
    """Return the files of a package of the project by the names of their modules."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((ROOT / package.replace(".", "/")).rglob("*.py"))
    }


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def module_name(path: Path) -> str:
    """Return a module's name as relative imports count it: `__init__` is a module in its package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


KNOWLEDGE = modules("knowledge")
BOT = modules("bot")


@pytest.mark.parametrize("module", KNOWLEDGE)
def test_knowledge_imports_only_what_lies_below(module: str) -> None:
    path = KNOWLEDGE[module]
    assert wrong_arrows(module, imports(read(path), module_name(path))) == []


def test_every_room_of_knowledge_has_its_place_in_the_order() -> None:
    rooms = {module.split(".")[1] for module in KNOWLEDGE if "." in module}
    assert rooms == set(MAY_IMPORT)


def test_each_room_may_import_only_rooms_that_stand_before_it() -> None:
    rooms = list(MAY_IMPORT)
    for place, below in enumerate(MAY_IMPORT.values()):
        assert set(below.split()) <= set(rooms[:place])


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("knowledge.text.folding", "from knowledge.answering import Base"),
        ("knowledge.matching.index", "import knowledge.stories.citing"),
        ("knowledge.matching.index", "from knowledge import library"),
        ("knowledge.matching.index", "from ..answering import path"),
        ("knowledge.storage.records", "from knowledge.stories import cite"),
        ("knowledge.model", "from knowledge.errors import SafeError"),
        ("knowledge.answering.base", "import discord"),
        ("knowledge.answering.base", "from bot.render.escape import escape"),
        ("knowledge.answering.base", "def late():\n    import rich.console"),
        ("knowledge.answering.base", "if TYPE_CHECKING:\n    from knowledge.library import Library"),
        ("knowledge.answering.base", "from tests.knowledge.bases import PACK"),
    ],
)
def test_a_wrong_arrow_is_found(module: str, line: str) -> None:
    assert len(wrong_arrows(module, imports(line, module))) >= 1


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("knowledge.answering.base", "from knowledge.matching.part import Part"),
        ("knowledge.answering.base", "from . import path"),
        ("knowledge.answering.base", "from ..matching.part import Part"),
        ("knowledge.matching.index", "import numpy as np\nfrom knowledge.matching.features import Rows"),
        ("knowledge.packs.bundled", "from knowledge import packs, stories"),
        ("knowledge.text.folding", "import discordance, botany, typerwriter"),
    ],
)
def test_a_right_arrow_is_none_of_them(module: str, line: str) -> None:
    assert wrong_arrows(module, imports(line, module)) == []


def needs_when_loaded(module: str, known: Callable[[str], str | None]) -> set[str]:
    """Return everything that loading a module loads, through all modules whose source is known."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        source = known(name)
        if name in found or source is None:
            found.add(name)
            continue
        found.add(name)
        path = (BOT | KNOWLEDGE).get(name)
        waiting.extend(imports(source, module_name(path) if path else name, when_loaded=True))
    return found


def source_of(module: str) -> str | None:
    path = (BOT | KNOWLEDGE).get(module)
    return read(path) if path else None


@pytest.mark.parametrize("module", [name for name in BOT if name.split(".")[1:2] in (["cli"], ["__main__"])])
def test_a_command_line_that_is_no_bot_does_not_wait_for_discord(module: str) -> None:
    loaded = needs_when_loaded(module, source_of)
    assert not {name for name in loaded if name.split(".")[0] in {"discord", "aiohttp"}}


def test_discord_is_found_through_other_modules_but_not_where_it_is_loaded_late() -> None:
    sources = {
        "a": "import b",
        "b": "import discord",
        "late": "def run():\n    import discord",
        "typed": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import discord",
    }
    assert "discord" in needs_when_loaded("a", sources.get)
    assert "discord" not in needs_when_loaded("late", sources.get)
    assert "discord" not in needs_when_loaded("typed", sources.get)


def used_of_discord(source: str) -> set[str]:
    """Return what a module uses of `discord`, by its first name: `discord.ui.Button` is `ui`."""
    uses = (
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "discord"
    )
    named = (name.split(".")[1] for name in imports(source, "") if name.startswith("discord."))
    return {*uses, *named}


@pytest.mark.parametrize("module", [name for name in BOT if name.startswith("bot.render")])
def test_rendering_knows_components_and_no_client(module: str) -> None:
    source = read(BOT[module])
    assert used_of_discord(source) <= SHOWN_BY
    ours = {name for name in imports(source, module) if name.startswith("bot.")}
    assert all(name.startswith(("bot.render", "bot.components", "bot.wording", "bot.texts")) for name in ours)


def test_a_client_in_rendering_would_be_found() -> None:
    assert used_of_discord("import discord\ndef f(c: discord.Client): ...") == {"Client"}
    assert used_of_discord("from discord.http import HTTPClient") == {"http"}
    assert used_of_discord("from discord import Guild") == {"Guild"}


@pytest.mark.parametrize("module", [name for name in BOT if name.startswith(("bot.render", "bot.wording"))])
def test_rendering_waits_for_nothing(module: str) -> None:
    kinds = (ast.AsyncFunctionDef, ast.Await, ast.AsyncWith, ast.AsyncFor)
    assert not any(isinstance(node, kinds) for node in ast.walk(ast.parse(read(BOT[module]))))


def lines(*folders: str) -> dict[str, int]:
    """Return how many lines each Python file of some folders has."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {str(path.relative_to(ROOT)): read(path).count("\n") for path in files}


def test_no_file_is_longer_than_a_person_likes_to_read() -> None:
    too_long = {
        name: size
        for name, size in lines("bot", "knowledge", "tests", "benchmarks").items()
        if size > LONGEST
    }
    assert too_long == {}


def test_most_files_are_short() -> None:
    assert median(lines("bot", "knowledge").values()) < LONGEST_MEDIAN


def test_the_tests_are_at_least_as_long_as_what_they_guard() -> None:
    for package in ("bot", "knowledge"):
        assert sum(lines(f"tests/{package}").values()) >= sum(lines(package).values())
