"""`pullquote quote`: what people say in the stories, in their own words."""

from collections.abc import Iterable

from rich.console import Console

from bot.cli.screen import print_excerpts, print_quotations, say
from knowledge.answering import Base
from knowledge.model import Quotation


def print_found(screen: Console, base: Base, who: str, about: str) -> None:
    """Show quotations; where somebody is not quoted, say so and show what the stories say about them."""
    if found := base.quotations(who, about):
        print_all(screen, base, found)
        return
    if who and (mentions := base.mentions(who)) and not base.quotations(who):
        say(screen, f"{who} is not quoted. What the story says about them:")
        print_excerpts(screen, mentions)
        return
    say(screen, _nothing_found(base, who, about))


def print_all(screen: Console, base: Base, quotations: Iterable[Quotation]) -> None:
    """Show quotations of the base, each with its speaker, source and place."""
    print_quotations(screen, ((one.speaker, base.cited(one.citation)) for one in quotations))


def _nothing_found(base: Base, who: str, about: str) -> str:
    whom = f" of {who}" if who else ""
    what = f" about {about}" if about else ""
    speakers = ", ".join(base.speakers())
    return f"I found no quotation{whom}{what}." + (f" Quoted are: {speakers}." if speakers else "")
