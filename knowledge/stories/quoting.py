"""Direct speech in a story, and its speakers."""
# ruff: noqa: RUF001 - punctuation of many scripts is what is looked for here

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.model import MAX_EXCERPT, Citation, Paragraph, Quotation
from knowledge.stories.names import People
from knowledge.stories.sentences import Span, sentence_starts, sentences, trimmed
from knowledge.stories.speech import Attribution, attribution_after, attribution_before

_CLOSING = {
    opening: re.compile(closing)
    for opening, closing in {
        "“": "”",
        "„": "[“”]",
        "«": "»",
        "»": "«",
        "「": "」",
        "『": "』",
        "”": "”",
        '"': r'"(?!\w)',
    }.items()
}
"""The marks that may open a quotation, and what closes each."""
_ALWAYS_OPENING = "“„«「『"
_BEFORE_OPENING = frozenset("([{—–-:")
_WIDE_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_NEAR = 300
"""Code points around a quotation in which its speaker is looked for: about a sentence."""
_SMALL_WORDS = frozenset({"with", "from", "into", "over", "than", "that"})
_FEWEST_WORDS = 2
_PARTIAL_WORDS = 4
"""Fewer quoted words in the middle of a sentence are a name, a term or irony, and no speech to quote."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """What stands between two quotation marks: outer span with, inner span without them."""

    outer: Span
    inner: Span
    paragraph: Paragraph
    is_open: bool = False
    """The speech goes on in the next paragraph: no closing mark here."""


def quotations(
    slug: str, text: str, text_hash: str, paragraphs: Sequence[Paragraph], language: str
) -> tuple[Quotation, ...]:
    """Return the direct speech of a story in its order; what is too long for an excerpt as its sentences."""
    quoted = [
        item
        for index, paragraph in enumerate(paragraphs)
        for item in _quoted(text, paragraph, paragraphs[index + 1] if index + 1 < len(paragraphs) else None)
    ]
    found: list[Quotation] = []
    for item, speaker in _spoken(text, quoted, language):
        start, end = item.inner
        parts = sentences(text, start, end, language) if end - start > MAX_EXCERPT else [item.inner]
        for part_start, part_end in parts:
            citation = Citation(slug, part_start, part_end, text[part_start:part_end], text_hash)
            found.append(Quotation(f"{slug}/q{len(found) + 1}", speaker, citation, item.paragraph.place))
    return tuple(found)


def _quoted(text: str, paragraph: Paragraph, following: Paragraph | None) -> Iterator[_Quoted]:
    at = paragraph.start
    never_closed = ""
    while at < paragraph.end:
        mark = text[at]
        if mark not in _CLOSING or mark in never_closed or not _opens(text, at, paragraph):
            at += 1
            continue
        close = _closing(text, at, paragraph)
        if close is not None:
            yield _Quoted((at, close + 1), trimmed(text, at + 1, close), paragraph)
            at = close
        elif at == paragraph.start and following is not None and text[following.start] == mark:
            yield _Quoted((at, paragraph.end), trimmed(text, at + 1, paragraph.end), paragraph, is_open=True)
            return
        else:
            never_closed += mark
        at += 1


def _opens(text: str, at: int, paragraph: Paragraph) -> bool:
    """Whether a mark opens a quotation: some always do, others only at the beginning of a word."""
    if at + 1 >= paragraph.end:
        return False
    before = text[at - 1] if at > paragraph.start else " "
    begins_word = (before.isspace() or before in _BEFORE_OPENING) and not text[at + 1].isspace()
    return begins_word or text[at] in _ALWAYS_OPENING


def _closing(text: str, opening: int, paragraph: Paragraph) -> int | None:
    match = _CLOSING[text[opening]].search(text, opening + 1, paragraph.end)
    return match.start() if match else None


def _spoken(text: str, quoted: Sequence[_Quoted], language: str) -> list[tuple[_Quoted, str]]:
    """Return what is direct speech, each with its speaker."""
    people = People(text, [item.outer for item in quoted])
    told = _attributions(text, quoted, language)
    for item, attribution in zip(quoted, told, strict=True):
        if attribution and attribution.name:
            people.note_speaker(people.full_name(attribution.name, item.outer[1]))
    spoken: list[tuple[_Quoted, str]] = []
    previous: _Quoted | None = None
    speaker = ""
    for item, attribution in zip(quoted, told, strict=True):
        continues = previous is not None and (previous.paragraph == item.paragraph or previous.is_open)
        is_speech = _is_speech(text, item, attributed=attribution is not None, continues=continues)
        if attribution is not None and attribution.is_pronoun:
            speaker = people.last_before(item.outer[0]) or speaker
        elif attribution is not None and (attribution.name or is_speech):
            speaker = people.full_name(attribution.name, item.outer[1])
        elif not continues:
            speaker = ""
        if is_speech:
            spoken.append((item, speaker))
        if is_speech or attribution is not None:
            previous = item
    return _told_later(spoken)


def _told_later(spoken: list[tuple[_Quoted, str]]) -> list[tuple[_Quoted, str]]:
    """Give speech that goes on in the next paragraph the speaker who is only told there."""
    for index in range(len(spoken) - 2, -1, -1):
        item, speaker = spoken[index]
        if item.is_open and not speaker:
            spoken[index] = item, spoken[index + 1][1]
    return spoken


def _attributions(text: str, quoted: Sequence[_Quoted], language: str) -> list[Attribution | None]:
    """Return for each what the words around it say about who speaks; None if nothing does."""
    told: list[Attribution | None] = []
    for paragraph, group in groupby(quoted, key=lambda item: item.paragraph):
        items = list(group)
        starts = sentence_starts(text, paragraph.start, paragraph.end, language)
        ends = [item.outer[1] for item in items]
        openings = [item.outer[0] for item in items]
        for item, earliest, latest in zip(
            items, [paragraph.start, *ends[:-1]], [*openings[1:], paragraph.end], strict=True
        ):
            opening, closing = item.outer
            sentence = starts[bisect_right(starts, opening) - 1]
            before = text[max(earliest, sentence, opening - _NEAR) : opening]
            after = text[closing : min(latest, closing + _NEAR)]
            # A full stop inside the marks ends the sentence: what comes after it belongs to the next.
            is_over = text[item.inner[0] : item.inner[1]].endswith(".") and not after.startswith(",")
            told.append(
                (None if is_over else attribution_after(after, language))
                or attribution_before(before, language)
            )
    return told


def _is_speech(text: str, item: _Quoted, *, attributed: bool, continues: bool) -> bool:
    """Whether it is something said, rather than a title, a term or a scare quote."""
    start, end = item.inner
    words = _count_words(text[start:end])
    if words < _FEWEST_WORDS:
        return False
    if item.is_open:
        return True
    before = text[item.paragraph.start : item.outer[0]].rstrip()
    whole = text[end - 1] in ".!?…。！？" or text[start] in "¿¡"
    if not attributed:
        opens_sentence = not before or before[-1] in '.!?…:。！？："”»」』'
        return whole and opens_sentence and not text[start].islower() and (continues or words > _FEWEST_WORDS)
    if whole or text[end - 1] in ",—–" or before[-1:] in {":", "："}:
        return True
    has_comma = text.startswith(",", item.outer[1])
    return (has_comma or words >= _PARTIAL_WORDS) and not _is_title(text[start:end])


def _is_title(words: str) -> bool:
    """Whether all words but the small ones have a capital, as in the title of a book or song."""
    longer = [word for word in _WORD.findall(words) if len(word) > len("the") and word not in _SMALL_WORDS]
    return len(longer) > 1 and all(word[0].isupper() for word in longer)


def _count_words(text: str) -> int:
    wide = len(_WIDE_WORD.findall(text))
    return wide // 2 if wide else len(_WORD.findall(text))
