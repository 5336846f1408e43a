"""Citing a story: what is quoted stands in it to the letter, or there is no citation."""
# ruff: noqa: RUF001 - typographic characters are what makes two spellings look alike

from bisect import bisect_right

from rapidfuzz import fuzz

from knowledge.errors import EntryError, NotToldApartError, NotVerbatimError
from knowledge.files.values import shown
from knowledge.model import MAX_EXCERPT, Citation, Paragraph, Story
from knowledge.stories.sentences import clause_end, trimmed

_NEAR_ENOUGH = 60.0
"""The least alignment score (0 to 100) at which a span is worth offering as "did you mean this"."""
_ALIKE = str.maketrans("’‘ʼ`´“”„«»–—‐‑−\u00a0\u202f", "'''''\"\"\"\"\"-----  ")
_SLACK = 3
"""Code points by which a span may miss the edge of a passage and still mean that passage."""


def cite(story: Story, excerpt: str, place: str = "") -> Citation:
    """Return the citation of an excerpt; white space at its ends does not count.

    `place` (such as `paragraph 3`) tells apart words that stand more than once in the story.

    Raises `NotVerbatimError`, with the closest span, if the excerpt does not stand in the story to the
    letter, `NotToldApartError` if it stands there more than once, and `EntryError` if it is empty or over 300
    code points.
    """
    words = excerpt.strip()
    if not words:
        raise EntryError("The excerpt is empty: copy the words of the story that support the answer.")
    if len(words) > MAX_EXCERPT:
        raise EntryError(
            f"The excerpt has {len(words)} characters, over {MAX_EXCERPT}: shorten it or cite two parts."
        )
    starts = occurrences(story.text, words)
    if not starts:
        raise _not_verbatim(story, words)
    if place:
        within = _paragraph_at(story, place)
        inside = [start for start in starts if within.start <= start and start + len(words) <= within.end]
        if not inside:
            where = _places(story, starts)
            raise EntryError(f"The words {shown(words)} stand in {where}, not in {place}: correct the place.")
        starts = inside
    if len(starts) > 1:
        raise _not_told_apart(story, words, starts)
    return _citation(story, starts[0], starts[0] + len(words))


def holds(story: Story, citation: Citation) -> bool:
    """Whether a citation still stands: cut from this very text, and there to the letter."""
    return (
        citation.story == story.slug
        and citation.text_hash == story.text_hash
        and story.text[citation.start : citation.end] == citation.excerpt
    )


def whole_sentences(story: Story, citation: Citation) -> Citation:
    """Return a citation widened to the sentences that it stands in; as it is where they are over 300 code points.

    Half a sentence can say what the whole does not. A sentence over 300 has been cut after its clauses.
    """
    touched = [
        passage for passage in story.passages if passage.start < citation.end and citation.start < passage.end
    ]
    start = min([citation.start, *(passage.start for passage in touched)])
    end = max([citation.end, *(passage.end for passage in touched)])
    return _citation(story, start, end) if end - start <= MAX_EXCERPT else citation


def closest_span(story: Story, text: str) -> Citation | None:
    """Return the verbatim span nearest to a text, whole words or a whole passage; None if nothing is near."""
    wanted = _alike(text.strip()[: 2 * MAX_EXCERPT])
    if not wanted:
        return None
    best: tuple[float, int, int] | None = None
    for paragraph in story.paragraphs:
        haystack = _alike(story.text[paragraph.start : paragraph.end])
        floor = best[0] if best else _NEAR_ENOUGH
        if len(haystack) < len(wanted):
            # Aligning works both ways: the longer text must not be aligned within the shorter one.
            score, span = fuzz.ratio(wanted, haystack, score_cutoff=floor), (0, len(haystack))
        else:
            found = fuzz.partial_ratio_alignment(wanted, haystack, score_cutoff=floor)
            score, span = (found.score, (found.dest_start, found.dest_end)) if found else (0.0, (0, 0))
        if score > floor or (best is None and score >= floor):
            best = score, paragraph.start + span[0], paragraph.start + span[1]
    return _citation(story, *_told_apart(story, *_snapped(story, *best[1:]))) if best else None


