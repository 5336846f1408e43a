"""Cutting a story's text into paragraphs, passages and quotations."""

import re
from collections.abc import Iterator
from hashlib import sha256

from knowledge.model import MAX_EXCERPT, Paragraph, Passage, Source, Story
from knowledge.stories.quoting import quotations
from knowledge.stories.sentences import sentences, trimmed

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*[•*-]\s+(?=\S)")


def build_story(slug: str, text: str, language: str = "en", source: Source | None = None) -> Story:
    """Return a story cut into paragraphs, passages and quotations.

    The text is taken as it is. It is hashed as UTF-8, so lone surrogates have to be kept out before: they
    raise `UnicodeEncodeError` here.
    """
    paragraphs = tuple(_paragraphs(text))
    digest = text_hash(text)
    return Story(
        slug=slug,
        text=text,
        text_hash=digest,
        language=language,
        source=source or Source(),
        paragraphs=paragraphs,
        passages=tuple(_passages(slug, text, paragraphs, language)),
        quotations=quotations(slug, text, digest, paragraphs, language),
    )


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield paragraphs (parted by blank lines) and bullets (a line, with the indented lines after it)."""
    counts = {"paragraph": 0, "bullet": 0}
    for kind, start, end in _blocks(text):
        counts[kind] += 1
        yield Paragraph(f"{kind} {counts[kind]}", start, end)


def _blocks(text: str) -> Iterator[tuple[str, int, int]]:
    kind, start, end = "", 0, 0
    last_line_end = -2
    for line in _LINE.finditer(text):
        line_start, line_end = trimmed(text, *line.span())
        if line_start == line_end:
            continue
        bullet = _BULLET.match(text, line.start(), line_end)
        after_blank = text.count("\n", last_line_end, line.start()) > 1 if last_line_end >= 0 else True
        goes_on = not bullet and not after_blank and (kind == "paragraph" or line_start > line.start())
        if goes_on and kind:
            end = line_end
        else:
            if kind:
                yield kind, start, end
            kind = "bullet" if bullet else "paragraph"
            start, end = bullet.end() if bullet else line_start, line_end
        last_line_end = line_end
    if kind:
        yield kind, start, end


def _passages(slug: str, text: str, paragraphs: tuple[Paragraph, ...], language: str) -> Iterator[Passage]:
    for paragraph in paragraphs:
        kind, number = paragraph.place.split()
        name = f"{slug}/{kind[0]}{number}"
        whole = kind == "bullet" and paragraph.end - paragraph.start <= MAX_EXCERPT
        if whole:
            spans = [(paragraph.start, paragraph.end)]
        else:
            spans = list(sentences(text, paragraph.start, paragraph.end, language))
        for order, (start, end) in enumerate(spans, start=1):
            passage_id = name if whole else f"{name}.{order}"
            yield Passage(passage_id, slug, start, end, paragraph.place, text[start:end])
