"""Write out the short forms that a server's members use: "BdO" is read as "Ballon d'Or"."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from knowledge.model import MAX_ALIAS_WORDS, Alias
from knowledge.text.folding import words

Words: TypeAlias = tuple[str, ...]

MOST_WRITTEN_OUT = 10
"""Short forms that are written out in one text, so that it stays about as long as a question may be."""


class Aliases:
    """A server's aliases, ready to be found in texts."""

    def __init__(self, aliases: Iterable[Alias] = ()) -> None:
        """Take the aliases; one that has no word in it, or means none, is passed over."""
        folded = ((words(alias.alias), words(alias.meaning)) for alias in aliases)
        self._meanings = {short: meant for short, meant in folded if short and meant}

    def read(self, text: str) -> Words:
        """Return the folded words of a text, with its short forms written out.

        What a short form means is not looked at for others, so that two that mean each other come to an end.
        """
        folded = words(text)
        if not self._meanings:
            return folded
        return tuple(word for _, meant in self._pieces(folded) for word in meant)

    def found(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the short forms in a text, each with what it is read as; both folded."""
        pieces = self._pieces(words(text))
        return tuple((" ".join(short), " ".join(meant)) for short, meant in pieces if short != meant)

    def meant(self, text: str) -> str:
        """Return a text with its short forms written out, folded then; the very text where it has none."""
        return " ".join(self.read(text)) if self.found(text) else text

    def _pieces(self, folded: Words) -> Iterator[tuple[Words, Words]]:
        """Yield folded words piece by piece, a word or a short form, each with what it means."""
        at, left = 0, MOST_WRITTEN_OUT
        while at < len(folded):
            short = self._short_form(folded, at) if left else ()
            left -= bool(short)
            piece = short or folded[at : at + 1]
            yield piece, self._meanings[short] if short else piece
            at += len(piece)

    def _short_form(self, folded: Words, at: int) -> Words:
        """Return the longest short form that begins at a word; none where what it means stands there in full."""
        for size in range(min(MAX_ALIAS_WORDS, len(folded) - at), 0, -1):
            short = folded[at : at + size]
            if short in self._meanings and not _is_in_full(folded, at, short, self._meanings[short]):
                return short
        return ()


def _is_in_full(folded: Words, at: int, short: Words, meant: Words) -> bool:
    """Tell whether a short form is just the part of its own meaning that stands around it ("dor" in "ballon dor")."""
    starts = (at - i for i in range(len(meant)) if meant[i : i + len(short)] == short)
    return any(start >= 0 and folded[start : start + len(meant)] == meant for start in starts)