def occurrences(text: str, words: str) -> list[int]:
    """Return where words begin in a text, in order; they may overlap."""
    starts: list[int] = []
    at = text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


def place_of(story: Story, offset: int) -> str:
    """Return the place of an offset, such as `paragraph 3`; between two, the next; "" in an empty story."""
    index = _index_at(story, offset)
    return story.paragraphs[index].place if index is not None else ""


def paragraph_around(story: Story, citation: Citation) -> str:
    """Return the paragraph or bullet that a citation stands in; all of them if it goes over several."""
    first, last = _index_at(story, citation.start), _index_at(story, citation.end - 1)
    if first is None or last is None:
        return citation.excerpt
    return story.text[story.paragraphs[first].start : story.paragraphs[last].end]


def _citation(story: Story, start: int, end: int) -> Citation:
    return Citation(story.slug, start, end, story.text[start:end], story.text_hash)


def _not_verbatim(story: Story, words: str) -> NotVerbatimError:
    closest = closest_span(story, words)
    told = f"The words {shown(words)} do not stand in {story.slug} to the letter"
    if closest is None:
        message = f"{told}, nor anything like them: copy the excerpt from the story."
        return NotVerbatimError(message, words=words)
    where = place_of(story, closest.start)
    return NotVerbatimError(
        f"{told}: the closest is {shown(closest.excerpt, MAX_EXCERPT)} ({where}).", closest, words
    )


def _not_told_apart(story: Story, words: str, starts: list[int]) -> NotToldApartError:
    where = _places(story, starts)
    longer = "take more words around them"
    if len({place_of(story, start) for start in starts}) < len(starts):
        message = f"The words {shown(words)} stand more than once in {where}: {longer}."
        return NotToldApartError(message, words=words)
    return NotToldApartError(
        f"The words {shown(words)} stand in {where}: add `place:` with the one you mean, or {longer}.",
        [_citation(story, start, start + len(words)) for start in starts],
        words,
    )


def _paragraph_at(story: Story, place: str) -> Paragraph:
    for paragraph in story.paragraphs:
        if paragraph.place == place:
            return paragraph
    last = {paragraph.place.split()[0]: paragraph.place for paragraph in story.paragraphs}
    known = " and ".join(f"{kind} 1 to {end.split()[1]}" for kind, end in last.items())
    raise EntryError(f"The story {story.slug} has no place {shown(place)}: it has {known or 'none at all'}.")


def _places(story: Story, starts: list[int]) -> str:
    return " and ".join(dict.fromkeys(place_of(story, start) for start in starts))


def _index_at(story: Story, offset: int) -> int | None:
    if not story.paragraphs:
        return None
    index = bisect_right(story.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
    if index < 0 or (offset >= story.paragraphs[index].end and index + 1 < len(story.paragraphs)):
        return index + 1
    return index


def _alike(text: str) -> str:
    """Return text of the same length in which case and kinds of quotation marks and dashes are alike."""
    folded = (low if len(low := character.lower()) == 1 else character for character in text)
    return "".join(folded).translate(_ALIKE)


def _told_apart(story: Story, start: int, end: int) -> tuple[int, int]:
    """Return the passage around a span whose words stand elsewhere too, if that can be cited instead."""
    if len(occurrences(story.text, story.text[start:end])) > 1:
        for passage in story.passages:
            if (
                passage.start <= start
                and end <= passage.end
                and len(occurrences(story.text, passage.text)) == 1
            ):
                return passage.start, passage.end
    return start, end


def _snapped(story: Story, start: int, end: int) -> tuple[int, int]:
    """Return a span widened to whole words, or to the passage whose edges it nearly meets, and cut to 300."""
    text = story.text
    for passage in story.passages:
        if abs(passage.start - start) <= _SLACK and abs(passage.end - end) <= _SLACK:
            return passage.start, passage.end
    paragraph = story.paragraphs[_index_at(story, start) or 0]
    while start > paragraph.start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < paragraph.end and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    start, end = trimmed(text, start, end)
    return (start, end) if end - start <= MAX_EXCERPT else trimmed(text, start, clause_end(text, start))
