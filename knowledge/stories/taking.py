"""Taking a story from a moderator: a file or pasted text, and what was typed about its source."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from urllib.parse import urlsplit

from knowledge.errors import StoryError
from knowledge.files import Report
from knowledge.files.values import shown
from knowledge.model import OwnStory, Source, Story
from knowledge.stories.cutting import build_story
from knowledge.stories.pages import article_in
from knowledge.stories.reading import LANGUAGE_CODE, parted
from knowledge.text.folding import words
from knowledge.text.languages import NAMES, guess
from knowledge.text.letters import latin

MAX_STORY_BYTES = 1_000_000
"""Bytes of a story's file, at most; of a page, markup included."""

MAX_STORY = 200_000
"""Code points of a story's text, at most: about 30,000 words, three times the longest of magazine pieces."""

MAX_TOGETHER = 1_000_000
"""Code points of all stories of a server's own, at most: they are indexed in its share of the memory."""

MAX_FIELD = 300
"""Code points of each field of a source, at most."""

MAX_SLUG = 40
"""Code points of a slug that is made here: passages' ids are made of it, and have to fit a button's custom id."""

_TEXT_FILES = frozenset({".md", ".markdown", ".txt"})
_PAGES = frozenset({".html", ".htm"})
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
"""Control characters but tab and line end, what turns the direction of everything after it, and lone surrogates."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a moderator told about a story beside its text; each wins over what the text's own file says."""

    source: Source = Source()  # noqa: RUF009  it is frozen
    """Empty fields are those of the file's front matter, or of the page itself; else they stay unknown."""
    language: str = ""
    """ISO 639-1. Where nobody tells it, it is guessed, and English if that fails."""
    taken: Container[str] = ()
    """Slugs of other stories, those of packs, too."""
    replaces: Story | None = None
    """The story whose corrected text it is: it keeps its slug, and what is not told anew of source and language."""


def take_file(content: bytes, name: str, told: Told = Told()) -> Story:
    """Return the story in a file named .md, .markdown, .txt, .html or .htm.

    The text is kept as it stands, but that line ends become plain ones. An HTML page takes a second or more, of
    another process.

    Raises `StoryError` with what to mend.
    """
    kind = PurePath(name).suffix.lower()
    if kind not in _TEXT_FILES | _PAGES:
        raise StoryError(
            f"The file {shown(name)} is none that I can read: attach a .md, .txt or .html file, or paste the text."
        )
    text = _decoded(content)
    if kind in _TEXT_FILES:
        return take_text(text, told, name)
    article = article_in(text)
    source = replace(article.source, url=article.source.url if _is_web_address(article.source.url) else "")
    # What a page says of itself is no moderator's doing, and so cut where a typed field is refused.
    source = Source(*(getattr(source, field.name)[:MAX_FIELD].strip() for field in fields(source)))
    own_language = article.language if article.language in NAMES else ""
    return _made(article.text, source, own_language, told, name)


def take_text(text: str, told: Told = Told(), name: str = "story") -> Story:
    """Return the story of a text that was pasted, with or without front matter; all else as in `take_file`.

    `name` is what faults of the front matter call it, and what the slug is made of where there is no title.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _refuse_controls(text)
    report = Report(name)
    source, own_language, text = parted(text, report)
    if report.faults:
        raise StoryError("\n".join(map(str, report.in_order())))
    return _made(text, source, own_language, told, name)


def check_size(count: int) -> None:
    """Refuse a file of too many bytes, which can be told before it is read; raises `StoryError`."""
    if count > MAX_STORY_BYTES:
        raise StoryError(
            f"The file has {count:,} bytes; at most {MAX_STORY_BYTES:,} are read. Save the article's text alone,"
            " as .txt or .md."
        )


def check_beside(story: Story, others: Iterable[OwnStory]) -> None:
    """Refuse a story that is there already, or that is too much beside a server's others; raises `StoryError`."""
    together = len(story.text)
    for other in others:
        if other.text == story.text:
            named = shown(other.source.title or other.slug)
            raise StoryError(f"That very text is here already, as {named}: /story list shows it.")
        together += len(other.text)
    if together > MAX_TOGETHER:
        raise StoryError(
            f"With this one, the stories of this server would have {together:,} characters; at most {MAX_TOGETHER:,}"
            " fit. Remove one that nobody asks about any more: /story remove."
        )


def make_slug(title: str, taken: Container[str] = ()) -> str:
    """Return a slug for a story, of small Latin letters, digits and hyphens, that is not among those taken."""
    spelt = re.sub(r"[^a-z0-9]+", "-", "-".join(map(latin, words(title)))).strip("-")
    stem = spelt if len(spelt) <= MAX_SLUG else spelt[: MAX_SLUG + 1].rpartition("-")[0] or spelt[:MAX_SLUG]
    stem = candidate = stem or "story"
    number = 1
    while candidate in taken:
        number += 1
        ending = f"-{number}"
        candidate = stem[: MAX_SLUG - len(ending)].rstrip("-") + ending
    return candidate


def _made(text: str, own: Source, own_language: str, told: Told, name: str) -> Story:
    if len(text) > MAX_STORY:
        raise StoryError(
            f"The story has {len(text):,} characters; at most {MAX_STORY:,} fit. Leave out what nobody asks"
            " about, or add it as several stories."
        )
    _refuse_controls(text)
    before = told.replaces
    source = _over(told.source, _over(own, before.source) if before else own)
    _check(source)
    code = told.language.strip().lower() or own_language or (before.language if before else "")
    if code and not LANGUAGE_CODE.fullmatch(code):
        raise StoryError(
            f"The language {shown(told.language)} is no code of two letters: write en for English, and so on."
        )
    slug = before.slug if before else make_slug(source.title or PurePath(name).stem, told.taken)
    story = build_story(slug, text, code or guess(text) or "en", source)
    if not any(map(str.isalnum, text)) or not story.passages:
        raise StoryError("The story has no sentence in it: paste or attach its whole text.")
    return story


def _over(first: Source, second: Source) -> Source:
    """Return a source with the fields of the first, and where one is blank, that of the second."""
    told = {field.name: getattr(first, field.name).strip() for field in fields(Source)}
    return replace(second, **{name: value for name, value in told.items() if value})


def _check(source: Source) -> None:
    for field in fields(source):
        value: str = getattr(source, field.name)
        if len(value) > MAX_FIELD:
            raise StoryError(
                f"The {field.name} has {len(value)} characters; at most {MAX_FIELD} fit. Shorten it."
            )
        if "\n" in value or _CONTROLS.search(value):
            raise StoryError(f"The {field.name} must be one line of plain text: write {shown(value)} anew.")
    if source.url and not _is_web_address(source.url):
        raise StoryError(
            f"The URL {shown(source.url)} is no web address: copy the article's, which begins with https://."
        )


def _decoded(content: bytes) -> str:
    check_size(len(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        encoding = (
            "in UTF-16 (Windows calls it Unicode)" if content[:2] in _MARKS_OF_UTF_16 else "not in UTF-8"
        )
        line = content.count(b"\n", 0, error.start) + 1
        raise StoryError(
            f"The file is {encoding}, as line {line} shows: save it with the encoding UTF-8, or paste its text."
        ) from None


def _refuse_controls(text: str) -> None:
    if found := _CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        before = text[: found.start()].rpartition("\n")[2][-30:]
        where = f"after {shown(before)}" if before.strip() else "at its beginning"
        raise StoryError(
            f"Line {line} has a control character (U+{ord(found[0]):04X}) {where}: remove it. It cannot be seen in"
            " most editors; is this really a text?"
        )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, url))
