"""The answer card: one for every way of asking."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar

import discord

from bot.components import MAX_LABEL, MAX_TEXT, Card
from bot.render.escape import cut, fit, one_line, unescape
from bot.render.excerpts import excerpt_text
from bot.render.links import host_of, link_to
from bot.texts import ENGLISH, Texts
from bot.wording import language_note, opening, sureness
from knowledge.model import Answer, AnswerSource, Cited, Outcome, Suggestion

QUESTION_ID = 71
"""The number of the text that holds the question, for `question_on` to find it again."""

_MAX_QUESTION = 400
_MAX_NAME = 80
_MOST_OF_A_KIND = 3
"""Excerpts, and buttons with questions, on a card."""
_MOST_IN_A_ROW = 5
_LEAST_FOR_ANSWER = 400
"""Code points that excerpts leave to the answer; the first excerpt is shown in any case."""

_ACCENT = {
    Outcome.ANSWER: discord.Colour(0xD4A72C),
    Outcome.CHOICES: discord.Colour(0x5865F2),
    Outcome.CLOSEST: discord.Colour(0x80848E),
    Outcome.UNKNOWN: discord.Colour(0x80848E),
}

Button = discord.ui.Item[Any]
Item = TypeVar("Item")


class Controls(Protocol):
    """The buttons of a card. The renderer knows where they stand, its caller what they do."""

    def context(self, *excerpts: Cited) -> Button | None:
        """Return the button that shows the paragraphs around excerpts of one story."""

    def choose(self, suggestion: Suggestion) -> Button | None:
        """Return the button for what the asker may have meant."""

    def follow_up(self, suggestion: Suggestion) -> Button | None:
        """Return the button for a question that may come next."""

    def dismiss(self) -> Button | None:
        """Return the button that takes the card away."""

    def votes(self, source: AnswerSource) -> Sequence[Button]:
        """Return the buttons by which members tell whether an answer from a source helped."""


def answer_container(
    answer: Answer,
    controls: Controls | None = None,
    *,
    with_question: bool = False,
    notice: str = "",
    texts: Texts = ENGLISH,
    room: int = MAX_TEXT,
) -> discord.ui.Container[Any]:
    """Return an answer as a container: without buttons unless `controls` makes them.

    `with_question` shows the question, too, where it does not stand above the card as a message. `notice` is a
    sentence of ours that members need beside it. `room` is how many code points of the card it may take.
    """
    parts = _Parts.of(answer, texts, room, with_question=with_question, notice=notice)
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=_ACCENT[answer.outcome])
    if parts.question:
        container.add_item(discord.ui.TextDisplay(parts.question, id=QUESTION_ID))
    container.add_item(discord.ui.TextDisplay(parts.opening))
    for _cited, text in parts.excerpts:
        container.add_item(discord.ui.Separator(visible=False))
        container.add_item(discord.ui.TextDisplay(text))
    if parts.footer:
        container.add_item(discord.ui.Separator(visible=False))
        container.add_item(discord.ui.TextDisplay(parts.footer))
    if controls is not None:
        for suggestion in _distinct(answer.suggestions, _source):
            _add_row(container, [controls.choose(suggestion)])
    about_stories = _story_buttons([cited for cited, _text in parts.excerpts], controls, texts)
    about_answer = _answer_buttons(answer, controls)
    is_one_row = len(about_stories) + len(about_answer) <= _MOST_IN_A_ROW
    for row in [about_stories + about_answer] if is_one_row else [about_stories, about_answer]:
        _add_row(container, row)
    return container


def answer_card(
    answer: Answer,
    controls: Controls | None = None,
    *,
    with_question: bool = False,
    notice: str = "",
    texts: Texts = ENGLISH,
) -> Card:
    """Return an answer as a message, made as `answer_container` does, and below it what may be asked next."""
    container = answer_container(answer, controls, with_question=with_question, notice=notice, texts=texts)
    card = Card(container)
    if controls is not None:
        _add_row(
            card, [controls.follow_up(suggestion) for suggestion in _distinct(answer.follow_ups, _source)]
        )
    return card


def question_on(message: discord.Message) -> str:
    """Return the question that stands on a card, "" where none does."""
    if not message.flags.components_v2:
        return ""
    text = discord.ui.LayoutView.from_message(message).find_item(QUESTION_ID)
    if not isinstance(text, discord.ui.TextDisplay):
        return ""
    return unescape(text.content.removeprefix("**").removesuffix("**"))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The texts of a card, escaped, which together fit it."""

    question: str
    opening: str
    excerpts: tuple[tuple[Cited, str], ...]
    footer: str

    @classmethod
    def of(cls, answer: Answer, texts: Texts, room: int, *, with_question: bool, notice: str) -> Self:
        question = _question(answer.question) if with_question else ""
        small = [_sureness(answer, texts), language_note(answer, texts)]
        footer = "\n".join(f"-# {text}" for text in (" ".join(filter(None, small)), notice) if text)
        room -= len(question) + len(footer)
        excerpts: list[tuple[Cited, str]] = []
        for cited in _distinct(answer.citations, _span):
            text = excerpt_text(cited, texts)
            if excerpts and len(text) > room - _LEAST_FOR_ANSWER:
                break
            excerpts.append((cited, text))
            room -= len(text)
        return cls(question, fit(opening(answer, texts).strip(), room), tuple(excerpts), footer)


