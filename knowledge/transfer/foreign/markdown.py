"""Markdown and the HTML in it, made plain text: nothing of it is rendered, and no word of it is lost."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.model import MAX_ANSWER

_LONGEST = 4 * MAX_ANSWER
"""Code points of markdown that may still be an answer when its marks are gone."""

_LINKED = ("http://", "https://", "mailto:")
_TAGS = frozenset(
    "a abbr article b blockquote body br caption center cite code col colgroup dd details div dl dt em figcaption"
    " figure font footer h1 h2 h3 h4 h5 h6 head header hr html i iframe img kbd li main mark nav ol p pre s samp script"
    " section small span strike strong style sub summary sup table tbody td tfoot th thead tr tt u ul var video".split()
)
"""Tags that are taken for markup; what else stands between < and > is taken for words, such as <your name>."""
_ON_A_LINE = frozenset(
    "br dd details div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table tr ul".split()
)
_HIDDEN = frozenset(("script", "style"))
_TAG = re.compile(r"<!--|<(?P<ends>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.IGNORECASE)


def plain_text(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Return markdown (CommonMark with tables) as plain text, and what of it could not be kept.

    Text that is far longer than any answer is returned as it is.

    The address of a link stands behind its words in parentheses, if it is one of the web or of mail; other links and
    pictures are named among what was not kept.
    """
    if len(markdown) > _LONGEST:
        return markdown, ()
    flat = _Flat()
    for token in _parser().parse(markdown):
        flat.take(token)
    lines = "".join(flat.out).split("\n")
    return "\n".join(_without_gaps(line.rstrip() for line in lines)).strip(), tuple(flat.lost)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    # Every link is read as one, since none is rendered.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    return parser


def _without_gaps(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines with one empty line at most between two."""
    was_empty = False
    for line in lines:
        if line or not was_empty:
            yield line
        was_empty = not line


class _Flat:
    """Takes the tokens of markdown one after the other, and what HTML is among them."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.lost: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._lists: list[int | None] = []
        self._is_hidden = False
        self._is_first_cell = True

    def take(self, token: Token) -> None:
        """Take the next token of a text's blocks."""
        match token.type:
            case "inline":
                for child in token.children or ():
                    self._take_inline(child)
            case "fence" | "code_block":
                self.out.append(f"{token.content}\n")
            case "html_block":
                self._html(token.content)
                self.out.append("\n\n")
            case "paragraph_close" | "heading_close":
                self.out.append("\n" if token.hidden or self._lists else "\n\n")
            case "table_close" | "blockquote_close":
                self.out.append("\n")
            case _:
                self._take_list(token)
                self._take_row(token)

    def _take_list(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "list_item_open":
                number = self._lists.pop()
                self.out.append("  " * len(self._lists) + ("\u2022 " if number is None else f"{number}. "))
                self._lists.append(None if number is None else number + 1)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self.out.append("" if self._lists else "\n")
            case _:
                pass

    def _take_row(self, token: Token) -> None:
        match token.type:
            case "th_open" | "td_open":
                self._begin_cell()
            case "tr_open":
                self._is_first_cell = True
            case "tr_close":
                self.out.append("\n")
            case _:
                pass

    def _begin_cell(self) -> None:
        self.out.append("" if self._is_first_cell else " | ")
        self._is_first_cell = False

    def _take_inline(self, token: Token) -> None:
        match token.type:
            case "softbreak" | "hardbreak":
                self.out.append("\n")
            case "image":
                self.out.append(token.content)
                self.lost.append(f"the picture {token.attrGet('src')}")
            case "link_open":
                self._begin_link(str(token.attrGet("href") or ""))
            case "link_close":
                self._end_link()
            case "html_inline":
                self._html(token.content)
            case _:
                self.out.append(token.content)

    def _begin_link(self, address: str) -> None:
        self._links.append((address, len(self.out)))

    def _end_link(self) -> None:
        if not self._links:
            return
        address, start = self._links.pop()
        words = "".join(self.out[start:])
        if not address.casefold().startswith(_LINKED):
            self.lost.extend([f"the link {address}"] if address else [])
        elif words.strip() not in {address, address.removeprefix("mailto:")}:
            self.out.append(f" ({address.removeprefix('mailto:')})")

    def _html(self, text: str) -> None:
        """Take a piece of HTML, in time that grows with its length alone, however broken it is."""
        at = 0
        while found := _TAG.search(text, at):
            self._words(text[at : found.start()])
            at = found.end()
            if found["name"] is None:
                end = text.find("-->", at)
                self.lost.append(f"the comment {text[at : end if end >= 0 else None].strip()}")
                at = end + len("-->") if end >= 0 else len(text)
            elif (name := found["name"].lower()) not in _TAGS:
                self._words(found[0])
            elif found["ends"]:
                self._end_tag(name)
            else:
                self._begin_tag(name, found["rest"])
        self._words(text[at:])

    def _words(self, html: str) -> None:
        if not self._is_hidden:
            self.out.append(unescape(html))

    def _begin_tag(self, name: str, rest: str) -> None:
        told = {key.lower(): unescape("".join(value)) for key, *value in _ATTRIBUTE.findall(rest)}
        if name in _HIDDEN:
            self._is_hidden = True
            self.lost.append(f"a {name}")
        elif name == "a":
            self._begin_link(told.get("href", ""))
        elif name in {"img", "iframe", "video"}:
            self.out.append(told.get("alt", ""))
            self.lost.append(f"the {'picture' if name == 'img' else name} {told.get('src', '')}".rstrip())
        elif name in {"td", "th"}:
            self._begin_cell()
        elif name in _ON_A_LINE:
            self._is_first_cell = self._is_first_cell or name == "tr"
            self.out.append("\n\u2022 " if name == "li" else "\n")

    def _end_tag(self, name: str) -> None:
        if name in _HIDDEN:
            self._is_hidden = False
        elif name == "a":
            self._end_link()
        elif name in _ON_A_LINE and name not in {"li", "tr"}:
            self.out.append("\n")
