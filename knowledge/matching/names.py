"""The proper names of stories, as their own spelling shows them."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from knowledge.model import Story
from knowledge.text.folding import words

_WORD = re.compile(r"[^\W\d_][\w\u2019'-]*|[^\s]")

_WITHIN = frozenset(",;(\u2013\u2014-")
"""Marks after which a capital is not that of a new sentence."""


def names(stories: Iterable[Story], told: Iterable[str] = ()) -> Mapping[str, frozenset[str]]:
    """Return the folded words that are names, each with the words that stand with it in a full name, and itself.

    A name is written with a capital within a sentence, in letters of both cases, and never small: neither in the
    stories nor in what else is told in whole sentences (answers). A script without capitals has none; German ones,
    where every noun has a capital, are as telling as names.
    """
    capital: set[str] = set()
    small: set[str] = set()
    together: dict[str, set[str]] = {}
    texts = [passage.text for story in stories for passage in story.passages]
    for text in (*texts, *told):
        written = _WORD.findall(text)
        small.update(word for w in written if w[0].islower() for word in words(w))
        for one, other in pairwise(written):
            if (one[0].isalpha() or one in _WITHIN) and _is_name(other):
                capital.update(words(other))
            if _is_name(one) and _is_name(other):
                pair = {*words(one), *words(other)}
                for word in pair:
                    together.setdefault(word, set()).update(pair)
    found = capital - small
    return {word: frozenset((together.get(word, set()) & found) | {word}) for word in found}


def _is_name(written: str) -> bool:
    return written[0].isupper() and any(letter.islower() for letter in written)
