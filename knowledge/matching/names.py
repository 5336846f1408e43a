"""The proper names of stories, as their own spelling shows them."""

import re
from collections.abc import Iterable

from knowledge.model import Story
from knowledge.text.folding import words

_WORD = re.compile(r"[^\W\d_][\w\u2019'-]*")


def names(stories: Iterable[Story]) -> frozenset[str]:
    """Return the folded words that are written with a capital within a sentence and never with a small letter.

    A script without capitals has none, and German ones, where every noun has a capital, are as telling as names.
    """
    capital: set[str] = set()
    small: set[str] = set()
    for story in stories:
        for passage in story.passages:
            for position, written in enumerate(_WORD.findall(passage.text)):
                if written[0].islower():
                    small.update(words(written))
                elif position > 0 and written[0].isupper() and len(written) > 1:
                    capital.update(words(written))
    return frozenset(capital - small)
