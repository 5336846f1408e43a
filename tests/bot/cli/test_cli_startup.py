"""A command starts without what it does not need: the time before the first answer is all imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.conftest import environment

HEAVY = {"discord", "aiohttp", "sqlalchemy", "alembic", "pydantic_settings", "rich", "structlog"}

WALK = """
import sys
sys.argv[0] = "pullquote"
from bot.cli import main
try:
    main()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def imported_by(*args: str | Path) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", WALK, *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment(),
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return set(result.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "args",
    [("ask", "--json", "Who won?"), ("quote", "--json"), ("check",), ("--version",)],
    ids=" ".join,
)
def test_commands_for_programs_import_nothing_heavy(args: tuple[str, ...]) -> None:
    assert imported_by(*args) & HEAVY == set()


def test_a_screen_is_imported_for_people_alone() -> None:
    assert imported_by("ask", "Who won?") & HEAVY == {"rich"}


def test_help_does_not_import_what_the_commands_do() -> None:
    assert imported_by("--help") & HEAVY <= {"rich"}
