"""Writing entries into a file from which they can be read again as they are."""

import json
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from knowledge.model import Citation, Entry, EntryKind, Story
from knowledge.stories import place_of
from knowledge.transfer.csv_rows import csv_text
from knowledge.transfer.formats import Format, format_of


def write_entries(path: Path, entries: Iterable[Entry], stories: Iterable[Story] = ()) -> None:
    """Write entries in the format that the file's name ends in; see `format_entries` and `write_text`.

    Raises `ImportFileError` for a name of no known format, and `OSError` if the file cannot be written.
    """
    write_text(path, format_entries(entries, format_of(str(path)), stories))


def write_text(path: Path, text: str) -> None:
    """Write a file; one that is there is replaced when the new one is whole on the disk.

    Raises `OSError` if the file cannot be written; then what was there is there still.
    """
    content = text.encode()
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe, say, which a file must not take the place of
        return
    target = path.resolve()
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def format_entries(entries: Iterable[Entry], form: Format, stories: Iterable[Story] = ()) -> str:
    """Return entries as the text of a file of one of our own formats.

    Who wrote an entry is not written: whoever imports it answers for it. `stories` are those cited: an
    excerpt whose words stand in its story more than once gets its place, without which it could not be found
    again.
    """
    known = {story.slug: story for story in stories}
    placed = [(entry, tuple(_place(citation, known) for citation in entry.citations)) for entry in entries]
    match form:
        case Format.CSV:
            return csv_text(placed)
        case Format.JSON_LINES:
            return "".join(json.dumps(_plain(*item), ensure_ascii=False) + "\n" for item in placed)
        case Format.YAML:
            plain = {"entries": [_plain(*item) for item in placed]}
            return yaml.dump(plain, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
        case _:
            raise ValueError(form)


def _place(citation: Citation, stories: dict[str, Story]) -> str:
    story = stories.get(citation.story)
    if story is None:
        return ""
    first = story.text.find(citation.excerpt)
    is_alone = first < 0 or story.text.find(citation.excerpt, first + 1) < 0
    return "" if is_alone else place_of(story, citation.start)


def _plain(entry: Entry, places: tuple[str, ...]) -> dict[str, Any]:
    """Return an entry as plain data, without what is empty by nature."""
    plain: dict[str, Any] = {"id": entry.id, "kind": entry.kind.value, "phrasings": list(entry.phrasings)}
    if entry.kind is EntryKind.ENTRY:
        plain["answer"] = entry.answer
    plain["citations"] = [
        {"story": citation.story, "excerpt": citation.excerpt} | ({"place": place} if place else {})
        for citation, place in zip(entry.citations, places, strict=True)
    ]
    if entry.follow_ups:
        plain["follow_ups"] = list(entry.follow_ups)
    return plain
