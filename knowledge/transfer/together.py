"""What must hold among the entries of one file, and between them and what is there already."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.files import Report
from knowledge.files.values import shown
from knowledge.model import Entry
from knowledge.text.folding import words
from knowledge.transfer.entry_fields import LocatedEntry

_APOSTROPHES = frozenset("'\u2019\u2018")
_KEPT = frozenset("#%&@")
"""Punctuation that tells things apart: C# is not C."""


def check_ids(entries: Iterable[LocatedEntry], report: Report) -> None:
    """Report ids that are used twice."""
    first: dict[str, int] = {}
    for item in entries:
        if (line := first.get(item.entry.id)) is not None:
            report.add(
                item.line, f"the id {shown(item.entry.id)} is used twice (first on line {line}): rename one"
            )
        else:
            first[item.entry.id] = item.line


def check_phrasings(entries: Iterable[LocatedEntry], report: Report) -> None:
    """Report phrasings that stand in two entries."""
    first: dict[str, tuple[str, int]] = {}
    for item in entries:
        for phrasing, line in zip(item.entry.phrasings, item.phrasing_lines, strict=True):
            other, other_line = first.setdefault(phrasing_key(phrasing), (item.entry.id, line))
            if other != item.entry.id:
                what = f"the phrasing {shown(phrasing)} is also one of {shown(other)} (line {other_line})"
                report.add(line, f"{what}: keep it where it is answered best")


def check_within(entries: Iterable[LocatedEntry], report: Report) -> None:
    """Report phrasings that stand twice in their entry, and those that no question can be like."""
    for item in entries:
        first: dict[str, int] = {}
        for phrasing, line in zip(item.entry.phrasings, item.phrasing_lines, strict=True):
            if not words(phrasing):
                report.add(line, f"the phrasing {shown(phrasing)} has no word in it: write a question")
            elif (key := phrasing_key(phrasing)) in first:
                what = f"the phrasing {shown(phrasing)} stands in this entry already (line {first[key]})"
                report.add(line, f"{what}: keep one")
            else:
                first[key] = line


def each_once(item: LocatedEntry, report: Report) -> LocatedEntry:
    """Return an entry with each of its phrasings once; what stands in it already is left out, with a remark."""
    kept: dict[str, tuple[str, int]] = {}
    for phrasing, line in zip(item.entry.phrasings, item.phrasing_lines, strict=True):
        if (key := phrasing_key(phrasing)) in kept:
            what = f"the phrasing {shown(phrasing)} stands in this entry already (line {kept[key][1]})"
            report.remark(line, f"{what}: taken once")
        else:
            kept[key] = phrasing, line
    phrasings, lines = zip(*kept.values(), strict=True)
    return replace(item, entry=replace(item.entry, phrasings=phrasings), phrasing_lines=lines)


def check_beside(entries: Sequence[LocatedEntry], own: Iterable[Entry], report: Report) -> None:
    """Report phrasings that stand in one of a server's `own` entries which the file does not replace."""
    replaced = {item.entry.id for item in entries}
    others = {phrasing_key(p): entry.id for entry in own if entry.id not in replaced for p in entry.phrasings}
    for item in entries:
        for phrasing, line in zip(item.entry.phrasings, item.phrasing_lines, strict=True):
            if other := others.get(phrasing_key(phrasing)):
                what = f"the phrasing {shown(phrasing)} is also one of {shown(other)}, which the server has already"
                report.add(line, f"{what}: keep it where it is answered best")


def check_follow_ups(entries: Sequence[LocatedEntry], report: Report, known: Iterable[str] = ()) -> None:
    """Report follow-ups that name neither an entry of the file nor one of the `known` ids."""
    ids = {item.entry.id for item in entries}.union(known)
    for item in entries:
        for follow_up, line in zip(item.entry.follow_ups, item.follow_up_lines, strict=True):
            if follow_up not in ids:
                report.add(line, f"the follow-up {shown(follow_up)} is no entry's id: correct or remove it")


def phrasing_key(phrasing: str) -> str:
    """Return what phrasings have in common that differ only in case, punctuation or kinds of letters."""
    folded = unicodedata.normalize("NFKC", phrasing).casefold()
    return " ".join(folded.translate(_bare).split()) or folded


class _Bare(dict[int, str]):
    """What is left of each character, for `str.translate`; worked out when a character is first met."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        is_punctuation = unicodedata.category(character).startswith("P") and character not in _KEPT
        # "who's" is "whos", but "23-year-old" is "23 year old".
        left = "" if character in _APOSTROPHES else " "
        self[point] = left if is_punctuation else character
        return self[point]


_bare = _Bare()
