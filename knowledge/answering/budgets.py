"""Whether what a base shows keeps within the budgets of its stories: what entries cite, and what a reply shows."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from knowledge.errors import BudgetError
from knowledge.files.values import shown
from knowledge.model import Citation, Entry, Story
from knowledge.stories.budget import budget_words, check_budget, closest_passages, used_words

if TYPE_CHECKING:
    from knowledge.answering.base import Base

Line = TypeVar("Line")


def check_budgets(base: "Base", entries: Sequence[Entry], gone: Container[str] = ()) -> None:
    """Refuse entries that are to be saved together if they take more of a story than may be shown of it.

    Each takes the place of the one of its id; `gone` are the ids of those that are removed with that. Reads
    the whole text of each story that they cite, some 15 times at most.

    Raises `BudgetError` for the first of them with which it would be too much.
    """
    known = {entry.id: entry for entry in base.known if entry.id not in gone}
    for slug in dict.fromkeys(each.story for entry in entries for each in entry.citations):
        story = base.story(slug)
        if story is not None and (budget := budget_words(story)) is not None:
            _check(known, story, entries, budget)


def _check(known: dict[str, Entry], story: Story, entries: Sequence[Entry], budget: int) -> None:
    def with_first(count: int) -> dict[str, Entry]:
        return known | {entry.id: entry for entry in entries[:count]}

    def used_with(count: int) -> int:
        return used_words(story, _cited(with_first(count)))

    limit = max(budget, used_with(0))
    if used_with(len(entries)) <= limit:
        return
    within = bisect_right(range(1, len(entries)), limit, key=used_with)
    before = with_first(within)
    entry = entries[within]
    replaced = before.pop(entry.id, None)
    try:
        check_budget(story, _cited(before), entry.citations, replaced.citations if replaced else ())
    except BudgetError as error:
        raise BudgetError(f"The entry {shown(entry.id)} would quote too much. {error}", entry.id) from None


def within_budgets(
    base: "Base", found: Iterable[Line], story_of: Callable[[Line], str], usual: int
) -> list[Line]:
    """Return what may be shown in one reply of lines that were found in stories, `usual` at most, best first.

    That is, of each story only as many as its licence lets be shown (see `closest_passages`).
    """
    shown_of: Counter[str] = Counter()
    kept: list[Line] = []
    for line in found:
        slug = story_of(line)
        shown_of[slug] += 1
        if shown_of[slug] <= closest_passages(base.compiled.stories[slug], usual):
            kept.append(line)
    return kept[:usual]


def _cited(entries: dict[str, Entry]) -> list[Citation]:
    return [citation for entry in entries.values() for citation in entry.citations]
