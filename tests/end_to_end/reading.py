"""What a member reads on a card, told from what Discord was sent."""

import re
from itertools import groupby
from pathlib import Path

from .loopback import Json, Request
from .loopback.members import text_of

PACK = Path(__file__).parents[2] / "knowledge" / "packs" / "ballon-dor-2018"
STORY = (PACK / "stories" / "ballon-dor-2018.md").read_text(encoding="utf-8").split("\n---\n\n", 1)[1]

OWN_STORY = """\
The balloon of Xylo Point was sewn in 1931 by four sisters.

“She is our pride,” said Marta Quill, the pilot. The balloon lifts forty guests on a calm day.

In winter it sleeps in a barn beside the river. Nobody was hurt when the barn burnt down in 1958."""
"""A story that moderators add in these tests."""

CANARY = "xyloquartz"
CANARY_STORY = f"""\
The {CANARY} of Tveit was found in a drawer in 1931.

“The {CANARY} is our pride,” said Marta {CANARY.capitalize()}, the keeper."""

CORRECTED = OWN_STORY.replace("by four sisters", "by five sisters")

STORIES = (STORY, OWN_STORY, CORRECTED, CANARY_STORY)

QUOTE, CUT = "> ", "[…]"


def shown(text: str) -> str:
    """Return marked-up text as Discord shows it: a backslash takes the meaning from the mark behind it."""
    return re.sub(r"\\([^0-9A-Za-z\s])|\*\*", lambda match: match[1] or "", text)


def read(message: Json) -> str:
    """Return everything that a member reads on a message."""
    return shown(text_of(message))


def excerpts(message: Json) -> list[str]:
    """Return the block quotes of a message."""
    runs = groupby(text_of(message).splitlines(), key=lambda line: line.startswith(QUOTE))
    return [shown("\n".join(line[len(QUOTE) :] for line in run)) for is_quote, run in runs if is_quote]


def unfaithful(request: Request) -> list[str]:
    """Return the block quotes in a message of the bot that do not stand in a story to the letter."""
    sent = request.message
    if sent is None:
        return []
    message = {"content": sent.get("content") or "", "embeds": [], "components": sent.get("components") or []}
    quoted = (part.strip(" ") for excerpt in excerpts(message) for part in excerpt.split(CUT))
    return [part for part in quoted if not any(part in story for story in STORIES)]
