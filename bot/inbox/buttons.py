"""The buttons of the inbox. What they stand for is in their custom ids, so they work after a restart."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Self

import discord

from bot import sending
from bot.components import MAX_CUSTOM_ID, MAX_LABEL, Card, Interaction
from bot.curating.adding import propose as propose_draft
from bot.curating.desk import KeyedButton, ModeratorButton, author_of, server_of
from bot.curating.drafts import Draft
from bot.curating.form import open_form
from bot.curating.learning import Back, Then, propose_gap, propose_phrasings
from bot.curating.showing import first_phrasing
from bot.curating.undoing import ALREADY, take_back
from bot.inbox.cards import Row, inbox_card
from bot.inbox.waiting import Inbox, inbox_of, key_of, may_be, phrasings_at_once, phrasings_of
from bot.render.escape import cut, escape, fit, one_line
from knowledge.errors import UnknownEntryError
from knowledge.inbox import Cluster
from knowledge.model import Entry
from knowledge.owned import Change

_KEY = r"(?P<key>[0-9a-f]{12})"


def page_card(inbox: Inbox, page: int, notice: str = "", undo: discord.ui.Item[Any] | None = None) -> Card:
    """Return a page of the inbox, counted from 0; beyond the last one, the last."""
    page = max(min(page, len(inbox.clusters) - 1), 0)
    return inbox_card(inbox.clusters, page, _rows(inbox, page, undo), notice)


def _rows(inbox: Inbox, page: int, undo: discord.ui.Item[Any] | None) -> Iterator[Row]:
    if inbox.clusters:
        cluster = inbox.clusters[page]
        key = key_of(cluster.typical.question)
        entries = [PhrasingOf(key, entry.id, first_phrasing(entry)) for entry in may_be(inbox, cluster)]
        yield [button for button in entries if len(button.custom_id) <= MAX_CUSTOM_ID]
        yield [NewEntry(key), NotInStory(key), DismissMiss(key)]
    last = len(inbox.clusters) - 1
    turns = [Turn("previous", page - 1), Turn("next", page + 1)] if last > 0 else []
    for turn in turns:
        turn.item.disabled = not 0 <= turn.page <= last
    yield [*turns, *([undo] if undo else [])]


async def show_page(
    interaction: Interaction, page: int, notice: str = "", undo: discord.ui.Item[Any] | None = None
) -> Card:
    """Return a page of the inbox as it is now."""
    return page_card(await inbox_of(interaction.client.library, server_of(interaction)), page, notice, undo)


class Turn(ModeratorButton, template=r"pq1:inbox-(?P<name>previous|next):(?P<page>-?\d{1,5})"):
    """Turns to another question."""

    def __init__(self, name: str, page: int) -> None:
        self.page = page
        super().__init__(discord.ui.Button(label=name.capitalize(), custom_id=f"pq1:inbox-{name}:{page}"))

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its page."""
        return cls(state["name"], int(state["page"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Show that page, or the last one if the list is shorter by now."""
        await sending.defer(interaction)
        await sending.edit(interaction, await show_page(interaction, self.page))


class _MissButton(KeyedButton, template="pq0:miss"):
    """A button for one cluster; its state is the key of its typical question."""

    async def found(self, interaction: Interaction) -> tuple[Inbox, int, Cluster]:
        """Return the inbox as it is now, with the page and the cluster of this button; raises `GoneError`."""
        inbox = await inbox_of(interaction.client.library, server_of(interaction))
        page = inbox.find(self.key)
        return inbox, page, inbox.clusters[page]


class NewEntry(_MissButton, template=rf"pq1:inbox-new:{_KEY}"):
    """Opens the form for a new entry with the question filled in."""

    name, text, style = "inbox-new", "New entry", discord.ButtonStyle.success

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Open the form: it has to be the first answer, so nothing is deferred."""
        server = server_of(interaction)
        question, *others = await phrasings_at_once(interaction.client.library, server, self.key)
        draft = Draft(
            server,
            author_of(interaction),
            question=question,
            phrasings="\n".join(others),
            graded=question,
        )
        await open_form(interaction, draft, propose_draft)


def _ways_back(page: int) -> tuple[Then, Back]:
    """Return what shows the inbox again once a proposal is saved, or not."""

    async def then(pressed: Interaction, entry: Entry, change: Change | None) -> Card:
        undo = UndoChange(change.number) if change else None
        return await show_page(pressed, page, f"**Saved** in **{escape(entry.id)}**.", undo)

    return then, partial(show_page, page=page, notice="Nothing was saved.")


class NotInStory(_MissButton, template=rf"pq1:inbox-gap:{_KEY}"):
    """Makes the question a gap: the story does not say."""

    name, text = "inbox-gap", "Not in the story"

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Propose the gap."""
        await sending.defer(interaction)
        inbox, page, cluster = await self.found(interaction)
        await propose_gap(interaction, inbox.base, phrasings_of(cluster), *_ways_back(page))


class PhrasingOf(_MissButton, template=rf"pq1:inbox-as:{_KEY}:(?P<entry>(?s:.)+)"):
    """Makes the question a phrasing of an entry."""

    style = discord.ButtonStyle.primary

    def __init__(self, key: str, entry_id: str, label: str) -> None:
        self.key, self.entry_id = key, entry_id
        ModeratorButton.__init__(
            self,
            discord.ui.Button(
                label=cut(f"Same as: {label.removeprefix('Same as: ')}", MAX_LABEL),
                style=self.style,
                custom_id=f"pq1:inbox-as:{key}:{entry_id}",
            ),
        )

    @classmethod
    def read(cls, state: dict[str, str], label: str) -> Self:
        """Return the button again from its question's key and its entry's id."""
        return cls(state["key"], state["entry"], label)

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Propose the entry with the question as one more phrasing."""
        await sending.defer(interaction)
        inbox, page, cluster = await self.found(interaction)
        known = inbox.base.entry(self.entry_id)
        if known is None:
            raise UnknownEntryError(
                "That entry is not there any more, or hidden. Please call /inbox again for those that are."
            )
        await propose_phrasings(interaction, inbox.base, known, phrasings_of(cluster), *_ways_back(page))


class DismissMiss(_MissButton, template=rf"pq1:inbox-dismiss:{_KEY}"):
    """Takes the question out of the inbox, until it is asked again."""

    name, text = "inbox-dismiss", "Dismiss"

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Dismiss it, and show what comes next."""
        await sending.defer(interaction)
        _inbox, page, cluster = await self.found(interaction)
        now = datetime.now(UTC)
        at = now.replace(microsecond=now.microsecond // 1000 * 1000)
        library, server = interaction.client.library, server_of(interaction)
        await library.writable().misses.dismiss(server, cluster.misses, at)
        shown = fit(one_line(cluster.typical.question), MAX_LABEL)
        card = await show_page(interaction, page, f"**Dismissed**: {shown}", UndoDismissal(at))
        await sending.edit(interaction, card)


class UndoDismissal(ModeratorButton, template=r"pq1:inbox-back:(?P<at>\d{1,15})"):
    """Puts what was dismissed back into the inbox; its state is when that was, in milliseconds."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        milliseconds = round(at.timestamp() * 1000)
        super().__init__(
            discord.ui.Button(label="Undo the last action", custom_id=f"pq1:inbox-back:{milliseconds}")
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from its time."""
        return cls(datetime.fromtimestamp(int(state["at"]) / 1000, UTC))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Put them back, and show the inbox."""
        await sending.defer(interaction)
        library, server = interaction.client.library, server_of(interaction)
        count = await library.writable().misses.put_back(server, self.at)
        notice = (
            "**Taken back.**" if count else "**Nothing to take back**: it waits again already, or is too old."
        )
        await sending.edit(interaction, await show_page(interaction, 0, notice))


class UndoChange(ModeratorButton, template=r"pq1:inbox-undo:(?P<number>\d{1,18})"):
    """Takes back the change that was made from the inbox: its questions wait again."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            discord.ui.Button(label="Undo the last action", custom_id=f"pq1:inbox-undo:{number}")
        )

    @classmethod
    def read(cls, state: dict[str, str], _label: str) -> Self:
        """Return the button again from the number of its change."""
        return cls(int(state["number"]))

    async def pressed_by_moderator(self, interaction: Interaction) -> None:
        """Take the change back, and show the inbox."""
        await take_back(interaction, self.number, _taken_back)


async def _taken_back(interaction: Interaction, change: Change | None) -> Card:
    return await show_page(interaction, 0, "**Taken back.**" if change else ALREADY)
