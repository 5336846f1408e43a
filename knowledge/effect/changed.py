"""Which words and phrasings a change of a base touches."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from rapidfuzz.distance import OSA

from knowledge.answering import Base
from knowledge.matching.groups import Group, pieces
from knowledge.matching.vectors import word_vectors
from knowledge.matching.vocabulary import NEAR
from knowledge.text.folding import words
from knowledge.text.stems import stem

_SLIPS = 2
"""Slips, at most, at which a word is mended."""
_ROUNDING = 1e-5


@dataclass(frozen=True, slots=True)
class Touched:
    """What differs between two bases, as far as answers rest on it."""

    groups: tuple[Group, ...]
    """Entries as they were and as they are, where that is not the same, and those that come or cease to be said."""
    words: frozenset[str]
    """Words that the one base knows and the other does not."""
    kept: frozenset[str]
    """The stems that all other groups hold."""


def is_another_server(before: Base, after: Base) -> bool:
    """Tell whether so much differs that no answer can be foreseen: packs, stories, aliases or strictness."""
    return (
        before.compiled is not after.compiled or before.aliases != after.aliases or before.sure != after.sure
    )


def touched(before: Base, after: Base) -> Touched:
    """Compare two bases of one server."""
    were, are = (dict.fromkeys(_own(base)) for base in (before, after))
    old, new = ({_content(g): g for g in one if g not in other} for one, other in ((were, are), (are, were)))
    turned = [g for g in before.compiled.curated.groups if before.usable(g) != after.usable(g)]
    groups = [g for one, other in ((old, new), (new, old)) for key, g in one.items() if key not in other]
    changed = {*map(id, groups), *map(id, turned)}
    others = (g for part in (*after.curated, after.stated) for g in part.groups if id(g) not in changed)
    differing = {
        word
        for word in chain.from_iterable(map(_words, groups))
        if before.vocabulary.knows(word) != after.vocabulary.knows(word)
    }
    return Touched(
        (*groups, *turned),
        frozenset(differing),
        frozenset().union(*(g.held for g in others)),
    )


def words_affected(before: Base, after: Base, change: Touched, asked: Iterable[str]) -> set[str]:
    """Return which words of questions are read otherwise: mended, as names, or for what they nearly mean."""
    asked = sorted(asked)
    old, new = before.vocabulary, after.vocabulary
    found = {word for word in asked if old.named_with(word) != new.named_with(word)}
    found.update(word for word in asked if word in change.words or _may_be_mended(before, word, change.words))
    # A word of a new stem is met by the changed entries alone: it matters to no other answer.
    stems = {word: stem(word, after.compiled.language) for word in change.words}
    telling = sorted(word for word in change.words if stems[word] in change.kept)
    cosines = word_vectors().texts([[w] for w in asked]) @ word_vectors().texts([[w] for w in telling]).T
    for at, near in np.argwhere(cosines >= NEAR - _ROUNDING).tolist():
        known = old.nears(asked[at]).get(stems[telling[near]], 0.0)
        if cosines[at, near] >= known - _ROUNDING:
            found.add(asked[at])
    return found


def stems_affected(before: Base, after: Base, asked: Iterable[str]) -> set[str]:
    """Return which stems tell more, or less, than they did."""
    return {s for s in asked if before.vocabulary.rarity(s) != after.vocabulary.rarity(s)}


def _may_be_mended(before: Base, word: str, changed: Iterable[str]) -> bool:
    """Tell whether a word that is not known may be mended to one that was not, or is no longer, known."""
    if before.vocabulary.knows(word):
        return False
    is_near = any(OSA.distance(word, other, score_cutoff=_SLIPS) <= _SLIPS for other in changed)
    return is_near or before.vocabulary.mend([word])[0] in changed


def _own(base: Base) -> Iterable[Group]:
    return base.own_part.groups if base.own_part else ()


def _content(group: Group) -> Hashable:
    """Return what tells groups of one server apart: the rest is made of it."""
    return (group.source, group.phrasings, group.folded, group.answer, group.citations, group.author)


def _words(group: Group) -> Iterable[str]:
    """Return the words of a group that a base knows by it."""
    told = (w for piece in pieces(group.answer) for w in words(piece))
    return chain(chain.from_iterable(group.folded), told)
