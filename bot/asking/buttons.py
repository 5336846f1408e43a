"""The buttons on an answer. What they need stands in their custom ids, so they work in old messages, too."""

from collections.abc import Sequence
from typing import Any, Self

import discord

from bot import sending
from bot.asking import offering
from bot.asking.offering import GoneError
from bot.asking.votes import HelpfulButton, NotHelpfulButton
from bot.bases import known_to
from bot.components import MAX_CUSTOM_ID, Card, Interaction, PersistentButton, is_moderator
from bot.render.answers import answer_card
from bot.render.excerpts import context_card
from bot.reporting import NotAllowedError
from bot.texts import ENGLISH, Texts
from knowledge.model import MAX_EXCERPT, AnswerSource, Citation, Cited, SourceKind, Story, Suggestion
from knowledge.stories.budget import may_be_shown_whole

_HASH_LENGTH = 8
_KINDS = {kind.value[0]: kind for kind in SourceKind}
"""A kind of source by its first letter: a custom id has room for little more."""

_SOURCE = r"(?P<asker>\d{1,20}):(?P<kind>[efgpq]):(?P<id>.+)"


class ContextButton(
    PersistentButton,
    template=r"pq1:context:(?P<spans>\d{1,7}-\d{1,7}(,\d{1,7}-\d{1,7}){0,2}):(?P<hash>[0-9a-f]+):(?P<story>.+)",
):
    """Shows the paragraphs around excerpts of a story, to the one who pressed."""

    def __init__(
        self, story: str, spans: Sequence[tuple[int, int]], text_hash: str, label: str = ENGLISH.context
    ) -> None:
        self.story, self.spans, self.text_hash = story, spans, text_hash
        written = ",".join(f"{start}-{end}" for start, end in spans)
        super().__init__(
            discord.ui.Button(label=label, custom_id=f"pq1:context:{written}:{text_hash}:{story}")
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button from its custom id."""
        spans = [span.split("-") for span in state["spans"].split(",")]
        return cls(state["story"], [(int(start), int(end)) for start, end in spans], state["hash"])

    async def pressed(self, interaction: Interaction) -> None:
        """Show the paragraphs, unless the story was changed since, or may no longer be shown whole."""
        known = await known_to(interaction, ephemeral=True)
        base = known.base
        story = base.story(self.story)
        excerpts = [base.cited(citation) for citation in self._still_standing(story)]
        if story is None or not excerpts:
            raise GoneError("The story has been changed or taken away since. Please ask again.")
        await sending.respond(interaction, context_card(story, excerpts, known.texts), ephemeral=True)

    def _still_standing(self, story: Story | None) -> list[Citation]:
        is_as_it_was = story is not None and story.text_hash.startswith(self.text_hash)
        if story is None or not is_as_it_was or not may_be_shown_whole(story.source):
            return []
        cited = (Citation(story.slug, s, e, story.text[s:e], story.text_hash) for s, e in self.spans)
        return [each for each in cited if 0 < len(each.excerpt) == each.end - each.start <= MAX_EXCERPT]


class DismissButton(PersistentButton, template=r"pq1:dismiss:(?P<asker>\d{1,20})"):
    """Takes the card away: for whoever asked, and for moderators."""

    def __init__(self, asker: int, label: str = ENGLISH.dismiss) -> None:
        self.asker = asker
        super().__init__(discord.ui.Button(label=label, custom_id=f"pq1:dismiss:{asker}"))

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button from its custom id."""
        return cls(int(state["asker"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Delete the message that the button is on."""
        if interaction.user.id != self.asker and not is_moderator(interaction):
            raise NotAllowedError("Only whoever asked, or a moderator, can dismiss this answer.")
        await sending.defer(interaction)
        await sending.persistently(interaction.delete_original_response)


class _SourceButton(PersistentButton, template="pq0:source"):
    """A question that can be picked, by the entry or fact that answers it."""

    name = ""

    def __init__(self, asker: int, source: AnswerSource, question: str) -> None:
        self.asker, self.source, self.question = asker, source, question
        super().__init__(
            discord.ui.Button(
                label=offering.label(question),
                style=discord.ButtonStyle.primary,
                custom_id=f"pq1:{self.name}:{asker}:{source.kind.value[0]}:{source.id}",
            )
        )

    @classmethod
    def read(cls, state: dict[str, str], label: str) -> Self:
        """Return the button from its custom id, and the question from its label."""
        return cls(int(state["asker"]), AnswerSource(_KINDS[state["kind"]], state["id"]), label)

    async def card(self, interaction: Interaction, *, private: bool, in_place: bool = False) -> Card:
        """Return the answer that was picked; raises `GoneError` if it is no longer there."""
        known = await known_to(interaction, ephemeral=private, in_place=in_place)
        question = offering.in_full(known.base, self.source, self.question)
        found = offering.answer_from(known, self.source, question)
        controls = controls_of(interaction, known.texts, private=private)
        return answer_card(found, controls, with_question=True, notice=known.notice, texts=known.texts)


class ChoiceButton(_SourceButton, template=f"pq1:choice:{_SOURCE}"):
    """One of the questions that the asker may have meant: puts its answer in place of the card."""

    name = "choice"

    async def pressed(self, interaction: Interaction) -> None:
        """Answer the asker on the card, and anyone else for themselves: the card is the asker's."""
        if interaction.user.id == self.asker:
            card = await self.card(interaction, private=_is_private(interaction), in_place=True)
            await sending.edit(interaction, card)
        else:
            await sending.respond(interaction, await self.card(interaction, private=True), ephemeral=True)


class FollowUpButton(_SourceButton, template=f"pq1:next:{_SOURCE}"):
    """A question that may come next: answered below, for all to see when the asker pressed."""

    name = "next"

    async def pressed(self, interaction: Interaction) -> None:
        """Answer in a message of its own."""
        private = interaction.user.id != self.asker or _is_private(interaction)
        await sending.respond(interaction, await self.card(interaction, private=private), ephemeral=private)


class AskingControls:
    """The buttons of an answer that somebody asked for. A private answer has a way out of Discord's own."""

    def __init__(
        self, asker: int, texts: Texts = ENGLISH, *, private: bool = False, in_server: bool = False
    ) -> None:
        self._asker = asker
        self._texts = texts
        self._private = private
        self._in_server = in_server

    def context(self, *excerpts: Cited) -> discord.ui.Item[Any] | None:
        """Return *Context*, for as many of the excerpts as a custom id has room for; none for a closed story."""
        if not may_be_shown_whole(excerpts[0].source):
            return None
        first = excerpts[0].citation
        spans = [(cited.citation.start, cited.citation.end) for cited in excerpts]
        short_hash = first.text_hash[:_HASH_LENGTH]
        buttons = (
            ContextButton(first.story, spans[:n], short_hash, self._texts.context)
            for n in range(len(spans), 0, -1)
        )
        return next((button for button in buttons if _if_it_fits(button)), None)

    def choose(self, suggestion: Suggestion) -> discord.ui.Item[Any] | None:
        """Return the button for what the asker may have meant."""
        return _if_it_fits(ChoiceButton(self._asker, suggestion.source, suggestion.question))

    def follow_up(self, suggestion: Suggestion) -> discord.ui.Item[Any] | None:
        """Return the button for a question that may come next."""
        return _if_it_fits(FollowUpButton(self._asker, suggestion.source, suggestion.question))

    def dismiss(self) -> discord.ui.Item[Any] | None:
        """Return *Dismiss*."""
        return None if self._private else DismissButton(self._asker, self._texts.dismiss)

    def votes(self, source: AnswerSource) -> list[discord.ui.Item[Any]]:
        """Return *Helpful* and *Not helpful*, on a server whose moderators can do something about it."""
        if not self._in_server:
            return []
        votes = (
            HelpfulButton(source, self._texts.helpful),
            NotHelpfulButton(source, self._texts.not_helpful),
        )
        return [button for button in map(_if_it_fits, votes) if button]


def _if_it_fits(button: PersistentButton) -> PersistentButton | None:
    return button if button.item.label and len(button.custom_id) <= MAX_CUSTOM_ID else None


def controls_of(interaction: Interaction, texts: Texts, *, private: bool = False) -> AskingControls:
    """Return the buttons for an answer to whoever acts."""
    in_server = interaction.guild_id is not None
    return AskingControls(interaction.user.id, texts, private=private, in_server=in_server)


def _is_private(interaction: Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral
