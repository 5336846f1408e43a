"""What a change did, in one line: for the log channel, the history and whoever is asked about it. Escaped."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from bot.render.escape import fit, one_line, unescape
from knowledge.model import Alias, Author, Entry, EntryKind, Graded, Hidden, OwnStory, Setting
from knowledge.owned import Change, Item
from knowledge.settings import AUTO_CHANNEL, CHANNELS, LOG_CHANNEL, MISSES_DAYS, PACKS_OFF

MAX_NAME = 80
"""Code points of a name, an id or a value in a line, at most."""
_TOLD = 3
"""Items of a change that a line tells; the others are counted."""

COMMAND_LINE = "The command line"

_SETTINGS = {
    PACKS_OFF: "packs that are off",
    AUTO_CHANNEL: "auto-answer channel",
    LOG_CHANNEL: "log channel",
    MISSES_DAYS: "days that unanswered questions are kept",
}
"""What settings are called whose keys do not say it in plain words."""
_OF_CHANNELS = {CHANNELS, AUTO_CHANNEL, LOG_CHANNEL}


def change_line(change: Change) -> str:
    """Return who did what, such as "**Mia** changed the entry **first-winner**: answer".

    One line of escaped text without a full stop, at most some 1,500 code points.
    """
    done = [item_line(item) for item in change.items[:_TOLD]]
    if change.size > len(done):
        done.append(f"and {change.size - len(done):,} more")
    what = "; ".join(done)
    if change.reverts is not None:
        what = f"took back change {change.reverts}: {what}"
    return f"{who(change.author)} {what}"


def who(author: Author | None) -> str:
    """Return who made a change."""
    return f"**{_name(author.name) or author.id}**" if author else COMMAND_LINE


def when(at: datetime, style: str = "R") -> str:
    """Return a time as Discord's clients show it: `R`, how long ago; `f`, date and time."""
    return f"<t:{int(at.timestamp())}:{style}>"


def plain(line: str) -> str:
    """Return a line of these as plain text, for where nothing is rendered."""
    return unescape(line.replace("**", ""))


def item_line(item: Item) -> str:
    """Return what became of one thing, to stand behind a name: "removed the entry **first-winner**"."""
    key = f"**{_name(item.key)}**"
    told = f"{_verb(item)} the {item.kind} {key}"
    match item.after or item.before:
        case Entry() as entry:
            told = _entry(item, entry, key)
        case Alias(meaning=meaning):
            told += f", for {_name(meaning)}"
        case Setting():
            told = _setting(item, key)
        case OwnStory(source=source) if source.title:
            told += f" ({_name(source.title)})"
        case Hidden():
            told = f"{'unhid' if item.after is None else 'hid'} the pack's entry {key}"
        case Graded(entry=right):
            answered = f"answered by **{_name(right)}**" if right else "which the story does not answer"
            told = f"{_verb(item)} the graded question {key}, {answered}"
    return told


def changed_parts(before: Entry, after: Entry) -> Iterator[str]:
    """Yield the parts of an entry that are no longer what they were."""
    if before.kind is not after.kind:
        yield "kind"
    if before.answer != after.answer:
        yield "answer"
    old, new = Counter(before.phrasings), Counter(after.phrasings)
    counts = (("more", (new - old).total()), ("less", (old - new).total()))
    told = ", ".join(f"{count} {which}" for which, count in counts if count)
    if told:
        yield f"phrasings ({told})"
    elif before.phrasings != after.phrasings:
        yield "order of the phrasings"
    if before.citations != after.citations:
        yield "excerpts"
    if before.follow_ups != after.follow_ups:
        yield "follow-ups"
    if before.author != after.author:
        yield "author"


def _entry(item: Item, entry: Entry, key: str) -> str:
    what = "gap" if entry.kind is EntryKind.GAP else "entry"
    line = f"{_verb(item)} the {what} {key}"
    if isinstance(item.before, Entry) and isinstance(item.after, Entry):
        return f"{line}: {', '.join(changed_parts(item.before, item.after))}"
    return line


def _setting(item: Item, key: str) -> str:
    name = f"**{_SETTINGS[item.key]}**" if item.key in _SETTINGS else key
    was = f" (was {_value(item.before)})" if isinstance(item.before, Setting) else ""
    if item.after is None:
        return f"reset the setting {name}{was}"
    return f"set {name} to {_value(item.after)}{was}"


def _value(record: object) -> str:
    if not isinstance(record, Setting):
        return "nothing"
    if record.key in _OF_CHANNELS and all(map(str.isdecimal, ids := record.value.split())):
        return ", ".join(f"<#{one}>" for one in ids[:_TOLD]) or "nothing"
    return _name(", ".join(record.value.splitlines())) or "nothing"


def _verb(item: Item) -> str:
    if item.before is None:
        return "added"
    return "removed" if item.after is None else "changed"


def _name(text: str) -> str:
    return fit(one_line(text), MAX_NAME)
