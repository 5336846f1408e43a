"""Direct speech in a story, and its speakers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.model import MAX_EXCERPT, Citation, Paragraph, Quotation
from knowledge.stories.names import People
from knowledge.stories.sentences import Span, sentences, trimmed
from knowledge.stories.speech import Attribution, attribution_after, attribution_before

_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "”": "”", '"': '"'}
_BEFORE_OPENING = frozenset("([{—–-:")
_WIDE_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LAST_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+(?=\S)")
_NEAR = 300
"""Code points around a quotation in which its speaker is looked for: about a sentence."""
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
    while at < paragraph.end:
        if not _opens(text, at, paragraph):
            at += 1
            continue
        close = _closing(text, at, paragraph)
        if close is None:
            if at == paragraph.start and following is not None and text[following.start] == text[at]:
                yield _Quoted((at, paragraph.end), trimmed(text, at + 1, paragraph.end), paragraph, is_open=True)
                return
            at += 1
            continue
        yield _Quoted((at, close + 1), trimmed(text, at + 1, close), paragraph)
        at = close + 1


def _opens(text: str, at: int, paragraph: Paragraph) -> bool:
    mark = text[at]
    if mark not in _CLOSING or at + 1 >= paragraph.end:
        return False
    if mark in "“„«「『":
        return True
    before = text[at - 1] if at > paragraph.start else " "
    return (before.isspace() or before in _BEFORE_OPENING) and not text[at + 1].isspace()


def _closing(text: str, opening: int, paragraph: Paragraph) -> int | None:
    marks = _CLOSING[text[opening]]
    for at in range(opening + 1, paragraph.end):
        if text[at] not in marks:
            continue
        if text[opening] == '"' and at + 1 < paragraph.end and text[at + 1].isalnum():
            continue
        return at
    return None


def _spoken(text: str, quoted: Sequence[_Quoted], language: str) -> list[tuple[_Quoted, str]]:
    """Return what is direct speech, each with its speaker."""
    people = People(text, [item.outer for item in quoted])
    told = [_attribution(text, quoted, index, language) for index in range(len(quoted))]
    for item, attribution in zip(quoted, told, strict=True):
        if attribution and attribution.name:
            people.note_speaker(people.full_name(attribution.name, item.outer[1]))
    spoken: list[tuple[_Quoted, str]] = []
    for item, attribution in zip(quoted, told, strict=True):
        previous = spoken[-1] if spoken else None
        continues = previous is not None and (previous[0].paragraph == item.paragraph or previous[0].is_open)
        if not _is_speech(text, item, attributed=attribution is not None, continues=continues):
            continue
        speaker = ""
        if attribution is not None and attribution.is_pronoun:
            speaker = people.last_before(item.outer[0])
        elif attribution is not None:
            speaker = people.full_name(attribution.name, item.outer[1])
        elif previous is not None and continues:
            speaker = previous[1]
        spoken.append((item, speaker))
    return spoken


def _attribution(text: str, quoted: Sequence[_Quoted], index: int, language: str) -> Attribution | None:
    item = quoted[index]
    start, end = item.outer
    earliest, latest = item.paragraph.start, item.paragraph.end
    if index > 0 and quoted[index - 1].paragraph == item.paragraph:
        earliest = quoted[index - 1].outer[1]
    if index + 1 < len(quoted) and quoted[index + 1].paragraph == item.paragraph:
        latest = quoted[index + 1].outer[0]
    before = _LAST_SENTENCE.split(text[max(earliest, start - _NEAR) : start])[-1]
    after = text[end : min(latest, end + _NEAR)]
    # A full stop inside the marks ends the sentence: what comes after it belongs to the next.
    goes_on = not text[item.inner[0] : item.inner[1]].endswith(".") or after.startswith(",")
    return (attribution_after(after, language) if goes_on else None) or attribution_before(before, language)


def _is_speech(text: str, item: _Quoted, *, attributed: bool, continues: bool) -> bool:
    """Whether it is something said, rather than a title, a term or a scare quote."""
    start, end = item.inner
    words = _count_words(text[start:end])
    if words < 2:
        return False
    if item.is_open:
        return True
    whole = text[start:end].endswith((".", "!", "?", "…", "。", "！", "？")) or text[start : start + 1] in "¿¡"
    if attributed:
        return whole or text[end - 1] in ",—–" or text[item.outer[1] : item.outer[1] + 1] == "," or words >= _PARTIAL_WORDS
    opens_sentence = _opens_sentence(text, item)
    return whole and opens_sentence and not text[start].islower() and (continues or words > 2)


def _opens_sentence(text: str, item: _Quoted) -> bool:
    before = text[item.paragraph.start : item.outer[0]].rstrip()
    return not before or before[-1] in ".!?…:。！？：\"”»」』"


def _count_words(text: str) -> int:
    wide = len(_WIDE_WORD.findall(text))
    return wide // 2 if wide else len(_WORD.findall(text))
