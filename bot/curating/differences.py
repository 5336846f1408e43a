"""What a change changed, as lines to read: what was struck through, what is new in bold. Pure, and escaped."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from bot.render.escape import CUT, cut, escape, fit, one_line
from knowledge.model import MAX_ANSWER, Alias, Author, Citation, Entry, EntryKind, Graded, OwnStory
from knowledge.owned import Item

MAX_TOLD = 150
"""Code points of a phrasing, an excerpt or a run of words, at most."""
_MOST = 5
"""Phrasings or excerpts of a kind that are shown; the others are counted."""
_AROUND = 5
"""Words that are shown on either side of what changed."""
_MOST_PIECES = 20
"""Runs of words of a difference that are shown."""

_KINDS = {EntryKind.ENTRY: "an answer", EntryKind.GAP: "“the story does not say”"}


def difference(item: Item) -> Iterator[str]:
    """Yield lines on how one thing differs from what it was; none where its one line tells all."""
    match item.before, item.after:
        case (Entry() | None) as before, (Entry() | None) as after:
            yield from entry_difference(before, after)
        case Alias(meaning=old), Alias(meaning=new):
            yield _line("Meaning", words_changed(old, new))
        case Graded(entry=old), Graded(entry=new) if old != new:
            yield _line("Right is", words_changed(old or "nothing", new or "nothing"))
        case OwnStory() as old, OwnStory() as new:
            yield from _story(old, new)


def entry_difference(before: Entry | None, after: Entry | None) -> Iterator[str]:
    """Yield a line for each part of an entry that is not what it was; None: it was not there, or went."""
    if before and after and before.kind is not after.kind:
        yield _line("Kind", f"{_struck(_KINDS[before.kind])} {_bold(_KINDS[after.kind])}")
    yield from _phrasings(before.phrasings if before else (), after.phrasings if after else ())
    old, new = before.answer if before else "", after.answer if after else ""
    if old != new:
        yield _line("Answer", words_changed(old, new))
    yield from _citations(before.citations if before else (), after.citations if after else ())
    if before and after and before.follow_ups != after.follow_ups:
        yield _line("Follow-ups", words_changed(", ".join(before.follow_ups), ", ".join(after.follow_ups)))
    if before and after and before.author != after.author:
        yield _line("Written by", words_changed(_name(before.author), _name(after.author)))


def words_changed(before: str, after: str) -> str:
    """Return the words of a text that went struck through, those that came in bold, and some around them.

    What is new altogether has no marks; of long runs the middle is left out.
    """
    old, new = (one_line(text[:MAX_ANSWER]).split() for text in (before, after))
    if old == new:
        return "only white space or marks that cannot be seen"
    if not old:
        return fit(" ".join(new), 2 * MAX_TOLD)
    pieces: list[str] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, old_start, old_end, new_start, new_end in codes:
        went, came = old[old_start:old_end], new[new_start:new_end]
        if tag == "equal":
            pieces.append(escape(" ".join(_around(went, starts=old_start == 0, ends=old_end == len(old)))))
        else:
            pieces += [_struck(" ".join(went))] if went else []
            pieces += [_bold(" ".join(came))] if came else []
    shown = pieces[:_MOST_PIECES]
    return " ".join([*shown, *([CUT] if len(pieces) > len(shown) else [])])


def _around(words: list[str], *, starts: bool, ends: bool) -> Iterator[str]:
    """Yield the words of an unchanged run that stand beside what changed; `starts` and `ends`: at the text's edges."""
    first, last = 0 if starts else _AROUND, 0 if ends else _AROUND
    if len(words) <= first + last:
        yield from words
        return
    yield from words[:first]
    yield CUT
    yield from words[len(words) - last :]


def _phrasings(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    before, after = tuple(before), tuple(after)
    old, new = Counter(before), Counter(after)
    yield from _some("Phrasing added", [_told(text) for text in (new - old).elements()])
    yield from _some("Phrasing removed", [_struck(text) for text in (old - new).elements()])
    if before != after and old == new:
        yield _line("Phrasings", f"in another order; the first is now {_told(after[0])}")


def _citations(before: Iterable[Citation], after: Iterable[Citation]) -> Iterator[str]:
    before, after = tuple(before), tuple(after)
    if before == after:
        return
    old, new = ({(c.story, c.excerpt): c for c in citations} for citations in (before, after))
    yield from _some("Excerpt added", [_excerpt(c) for key, c in new.items() if key not in old])
    yield from _some(
        "Excerpt removed", [_excerpt(c, struck=True) for key, c in old.items() if key not in new]
    )
    moved = [_excerpt(c) for key, c in new.items() if key in old and old[key] != c]
    yield from _some("Excerpt found at another place, or in a corrected text", moved)
    if old == new:
        yield _line("Excerpts", "in another order")


def _story(before: OwnStory, after: OwnStory) -> Iterator[str]:
    parts = ("title", "publisher", "author", "published", "url", "licence")
    for part in parts:
        old, new = getattr(before.source, part), getattr(after.source, part)
        if old != new:
            yield _line(part.capitalize(), words_changed(old, new))
    if before.language != after.language:
        yield _line("Language", words_changed(before.language, after.language))


def _some(label: str, told: list[str]) -> Iterator[str]:
    for text in told[:_MOST]:
        yield _line(label, text)
    if len(told) > _MOST:
        yield _line(label, f"and {len(told) - _MOST:,} more")


def _line(label: str, text: str) -> str:
    """Return a line of ours; `text` is escaped."""
    return f"- {label}: {text}"


def _excerpt(citation: Citation, *, struck: bool = False) -> str:
    # The text of a story that was removed is nowhere kept.
    text = citation.excerpt or "text that is gone with its story"
    return f"{_struck(text) if struck else _told(text)} ({fit(one_line(citation.story), MAX_TOLD)})"


def _told(text: str) -> str:
    return fit(one_line(text), MAX_TOLD) or "nothing that can be seen"


def _struck(text: str) -> str:
    return f"~~{_told(text)}~~"


def _bold(text: str) -> str:
    return f"**{_told(text)}**"


def _name(author: Author | None) -> str:
    return cut(author.name, MAX_TOLD) if author else "nobody of this server"
