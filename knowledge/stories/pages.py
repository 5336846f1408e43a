"""The article in a web page's HTML, found in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import StoryError
from knowledge.model import Source

MOST_SECONDS = 20
"""How long a page may take; a long article takes about two seconds. Pages can be built to take minutes."""

_SCRIPT = Path(__file__).with_name("extract_page.py")
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")
_INSTEAD = "copy the article's text and paste it, or attach it as a .md or .txt file"


@dataclass(frozen=True, slots=True)
class Article:
    """What was found in a page; "" for what was not."""

    text: str
    source: Source
    language: str = ""
    """Two letters, as the page's `lang` says; not checked to be a language."""


def article_in(html: str, *, seconds: float = MOST_SECONDS) -> Article:
    """Return the article of a page, and what the page says of its source.

    The process gives its memory back, sees no secret of the environment, and is ended when the time is over: no page
    can hold up or bring down the one that answers. Starting it takes about a second, so this is no call for an event
    loop.

    Raises `StoryError` where no article is found, or not in time.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  this very Python, and a script of ours
            [sys.executable, "-P", _SCRIPT],
            input=html.encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise StoryError(f"Finding the article in this page took too long: {_INSTEAD}.") from None
    except subprocess.CalledProcessError as error:
        raise StoryError(f"This page could not be read: {_INSTEAD}.") from error
    found: dict[str, str] = json.loads(done.stdout)
    text, language = found.pop("text"), found.pop("language", "")
    if not text:
        raise StoryError(f"No article was found in this page: {_INSTEAD}.")
    return Article(text, Source(**found), language)