def _question(asked: str) -> str:
    escaped = fit(one_line(asked), _MAX_QUESTION)
    return f"**{escaped}**" if escaped else ""


def _sureness(answer: Answer, texts: Texts) -> str:
    """Return how sure the bot is, and who said so where no story does."""
    if answer.outcome is not Outcome.ANSWER:
        return ""
    parts = [sureness(answer.confidence, texts)]
    if answer.author is not None and not answer.citations:
        parts.append(texts.by_moderator.format(name=fit(one_line(answer.author.name), _MAX_NAME)))
    return " ".join(parts)


def _distinct(items: Iterable[Item], key: Callable[[Item], object]) -> list[Item]:
    """Return the first items, each once: Discord refuses a card on which two buttons have one custom id."""
    return list({key(item): item for item in items}.values())[:_MOST_OF_A_KIND]


def _span(cited: Cited) -> object:
    return cited.citation.story, cited.citation.start, cited.citation.end


def _source(suggestion: Suggestion) -> object:
    return suggestion.source


def _story_buttons(excerpts: Sequence[Cited], controls: Controls | None, texts: Texts) -> list[Button]:
    """Return the buttons for each story that is cited: to see more of it here, and to read it where it stands."""
    buttons: list[Button | None] = []
    for slug in dict.fromkeys(cited.citation.story for cited in excerpts):
        of_story = [cited for cited in excerpts if cited.citation.story == slug]
        link = link_to(*of_story)
        buttons += [
            controls.context(*of_story) if controls else None,
            link_button(link, texts) if link else None,
        ]
    return [button for button in buttons if button is not None][:_MOST_IN_A_ROW]


def _answer_buttons(answer: Answer, controls: Controls | None) -> list[Button]:
    """Return the buttons for what people think of an answer, and the one that takes it away."""
    if controls is None:
        return []
    buttons: list[Button] = []
    if answer.outcome is Outcome.ANSWER and answer.source is not None:
        buttons += controls.votes(answer.source)
    return [*buttons, *filter(None, [controls.dismiss()])]


def link_button(url: str, texts: Texts = ENGLISH) -> Button:
    """Return a button that leads to an article, with its host for people to see where it goes."""
    label = cut(texts.read_at.format(host=host_of(url)), MAX_LABEL)
    return discord.ui.Button(style=discord.ButtonStyle.link, url=url, label=label)


def _add_row(to: discord.ui.Container[Any] | Card, buttons: Iterable[Button | None]) -> None:
    shown = [button for button in buttons if button is not None]
    if shown:
        to.add_item(discord.ui.ActionRow(*shown))
