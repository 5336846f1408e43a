"""Reading a story page by page: whole paragraphs, and no more of it than may be shown."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from knowledge.model import Citation, Story
from knowledge.stories.budget import budget_words, words_within
from knowledge.stories.citing import holds
from knowledge.stories.sentences import trimmed

PAGE = 3000
"""The size of a page, at most: it leaves room on a card (4,000 characters, Discord's limit) for the rest."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """A verbatim span of a story: `story.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Readable:
    """What can be read of a story."""

    pages: tuple[Page, ...]
    words: int | None
    """How many of its words may be shown in all, excerpts included; None for any number."""
    is_whole: bool
    """Whether the pages hold all of it; if not, a reader is to be told so, and where the article is."""


def readable(
    story: Story, cited: Iterable[Citation] = (), *, most: int = PAGE, size: Callable[[str], int] = len
) -> Readable:
    """Return the pages of a story, from its beginning as far as it may be shown.

    `cited` are the citations of the entries: what can be read and what they cite is within the budget together (see
    `knowledge.stories.budget`). `most` is the size of a page and `size` what a text takes of it, such as its length
    once it is escaped; a text may not take less than a part of it does. Pages hold whole paragraphs; a paragraph that
    is longer than a page is cut after its sentences, and so is the last one that may be shown.
    """
    words = budget_words(story)
    end = len(story.text) if words is None else _shown_until(story, cited, words)
    pages = tuple(Page(*span, story.text[slice(*span)]) for span in _pages(story, end, most, size))
    return Readable(pages, words, not story.passages or end >= story.passages[-1].end)


def _shown_until(story: Story, cited: Iterable[Citation], budget: int) -> int:
    """Return where the last sentence ends up to which a story can be read within its budget."""
    spans = [(each.start, each.end) for each in cited if holds(story, each)]
    number = bisect_right(
        story.passages, budget, key=lambda last: words_within(story.text, [*spans, (0, last.end)])
    )
    return story.passages[number - 1].end if number else 0


def _pages(story: Story, end: int, most: int, size: Callable[[str], int]) -> Iterator[Span]:
    """Yield the spans of the pages up to an end, which is that of a passage or of the text."""
    page: Span | None = None
    for piece in _pieces(story, end, most, size):
        together = (page[0], piece[1]) if page else piece
        if page and size(story.text[slice(*together)]) > most:
            yield page
            page = piece
        else:
            page = together
    if page:
        yield page


def _pieces(story: Story, end: int, most: int, size: Callable[[str], int]) -> Iterator[Span]:
    """Yield what is kept together: paragraphs with their bullet signs, or the passages of one that fits no page."""
    before = 0
    for paragraph in story.paragraphs:
        start, stop = trimmed(story.text, before, min(paragraph.end, end))
        if paragraph.start >= stop:
            return
        if size(story.text[start:stop]) <= most:
            yield start, stop
        else:
            inside = (each for each in story.passages if start <= each.start and each.end <= stop)
            yield from ((each.start, each.end) for each in inside)
        before = paragraph.end
