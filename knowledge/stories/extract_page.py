"""The text and the source of a web page, as JSON: run as a script of its own, with the page on standard input.

trafilatura (https://trafilatura.readthedocs.io) finds the article among menus, comments and notices. It is imported
here alone: nothing else of Pullquote may import this module, as it takes a second and 30 MB.
"""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from trafilatura import bare_extraction
from trafilatura.utils import load_html

_BLOCKS = frozenset({"head", "p", "item", "quote", "code", "row", "list", "table", "body", "div", "main"})
_FIELDS = {"title": "title", "publisher": "sitename", "author": "author", "published": "date", "url": "url"}
# Only what the page says of itself: no date is guessed from its text.
_DATES = {"extensive_search": False, "original_date": True}


def extract(html: str) -> dict[str, str]:
    """Return `text`, what is known of the source, and `language` (from the page's `lang`); "" for what is not.

    Paragraphs are parted by blank lines, items of a list are lines that begin with `- `, cells of a table's row are
    parted by ` | `. A page's claim about its licence is not taken: that is for a moderator to state.
    """
    tree = load_html(html)
    if tree is None:
        return {"text": ""}
    language = tree.get("lang") or tree.get("xml:lang") or ""
    page: Any = bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    if page is None or page.body is None:
        return {"text": ""}
    known = {field: getattr(page, name) or "" for field, name in _FIELDS.items()}
    return {"text": _together(_blocks(page.body)), "language": language[:2].lower(), **known}


def _blocks(element: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  an element of lxml, which has no types
    """Yield the tag and the text of each block; text beside blocks is a block of the element around them."""
    if element.tag == "row":
        cells = (" ".join(said for _, said in _blocks(cell)) for cell in element)
        yield "row", " | ".join(" ".join(cell.split()) for cell in cells)
        return
    said = [_flowing(element.text)]
    for child in element:
        if child.tag in _BLOCKS:
            yield element.tag, "".join(said)
            yield from _blocks(child)
            said = []
        elif child.tag == "lb":
            said.append("\n")
        else:
            said.append(_flowing("".join(child.itertext())))
        said.append(_flowing(child.tail))
    yield element.tag, "".join(said)


def _flowing(text: str | None) -> str:
    """Return text as a browser shows it: where its lines end in the file means nothing."""
    return re.sub(r"\s+", " ", text or "")


def _together(blocks: Iterator[tuple[str, str]]) -> str:
    text, before = "", ""
    for tag, said in blocks:
        lines = [" ".join(line.split()) for line in said.split("\n")]
        block = "\n".join(filter(None, lines))
        if not block:
            continue
        is_item = tag == "item"
        gap = "\n" if is_item and before == "item" else "\n\n"
        text += (
            (gap if text else "")
            + ("- " if is_item else "")
            + block.replace("\n", "\n  " if is_item else "\n")
        )
        before = tag
    return text


if __name__ == "__main__":
    html = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(json.dumps(extract(html)).encode())
