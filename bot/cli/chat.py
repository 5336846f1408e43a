"""`pullquote chat`: the bot's conversation in a terminal."""

import random
import sys
from collections.abc import Iterator
from io import TextIOWrapper

from rich.console import Console

from bot.cli.line_editing import editing
from bot.cli.quotes import print_all, print_found
from bot.cli.screen import choices, console, print_answer, print_numbered, say
from bot.wording import asks_nothing
from knowledge.answering import Base
from knowledge.model import Answer, Outcome, Question, Suggestion

_EXAMPLES = 3
"""How many questions the welcome shows to pick from."""

_COMMANDS = (
    ("/quote", "somebody's words from the story, picked at random"),
    ("/quote WORDS", "what a person said, or what was said about something"),
    ("/help", "this"),
    ("/quit", "ends the conversation, as Ctrl-D and Ctrl-C do"),
)

_QUIT = {"/quit", "/exit", "quit", "exit"}


def chat(base: Base) -> None:
    """Talk until the asker quits or the input ends; without a terminal, just reply to each line."""
    screen = console()
    conversation = Conversation(base, screen)
    interactive = sys.stdin is not None and sys.stdin.isatty() and screen.is_terminal
    if interactive:
        conversation.welcome()
    for line in _typed() if interactive else _piped():
        if line.strip().casefold() in _QUIT:
            break
        conversation.hear(line.strip())


class Conversation:
    """What is remembered from one line to the next: the question before, and what can be picked by number."""

    def __init__(self, base: Base, screen: Console) -> None:
        self._base = base
        self._screen = screen
        self._before: tuple[str, ...] = ()
        self._to_pick: tuple[Suggestion, ...] = ()

    def welcome(self) -> None:
        """Say what this is, and show questions to begin with."""
        about = (
            " and ".join(f"\u201c{pack.name}\u201d" for pack in self._base.packs) or "anything I was taught"
        )
        say(self._screen, f"Ask me about {about}: I show you the line that my answer rests on.", style="bold")
        known = self._base.suggest("", _EXAMPLES * _EXAMPLES)
        # Neighbours in a pack are about the same: a few from further apart show more of what can be asked.
        self._to_pick = known[:: max(1, len(known) // _EXAMPLES)][:_EXAMPLES]
        if self._to_pick:
            say(self._screen, "For example (type the number, or a question of your own):")
            print_numbered(self._screen, self._to_pick)
        say(self._screen, "/quote shows what people said, /help tells more, Ctrl-D ends.\n", style="dim")

    def hear(self, line: str) -> None:
        """React to a line: a question, the number of a suggestion, or a command that begins with a slash."""
        if not line:
            return
        command, _, words = line.partition(" ")
        command = command.casefold()
        if command == "/help":
            self._help()
        elif command == "/quote":
            self._quote(words.strip())
        elif command.startswith("/"):
            say(self._screen, f"There is no {command}; /help tells what there is.")
        elif self._to_pick and line.isascii() and line.isdigit():
            self._pick(line)
        else:
            self._reply(line)
        self._screen.print()

    def _reply(self, line: str) -> None:
        answer = self._base.answer(Question(line, self._before))
        if asks_nothing(line) and answer.outcome is not Outcome.ANSWER:
            self._help()
        else:
            self._answer(answer)

    def _pick(self, number: str) -> None:
        # The length is looked at first: Python refuses to read a number of thousands of digits.
        chosen = self._to_pick[int(number) - 1 : int(number)] if len(number) == 1 and number != "0" else ()
        answer = self._base.answer_from(chosen[0].source, chosen[0].question) if chosen else None
        if answer is None:
            say(
                self._screen,
                f"There is nothing to pick under that number; there is 1 to {len(self._to_pick)}.",
            )
        else:
            self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        self._before = (answer.question,)
        self._to_pick = choices(answer)
        print_answer(self._screen, answer)

    def _help(self) -> None:
        say(self._screen, 'Ask in your own words; a follow-up such as "and how many games?" is understood.')
        say(self._screen, "A number picks one of the questions that are shown.")
        for command, meaning in _COMMANDS:
            say(self._screen, meaning, first=f"  {command:13} ", rest=" " * 16)

    def _quote(self, words: str) -> None:
        if words:
            # The words are a name or a theme; whoever types them need not say which.
            about = words if self._base.quotations(about=words) else ""
            print_found(self._screen, self._base, who="" if about else words, about=about)
        elif everything := self._base.quotations():
            print_all(self._screen, self._base, [random.choice(everything)])  # noqa: S311  a pick, not a secret
        else:
            say(self._screen, "Nobody is quoted here.")


def _typed() -> Iterator[str]:
    """Yield what is typed at the prompt, until Ctrl-D or Ctrl-C."""
    with editing():
        while True:
            try:
                yield input("> ")
            except (EOFError, KeyboardInterrupt):
                sys.stdout.write("\n")
                return


def _piped() -> Iterator[str]:
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    yield from sys.stdin or ()
