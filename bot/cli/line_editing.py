"""Editing of what is typed, and its history from one conversation to the next, where there is readline."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec

from platformdirs import user_state_path

# Windows has its own editing of a typed line, without a history that is kept.
readline = import_module("readline") if find_spec("readline") else None

_KEPT = 1000
"""Lines of history that are kept."""


@contextmanager
def editing() -> Iterator[None]:
    """While this lasts, arrow keys edit and recall lines; the history is read before and kept after.

    A history that cannot be read or written is done without: it is a comfort, and no reason to stop.
    """
    if readline is None:
        yield
        return
    file = user_state_path("pullquote", appauthor=False) / "history"
    with suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(_KEPT)
    try:
        yield
    finally:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            readline.write_history_file(file)
