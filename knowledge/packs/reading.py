"""Reading a pack's folder, whole or not at all."""

from pathlib import Path

from knowledge.errors import Fault, PackError
from knowledge.files import Mapping, yaml_value
from knowledge.files.fields import Fields
from knowledge.files.values import described
from knowledge.model import MAX_ID, Entry, Fact, Name, Pack, Story
from knowledge.packs.facts import read_facts
from knowledge.packs.folder import Folder
from knowledge.packs.strays import misnamed
from knowledge.stories import LANGUAGE_CODE, read_story
from knowledge.transfer.entry_fields import Stories, read_entry
from knowledge.transfer.formats import entry_values, format_of
from knowledge.transfer.together import check_follow_ups, check_ids, check_phrasings, check_within

_PACK_FIELDS = ("name", "language")
_ENTRY_FILES = ("entries.yaml", "entries.jsonl")


def read_pack(folder: Path, *, strict: bool = False) -> Pack:
    """Return the pack in a folder.

    `strict`: report what is a mistake, but does no harm to whoever asks, as well: misnamed files, and phrasings that
    stand twice in an entry or have no word in them.

    Faults name files by the folder as it was given, so that an editor finds them from where the command ran.
    A file that is a symbolic link out of the folder is refused.

    Raises `PackError` with every fault found, file by file.
    """
    if not folder.is_dir():
        raise PackError([Fault(str(folder), 1, "there is no such folder: name the folder of a pack")])
    reading = Folder(folder)
    name, language = _name_and_language(reading)
    stories = _stories(reading, language)
    entries = _entries(reading, stories, strict=strict)
    facts, names = _facts(reading, stories)
    if faults := (*reading.faults(), *(misnamed(folder) if strict else ())):
        raise PackError(faults)
    whole = tuple(story for story in stories.values() if story is not None)
    return Pack(name, language, whole, entries, facts, names)


def _name_and_language(folder: Folder) -> tuple[str, str]:
    report = folder.report("pack.yaml")
    if not folder.has("pack.yaml"):
        report.add(1, "there is no pack.yaml: write one with `name:` and `language:`")
        return "", "en"
    text = folder.read("pack.yaml", report)
    if text is None:
        return "", "en"
    value = yaml_value(text, report)
    if report.faults:
        return "", "en"
    if not isinstance(value, Mapping):
        report.add(1, f"the file must hold `name:` and `language:`, but this is {described(value)}")
        return "", "en"
    value.expect(_PACK_FIELDS, report)
    fields = Fields(value, report)
    name = fields.needed("name", "write what people call this pack")
    if "\n" in name:
        report.add(fields.line_of("name"), "`name` must be one line: servers turn packs off by it")
    # YAML takes the code of Norwegian, no, for the opposite of yes.
    language = fields.text("language", any_scalar=True) or "en"
    if not LANGUAGE_CODE.fullmatch(language):
        report.add(
            fields.line_of("language"), "`language` must be two small letters of ISO 639-1, such as en"
        )
    return name, language


def _stories(folder: Folder, language: str) -> Stories:
    """Return the stories by slug; None for those with faults, whose citations are not reported as well."""
    stories: dict[str, Story | None] = {}
    for path in sorted((folder.path / "stories").glob("*.md")):
        name = f"stories/{path.name}"
        report, slug = folder.report(name), path.stem
        stories[slug] = None
        text = folder.read(name, report)
        if (
            any(character.isspace() or not character.isprintable() for character in slug)
            or len(slug) > MAX_ID
        ):
            report.add(
                1, f"the story's file name must be at most {MAX_ID} characters without white space: rename it"
            )
        elif text is not None:
            try:
                stories[slug] = read_story(slug, text, language=language, file=report.file)
            except PackError as error:
                report.faults.extend(error.faults)
    if not stories:
        folder.report("stories").add(
            1, "there is no story: put one into stories/, in a file that ends in .md"
        )
    return stories


def _entries(folder: Folder, stories: Stories, *, strict: bool) -> tuple[Entry, ...]:
    present = [name for name in _ENTRY_FILES if folder.has(name)]
    if not present:
        return ()
    name = present[0]
    report = folder.report(name)
    if len(present) > 1:
        report.add(1, f"there is {present[1]} as well: keep all entries in one of the two")
    text = folder.read(name, report)
    if text is None:
        return ()
    read = [read_entry(value, stories, report) for value in entry_values(text, format_of(name), report)]
    located = [item for item in read if item is not None]
    check_ids(located, report)
    check_phrasings(located, report)
    if strict:
        check_within(located, report)
    if not report.faults:
        check_follow_ups(located, report)
    return tuple(item.entry for item in located)


def _facts(folder: Folder, stories: Stories) -> tuple[tuple[Fact, ...], tuple[Name, ...]]:
    if not folder.has("facts.yaml"):
        return (), ()
    report = folder.report("facts.yaml")
    text = folder.read("facts.yaml", report)
    return read_facts(yaml_value(text, report) if text is not None else None, stories, report)
