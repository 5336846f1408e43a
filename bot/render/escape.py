"""Makes text that members, moderators and articles wrote harmless: it shows as written, and does nothing.

A backslash before a punctuation mark makes Discord show the mark itself. Whatever could open formatting, a
link, mention, timestamp, emoji, spoiler, quote, list or heading gets one, and nothing else does. discord.py's
`escape_markdown` leaves lists, mentions, timestamps, emoji and some masked links as they are.
"""

import re
import unicodedata

CUT = "[…]"
"""Stands where text was left out: never a plain ellipsis, which could be the author's own."""

_MARKS = re.compile(
    r"""
    [\\*_~|`\#<>\[\]@/]   # formatting, mentions, masked links, and links like discord.gg/x
    | :(?=\S)             # emoji by name, and https://
    | (?:^|(?<=[\n\r\v\f\x85\u2028\u2029])) [^\S\n\r\v\f\x85\u2028\u2029]*+  # at the start of a line
      (?: [-+] | [0-9]++(?=\.) )                                           #   a list
    """,
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_SPACES = re.compile(r"\s+")
_ACCENT = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_PILED_ACCENTS = re.compile(f"({_ACCENT}{{2}}){_ACCENT}++")


def escape(text: str) -> str:
    """Return the text so that Discord shows exactly it; at most twice as long. `unescape` gives it back."""
    return _MARKS.sub(_with_backslash, text)


def _with_backslash(match: re.Match[str]) -> str:
    """Put the backslash before the mark; behind a number, before the full stop that would make it a list."""
    found = match[0]
    return f"{found}\\" if found[-1].isdigit() else f"{found[:-1]}\\{found[-1]}"


def unescape(text: str) -> str:
    """Return the text that Discord shows for what `escape` made."""
    return _ESCAPED.sub(r"\1", text)


def one_line(text: str) -> str:
    """Return a name or question as one tidy line, without control or direction marks and piled-up accents.

    For names, titles and what members ask. An excerpt is never touched.
    """
    shown = "".join(letter if _is_shown(letter) else " " if letter.isspace() else "" for letter in text)
    return _SPACES.sub(" ", _PILED_ACCENTS.sub(r"\1", shown)).strip()


def _is_shown(letter: str) -> bool:
    """Return whether it is neither a control, a lone surrogate, nor turns the direction of what follows."""
    category = unicodedata.category(letter)
    return category not in {"Cc", "Cs", "Zl", "Zp"} and unicodedata.bidirectional(letter) not in _TURNS


def cut(text: str, limit: int) -> str:
    """Return the text, or as many whole words as fit `limit` code points together with the mark of a cut."""
    if len(text) <= limit:
        return text
    kept = text[: max(limit - len(CUT) - 1, 0)]
    words, space, _part = kept.rpartition(" ")
    return f"{words if space else kept} {CUT}".strip()


def fit(text: str, limit: int) -> str:
    """Return the text escaped, cut at a word so that it has at most `limit` code points after escaping."""
    room = limit
    while len(escaped := escape(cut(text, room))) > limit and room > 0:
        room -= len(escaped) - limit
    return escaped
