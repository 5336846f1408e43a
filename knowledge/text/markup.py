"""What Discord's clients put into a text for machines: mentions, custom emoji, timestamps; and links."""

import re

_MARKUP = re.compile(
    r"""
    <(?: @[!&]?\d+                # a user or a role
       | \#\d+                    # a channel
       | /[^<>:\n]{1,100}:\d+     # a command
       | a?:\w{1,32}:\d+          # a custom emoji
       | t:-?\d+(?::[a-zA-Z])?    # a timestamp
       | id:[\w-]{1,32}           # a place of the server, such as <id:browse>
     )>
    | <?\b(?:https?|ftp)://[^\s<>]+>?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_markup(text: str) -> str:
    """Return the text with a space in the place of each mention, custom emoji, timestamp and link.

    Their digits and addresses are no words of a question, and would be taken for numbers that it asks about.
    """
    return _MARKUP.sub(" ", text) if "<" in text or "://" in text else text
