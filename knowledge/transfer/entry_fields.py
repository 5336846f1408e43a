"""One entry, as a mapping of fields: the same in packs, JSON Lines, YAML and CSV."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from difflib import get_close_matches

from knowledge.errors import EntryError
from knowledge.files import Mapping, Report, Value
from knowledge.files.fields import Fields
from knowledge.files.values import described, shown
from knowledge.model import MAX_ANSWER, MAX_EXCERPT, MAX_ID, MAX_PHRASING, Citation, Entry, EntryKind, Story
from knowledge.stories import cite

ENTRY_FIELDS = ("id", "kind", "phrasings", "answer", "citations", "follow_ups")
CITATION_FIELDS = ("story", "excerpt", "place")

Stories = AnyMapping[str, Story | None]
"""The stories that may be cited, by slug; None for one that is there and broken, of which nothing more is
reported."""


@dataclass(frozen=True, slots=True)
class LocatedEntry:
    """An entry and the lines of the file it stands on."""

    entry: Entry
    line: int
    phrasing_lines: tuple[int, ...]
    follow_up_lines: tuple[int, ...]


def read_entry(value: Value, stories: Stories, report: Report) -> LocatedEntry | None:
    """Return an entry; None, with every fault reported, if it cannot be taken as it is."""
    if not isinstance(value, Mapping):
        report.add(
            value.line,
            f"an entry must be a mapping with `id` and `phrasings`, but this is {described(value)}",
        )
        return None
    before = len(report.faults)
    fields = Fields(value, report)
    value.expect(ENTRY_FIELDS, report)
    entry_id = read_id(fields)
    kind = _read_kind(fields)
    phrasings = _read_phrasings(fields, entry_id)
    answer = _read_answer(fields, kind) if kind else ""
    citations = read_citations(fields, stories)
    follow_ups = list(fields.texts("follow_ups"))
    if kind is None or len(report.faults) > before:
        return None
    entry = Entry(
        id=entry_id,
        phrasings=tuple(text for _, text in phrasings),
        answer=answer,
        citations=citations,
        kind=kind,
        follow_ups=tuple(text for _, text in follow_ups),
    )
    return LocatedEntry(
        entry, value.line, tuple(line for line, _ in phrasings), tuple(line for line, _ in follow_ups)
    )


def read_id(fields: Fields) -> str:
    """Return the `id`, reporting what cannot be one."""
    entry_id = fields.needed("id", "give it a short name that nothing else here has", limit=MAX_ID)
    if entry_id and not _is_one_word(entry_id):
        fields.report.add(
            fields.line_of("id"), f"the id {shown(entry_id)} has white space in it: write hyphens instead"
        )
    return entry_id


def is_id(text: str) -> bool:
    """Return whether a text can be the id of an entry."""
    return 0 < len(text) <= MAX_ID and _is_one_word(text)


def _is_one_word(text: str) -> bool:
    return not any(character.isspace() or not character.isprintable() for character in text)


def read_citations(fields: Fields, stories: Stories) -> tuple[Citation, ...]:
    """Return the `citations`, each once; those that do not stand in their story are reported and left out."""
    found = [
        citation
        for item in fields.mappings("citations", "`story` and `excerpt`")
        if (citation := _read_citation(item, stories))
    ]
    return tuple(dict.fromkeys(found))


def _read_phrasings(fields: Fields, entry_id: str) -> list[tuple[int, str]]:
    before = len(fields.report.faults)
    phrasings = list(fields.texts("phrasings", limit=MAX_PHRASING))
    if not phrasings and len(fields.report.faults) == before:
        what = f"the entry {shown(entry_id)} has no phrasings: write at least one question that it answers"
        fields.report.add(fields.line_of("phrasings"), what)
    return phrasings


def _read_kind(fields: Fields) -> EntryKind | None:
    kind = fields.text("kind") or EntryKind.ENTRY
    if kind in set(EntryKind):
        return EntryKind(kind)
    fields.report.add(fields.line_of("kind"), f"`kind` must be entry or gap, but this is {shown(kind)}")
    return None


def _read_answer(fields: Fields, kind: EntryKind) -> str:
    if kind is EntryKind.ENTRY:
        return fields.needed(
            "answer", "write one, or `kind: gap` if the story does not say", limit=MAX_ANSWER
        )
    answer = fields.text("answer", limit=MAX_ANSWER)
    if answer:
        what = "a gap has no answer, as the story does not say: remove it, or the `kind: gap`"
        fields.report.add(fields.line_of("answer"), what)
    return answer


def _read_citation(fields: Fields, stories: Stories) -> Citation | None:
    report, before = fields.report, len(fields.report.faults)
    fields.mapping.expect(CITATION_FIELDS, report)
    slug = fields.needed("story", "name the story that the excerpt is from")
    excerpt = fields.needed(
        "excerpt", "copy the words of the story that support the answer", limit=MAX_EXCERPT
    )
    place = fields.text("place")
    if len(report.faults) > before:
        return None
    if slug not in stories:
        near = get_close_matches(slug, stories, n=1) or sorted(stories)
        known = f"known: {', '.join(near)}" if near else "none is known"
        report.add(fields.line_of("story"), f"there is no story {shown(slug)}: {known}")
        return None
    story = stories[slug]
    if story is None:
        return None
    try:
        return cite(story, excerpt, place)
    except EntryError as error:
        sentence = str(error)
        report.add(fields.line_of("excerpt"), sentence[:1].lower() + sentence[1:].removesuffix("."))
        return None
