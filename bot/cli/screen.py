"""What a person sees: answers, quoted lines and lists, for wide and narrow terminals and for pipes."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from bot.cli.safe_text import safe
from bot.wording import language_note, opening, sureness, where
from knowledge.model import Answer, Cited, Outcome, Suggestion

_LONGEST_LINE = 100
"""Columns, however wide the terminal is: longer lines are hard to read."""


def console(*, error: bool = False) -> Console:
    """Return a console that prints text as it is: no markup, no emoji codes, no colours but ours."""
    screen = Console(stderr=error, markup=False, emoji=False, highlight=False)
    if screen.is_terminal:
        screen.width = min(screen.width, _LONGEST_LINE)
    return screen


def print_answer(screen: Console, answer: Answer) -> None:
    """Show an answer: what is said, the excerpts it rests on, and what could be asked instead or next."""
    say(screen, opening(answer), style="bold" if answer.outcome is Outcome.ANSWER else "")
    print_excerpts(screen, answer.citations)
    if note := language_note(answer):
        say(screen, note, style="dim")
    if answer.outcome is Outcome.ANSWER:
        say(screen, sureness(answer.confidence), style="dim")
        if answer.author and not answer.citations:
            say(screen, f"Answered by a moderator of this server: {answer.author.name}.", style="dim")
        if answer.follow_ups:
            say(screen, "You could ask next:", style="dim")
    print_numbered(screen, choices(answer))


def choices(answer: Answer) -> tuple[Suggestion, ...]:
    """Return the questions that an answer offers: what may have been meant, or what to ask next."""
    return answer.suggestions or answer.follow_ups


def print_numbered(screen: Console, suggestions: Iterable[Suggestion]) -> None:
    """Show questions to pick from, by number."""
    for number, suggestion in enumerate(suggestions, start=1):
        say(screen, suggestion.question, first=f"  {number}  ", rest="     ")


def print_excerpts(screen: Console, excerpts: Iterable[Cited]) -> None:
    """Show each excerpt as a quoted block, and below it where it stands."""
    _quote_all(screen, ((one.citation.excerpt, _where(one)) for one in excerpts))


def print_quotations(screen: Console, said: Iterable[tuple[str, Cited]]) -> None:
    """Show what people said, each with who said it ("": nobody knows) and where it stands."""
    told = ((one.citation.excerpt, "; ".join(filter(None, (who, _where(one))))) for who, one in said)
    _quote_all(screen, told)


def _quote_all(screen: Console, texts: Iterable[tuple[str, str]]) -> None:
    """Show texts with their origins as quoted blocks with a bar at their left, an empty line between two."""
    for number, (text, origin) in enumerate(texts):
        if number:
            screen.print()
        say(screen, text, first="  │ ", rest="  │ ", style="italic")
        say(screen, origin, first="  │ — ", rest="  │   ", style="dim")


def _where(cited: Cited) -> str:
    return f"{where(cited)} - {cited.source.url}" if cited.source.url else where(cited)


def say(screen: Console, text: str, *, first: str = "", rest: str = "", style: str = "") -> None:
    """Print a text, wrapped to the terminal behind an indent; into a pipe each line goes whole."""
    shown = Text(safe(text), style=style)
    if not screen.is_terminal:
        lines: Iterable[Text] = shown.split()
    else:
        lines = shown.wrap(screen, max(1, screen.width - len(first)))
    for number, line in enumerate(lines):
        line.rstrip()
        screen.print(Text.assemble((first if number == 0 else rest, "dim"), line), soft_wrap=True)
