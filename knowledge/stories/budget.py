"""How much of a story may be shown, where nobody has said that all of it may be.

The rule: 10 % of a story's words or 250, the smaller; no limit where its licence says `own`, `public-domain`, `cc-*`
or `permission`. No law names such a number. It is a house rule on the side of a cautious newsroom: what may be quoted
depends on how much is taken, of how much, and whether it stands in for reading the original (17 U.S.C. § 107 in the
United States; Article 5(3)(d) of Directive 2001/29/EC in Europe), so short excerpts with the source and a link, and
never so many that nobody needs the article any more.

A bot answers thousands of questions, so that a limit per answer would limit nothing: what counts is what the bot offers
in all, the union of

- the excerpts that the story's entries cite, each word once however many cite it: checked when an entry is saved;
- what can be read page by page, which is what those leave of the budget (`knowledge.stories.paging`).

Passages that are shown as the nearest to a question, and quotations that are looked for, do not count. Nobody chose
them, they differ from question to question, and counted they would either be nothing but the excerpts, or soon use up
what moderators need for answers. They are what a search engine shows, and are kept to what one shows: one line of such
a story a reply.

What no longer holds (a stale citation) is never shown and does not count.
"""

import re
from collections.abc import Iterable, Iterator

from knowledge.errors import BudgetError
from knowledge.files.values import shown
from knowledge.model import Citation, Source, Story
from knowledge.stories.citing import holds

MOST_WORDS = 250
SHARE = 10
"""One in so many words."""

_OPEN = re.compile(r"own|public-domain|permission|cc0(?:-.+)?|cc-.+")
# A word is what stands between white space and holds a letter or digit; in scripts that write none between words
# (Thai to Khmer, Chinese, Japanese), each letter counts as one, which errs on the side of showing less.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)

Span = tuple[int, int]


def may_be_shown_whole(source: Source) -> bool:
    """Whether the licence of a story's source lets all of it be shown; "CC BY 4.0" is read as `cc-by-4.0`."""
    return _OPEN.fullmatch("-".join(source.licence.casefold().split())) is not None


def budget_words(story: Story) -> int | None:
    """Return how many words of a story may be shown in all; None for any number."""
    if may_be_shown_whole(story.source):
        return None
    return min(MOST_WORDS, sum(1 for _ in word_spans(story.text)) // SHARE)


def used_words(story: Story, citations: Iterable[Citation]) -> int:
    """Return how many words of a story are cited, each once; a word that is cited in part counts."""
    return words_within(story.text, _spans(story, citations))


def check_budget(
    story: Story, others: Iterable[Citation], cited: Iterable[Citation], had: Iterable[Citation] = ()
) -> None:
    """Refuse an entry whose citations would take more of a story than may be shown.

    `others` are the citations of all other entries, `cited` those of the entry, `had` those that it had before; what
    they cite of other stories does not count. Words that others cite already are free, and an entry that takes no more
    than it did can always be saved.

    Raises `BudgetError` with what is left and how to mend it.
    """
    budget = budget_words(story)
    if budget is None:
        return
    known = _spans(story, others)
    used = words_within(story.text, known)
    wanted = words_within(story.text, [*known, *_spans(story, cited)]) - used
    taken = words_within(story.text, [*known, *_spans(story, had)]) - used
    if wanted > taken and used + wanted > budget:
        left = max(budget - used, 0)
        raise BudgetError(
            f"Of {shown(story.source.title or story.slug)} at most {budget} words may be quoted in all. Other entries"
            f" quote {used}, so that {left} {'is' if left == 1 else 'are'} left, and this one takes {wanted} more. Take"
            " a shorter excerpt, or one that another entry quotes already. If you may quote more, state the story's"
            " licence: own, permission, public-domain, or one of Creative Commons such as cc-by-4.0."
        )


def closest_passages(story: Story, usual: int) -> int:
    """Return how many lines of a story may be shown in one reply, of `usual` that are, because they were looked for."""
    return usual if may_be_shown_whole(story.source) else min(usual, 1)


def word_spans(text: str) -> Iterator[Span]:
    """Yield where the words of a text stand, in order."""
    return (match.span() for match in _WORD.finditer(text) if any(map(str.isalnum, match[0])))


def words_within(text: str, spans: Iterable[Span]) -> int:
    """Return how many words of a text stand in any of the spans, at least in part."""
    count = 0
    in_order = iter(sorted(span for span in spans if span[0] < span[1]))
    current = next(in_order, None)
    for start, end in word_spans(text):
        while current is not None and current[1] <= start:
            current = next(in_order, None)
        if current is None:
            break
        count += current[0] < end
    return count


def _spans(story: Story, citations: Iterable[Citation]) -> list[Span]:
    return [(each.start, each.end) for each in citations if holds(story, each)]
