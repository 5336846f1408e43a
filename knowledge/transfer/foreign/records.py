"""Questions and answers as another system keeps them, on their way to entries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.files import List, Report, Scalar
from knowledge.files import Mapping as Fields
from knowledge.files.values import on_one_line
from knowledge.text.naming import ids_of, is_of, stem_of
from knowledge.transfer.beside import Beside
from knowledge.transfer.entry_fields import is_id
from knowledge.transfer.together import phrasing_key

_LISTED = 10
"""Names that are listed in a remark."""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer and the questions it is given to, as they stand in a file of another system."""

    line: int
    """The line or row on which it begins."""
    questions: tuple[Scalar, ...]
    answer: Scalar
    key: str = ""
    """What it is called in its file, "" for nothing."""
    is_named: bool = False
    """Whether its key is a name that somebody gave it, and not merely its number in this one file."""
    next_keys: tuple[str, ...] = ()
    """The keys of what its system offers to ask next."""


def entry_fields(found: Sequence[Found], beside: Beside, report: Report) -> Iterator[Fields]:
    """Yield the fields of an entry for each; what has no question or no answer is reported and left out.

    An id is the system's own if somebody gave it and it can be one, else made of the question; a file that is taken
    again finds the entries it made before. What is offered next and is not in the file is remarked on.
    """
    whole = [one for one in found if _is_whole(one, report)]
    names = _Names(frozenset(one.key for one in whole if _keeps_key(one)), beside)
    ids = [one.key if _keeps_key(one) else names.made_of(one.questions) for one in whole]
    by_key = {one.key: entry_id for one, entry_id in zip(whole, ids, strict=True) if one.key}
    for one, entry_id in zip(whole, ids, strict=True):
        yield Fields(
            one.line,
            {
                "id": Scalar(one.line, entry_id),
                "phrasings": List(one.line, tuple(map(_on_one_line, one.questions))),
                "answer": _trimmed(one.answer),
                "follow_ups": List(one.line, _follow_ups(one, by_key, report)),
            },
        )


def remark_left_out(names: Sequence[str], line: int, report: Report) -> None:
    """Remark on what an entry has no place for, by the names that the other system has for it."""
    if names:
        report.remark(line, f"left out, as an entry has no place for it: {listed(names)}")


def listed(names: Sequence[str]) -> str:
    """Return names, each once, as a remark tells them: on one line, and no more than ten of them."""
    unique = [on_one_line(name) for name in dict.fromkeys(names)]
    more = f" and {len(unique) - _LISTED} more" if len(unique) > _LISTED else ""
    return ", ".join(unique[:_LISTED]) + more


def _is_whole(one: Found, report: Report) -> bool:
    before = len(report.faults)
    if not any(question.text.strip() for question in one.questions):
        report.add(one.line, "no question: write one, or remove it from the file")
    if not one.answer.text.strip():
        report.add(one.answer.line, "no answer: write one, or remove it from the file")
    return len(report.faults) == before


def _keeps_key(one: Found) -> bool:
    return one.is_named and is_id(one.key)


def _follow_ups(one: Found, by_key: Mapping[str, str], report: Report) -> tuple[Scalar, ...]:
    if missing := [key for key in one.next_keys if key not in by_key]:
        report.remark(one.line, f"left out, as it is not in this file: what follows ({listed(missing)})")
    ids = dict.fromkeys(by_key[key] for key in one.next_keys if key in by_key)
    return tuple(Scalar(one.line, entry_id) for entry_id in ids)


def _on_one_line(question: Scalar) -> Scalar:
    return Scalar(question.line, " ".join(question.text.split()), question.kind)


def _trimmed(answer: Scalar) -> Scalar:
    return Scalar(answer.line, answer.text.replace("\r\n", "\n").strip(), answer.kind)


@dataclass(slots=True)
class _Names:
    """Gives ids: to a question that a server's entry has already, the id of that entry; else one that is free."""

    reserved: frozenset[str]
    beside: Beside
    _taken: set[str] = field(init=False)
    _by_phrasing: dict[str, str] = field(init=False)
    _given: set[str] = field(init=False, default_factory=set)
    _counters: dict[str, Iterator[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        there = (*self.beside.own, *self.beside.packs)
        self._taken = {*self.reserved, *(entry.id for entry in there)}
        self._by_phrasing = {phrasing_key(p): entry.id for entry in self.beside.own for p in entry.phrasings}

    def made_of(self, questions: Sequence[Scalar]) -> str:
        first = next(question.text for question in questions if question.text.strip())
        stem = stem_of(first)
        there = self._by_phrasing.get(phrasing_key(first))
        if there is None or there in self._given or there in self.reserved or not is_of(stem, there):
            counter = self._counters.setdefault(stem, ids_of(stem))
            there = next(made for made in counter if made not in self._taken)
        self._given.add(there)
        return there
