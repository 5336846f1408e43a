"""Text that people or articles wrote, made safe to print: a terminal executes nothing of it."""

import re

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters (escape sequences begin with one), reversed text, halves of characters."""

_LAST_OF_ASCII_CONTROLS = 0x1F
_CONTROL_PICTURES = 0x2400
"""The character for ASCII's control character 0; the pictures of the others follow it."""


def safe(text: str) -> str:
    """Return the text with what controls a terminal shown as a visible sign; tabs and line breaks stay."""
    return _UNSAFE.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_CONTROL_PICTURES + code) if code <= _LAST_OF_ASCII_CONTROLS else "\ufffd"
